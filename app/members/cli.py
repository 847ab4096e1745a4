"""``flask member`` and ``flask token``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import transaction
from app.core.errors import DomainError, Invalid
from app.members import choosing, managing, queries, services
from app.members.models import ROLES, Member
from app.organisation import queries as branches
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
    chosen, at = _password(password), clock.now()
    with _refusing(), transaction() as session:
        branch = organisation.branch_or_root(session, branch_code)
        person = managing.add_person(session, no, name, branch, chosen, by=None, at=at)
        if role:
            services.grant(session, person, role, branch, by=None, at=at)
    click.echo(f"{person.no} {person.name} {branch.code}")


@member.command("grant")
@click.argument("no")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--branch", "branch_code", required=True, help="Code of the subtree's top branch.")
def grant(no: str, role: str, branch_code: str) -> None:
    """Give NO a role over a branch and everything below it."""
    with transaction() as session:
        person = _person(session, no)
        branch = branches.by_code(session, branch_code)
        if branch is None:
            raise click.ClickException(f"no branch {branch_code}")
        services.grant(session, person, role, branch, by=None, at=clock.now())
    click.echo(f"{person.no} {role} {branch.code}")


@member.command("password")
@click.argument("no")
@click.option("--password", help="- reads it from standard input; without it one is asked for.")
def set_password(no: str, password: str | None) -> None:
    """Set a new password for NO and end all their logins."""
    chosen = _password(password)
    with _refusing(), transaction() as session:
        person = _person(session, no)
        choosing.check_first(chosen, person.no, person.name)
        services.set_password(session, person, chosen, by=None, at=clock.now())
    click.echo(f"{person.no} {person.name}")


def _password(given: str | None) -> str:
    if given == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if given is None:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return given or ""


def _person(session: Session, no: str) -> Member:
    found = queries.by_no(session, no)
    if found is None:
        raise click.ClickException(f"no member {no}")
    return found


@contextmanager
def _refusing() -> Iterator[None]:
    """Say on the command line what a service refuses, every field of it."""
    try:
        yield
    except Invalid as wrong:
        raise click.ClickException(" ".join(map(str, wrong.fields.values()))) from wrong
    except DomainError as refused:
        raise click.ClickException(str(refused)) from refused


@token.command("create")
@click.argument("no")
def create(no: str) -> None:
    """Print a new bearer token of NO, once."""
    with transaction() as session:
        owner = _person(session, no)
        made = services.create_token(session, owner, at=clock.now())
    click.echo(made)
