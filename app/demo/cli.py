"""``flask demo load``."""

import json
from dataclasses import asdict

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import transaction
from app.demo import people, services

demo = AppGroup("demo", help="The demo organisation.")

#: Fewer members than branches would leave some empty.
FEWEST, MOST = 160, 3000


@demo.command("load")
@click.option("--members", type=click.IntRange(FEWEST, MOST), default=1200, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the accounts as JSON.")
@click.option("--if-empty", is_flag=True, help="Do nothing if there is an organisation already.")
def load(members: int, seed: int, as_json: bool, if_empty: bool) -> None:
    """Load 26 branches with their people, a month of history and what runs now."""
    with transaction() as session:
        if if_empty and not services.is_empty(session):
            return
        if not as_json:
            click.echo("Loading the demo organisation …")
        try:
            accounts = services.load(session, members=members, seed=seed, at=clock.now())
        except services.NotEmpty as refused:
            raise click.ClickException(str(refused)) from refused
    if as_json:
        click.echo(json.dumps({"accounts": [asdict(a) for a in accounts]}, ensure_ascii=False))
        return
    for one in accounts:
        click.echo(f"{one.role:10} {one.no}  {one.name}  {people.PASSWORD}")
