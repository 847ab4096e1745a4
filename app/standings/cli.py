"""``flask standings``."""

import itertools
import sys

import click
from flask.cli import AppGroup

from app.core.db import db, transaction
from app.points import recomputing

standings = AppGroup("standings", help="Boards.")

#: Differences printed at most.
SHOWN = 20


@standings.command()
@click.option("--check", is_flag=True, help="Compare instead; exit 1 if a figure differs.")
def rebuild(check: bool) -> None:
    """Rebuild every board's figures from the ledger."""
    if check:
        _compare()
        return
    with transaction() as session:
        written = recomputing.rebuild(session)
    click.echo(f"rebuilt {written} totals")


def _compare() -> None:
    session = db.session()
    recomputing.snapshot(session)
    found = list(itertools.islice(recomputing.differences(session), SHOWN))
    for fault in found:
        click.echo(str(fault), err=True)
    if found:
        click.echo(f"boards differ from the ledger; first: {found[0]}")
        sys.exit(1)
    click.echo("boards equal the ledger")
