"""``flask member`` and ``flask token``."""

import sys

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import transaction
from app.core.errors import DomainError
from app.members import queries, services
from app.members.models import ROLES
from app.organisation import services as organisation

member = AppGroup("member", help="People.")
token = AppGroup("token", help="Bearer tokens of the JSON interface.")


@member.command("add")
@click.argument("no")
@click.argument("name")
@click.option(
    "--branch", "branch_code", required=True, help="Branch code; made if it is the first."
)
@click.option("--role", type=click.Choice(ROLES), help="A role over that branch's subtree.")
@click.option("--password", help="- reads it from standard input; without it one is asked for.")
def add(no: str, name: str, branch_code: str, role: str | None, password: str | None) -> None:
    """Add a person; the first one may be the organiser of a new organisation."""
    if password == "-":  # noqa: S105
        password = sys.stdin.readline().rstrip("\n")
    elif password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    at = clock.now()
    try:
        with transaction() as session:
            branch = organisation.branch_or_root(session, branch_code)
            person = services.add_member(session, no, name, branch, at=at, password=password)
            if role:
                services.grant(session, person, role, branch, by=None, at=at)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{person.no} {person.name} {branch.code}")


@token.command("create")
@click.argument("no")
def create(no: str) -> None:
    """Print a new bearer token of NO, once."""
    with transaction() as session:
        owner = queries.by_no(session, no)
        if owner is None:
            raise click.ClickException(f"no member {no}")
        made = services.create_token(session, owner, at=clock.now())
    click.echo(made)
