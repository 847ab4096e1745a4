"""Background jobs: hand in what is overdue, settle, seal, forget uploads; twice does no harm."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import structlog
from flask import Flask, current_app
from flask.cli import AppGroup

from app.competitions import queries
from app.competitions import services as competitions
from app.core import clock
from app.core.db import db, transaction
from app.core.lazily import Lazily
from app.points import sealing
from app.questions import keeping
from app.quizzes import sweeping

if TYPE_CHECKING:
    import huey as queues
else:
    queues = Lazily("huey")

log = structlog.get_logger()

jobs = AppGroup("jobs", help="Background jobs.")

#: Overdue attempts finished in one transaction; more follow in the next.
BATCH = 100


def queue(app: Flask) -> Any:
    """Return the job queue on what the installation has: Redis, PostgreSQL or an SQLite file."""
    if app.config["REDIS_URL"]:
        return queues.RedisHuey("mingdeng", url=app.config["REDIS_URL"])
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("postgresql"):
        return queues.PostgresHuey("mingdeng", dsn=url.replace("+psycopg", "", 1))
    return queues.SqliteHuey("mingdeng", filename=str(Path(app.config["INSTANCE"]) / "jobs.db"))


def sweep() -> int:
    """Hand in every attempt whose time is up; return how many."""
    finished = 0
    while True:
        with transaction() as session:
            batch = sweeping.finish_overdue(session, at=clock.now(), limit=BATCH)
        finished += batch
        if not batch:
            return finished


def seal() -> int:
    """Add the newest ledger entries to the hash chain; return how many."""
    with transaction() as session:
        return sealing.seal(session, at=clock.now())


def settle() -> int:
    """Settle the competition rounds that are over, each by itself; return how many."""
    with transaction() as session:
        due = [one.id for one in queries.due(session, at=clock.now())]
    settled = 0
    for round_id in due:
        with transaction() as session:
            settled += competitions.settle_if_over(session, round_id, at=clock.now())
    return settled


def forget_uploads() -> int:
    """Remove the uploads that nobody wrote into a bank within a day; return how many."""
    at = clock.now()
    if not keeping.old(at=at):
        return 0
    with transaction() as session:
        return keeping.forget_old(session, at=at)


#: What runs every minute, in order: a round is settled after its last attempts were handed in.
EVERY_MINUTE: tuple[Callable[[], int], ...] = (sweep, settle, seal, forget_uploads)


def run_due(app: Flask) -> None:
    """Run every due job once; one that fails is logged and does not stop the next."""
    for job in EVERY_MINUTE:
        with app.app_context():
            try:
                done = job()
            except Exception:
                db.session.rollback()
                log.exception("job_failed", job=job.__name__)
            else:
                if done:
                    log.info("job", name=job.__name__, done=done)


def consumer(app: Flask) -> Any:
    """Return the process that runs the jobs of *app*'s queue when they are due."""
    huey = queue(app)

    @huey.periodic_task(queues.crontab(minute="*"), name="every_minute")  # type: ignore[untyped-decorator]
    def every_minute() -> None:
        run_due(app)

    return huey.create_consumer(workers=1, periodic=True)


@jobs.command("run")
@click.option("--once", is_flag=True, help="Run what is due now and stop.")
def run(once: bool) -> None:
    """Run the background jobs until stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        run_due(app)
    else:
        consumer(app).run()
