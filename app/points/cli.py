"""``flask ledger``."""

import itertools
import sys

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.points import sealing, verifying
from app.points.models import PointEntry
from app.points.recomputing import snapshot

ledger = AppGroup("ledger", help="The points ledger.")

#: Faults printed at most.
SHOWN = 20


@ledger.command()
def verify() -> None:
    """Recompute every total, cap, bucket, HMAC and chain link; exit 1 at a difference."""
    session = db.session()
    snapshot(session)
    faults = list(itertools.islice(verifying.verify(session), SHOWN + 1))
    for fault in faults[:SHOWN]:
        click.echo(str(fault), err=True)
    if len(faults) > SHOWN:
        click.echo("more differences follow", err=True)
    count = session.scalar(select(func.count(PointEntry.id)))
    if faults:
        click.echo(f"ledger differs; first: {faults[0]}")
        sys.exit(1)
    click.echo(f"ledger ok: {count} entries, {verifying.unsealed(session)} not yet sealed")


@ledger.command()
def seal() -> None:
    """Chain every entry that is not chained yet, however old."""
    with transaction() as session:
        done = sealing.seal(session, at=clock.now(), whole=True)
    click.echo(f"sealed {done} entries")
