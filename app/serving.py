"""``flask serve``: the production server, with the background jobs that one machine needs."""

import subprocess
import sys

import click
from flask import current_app
from granian import Granian
from granian.constants import Interfaces

from app.core.config import ROOT

#: SQLite has one writer; more threads would only wait for it.
THREADS = 8
#: An open stream would otherwise keep a stopping worker for ever.
STOP_SECONDS = 5


@click.command("serve")
@click.option("--workers", type=click.IntRange(1, 64), help="Server processes.")
def serve(workers: int | None) -> None:
    """Serve on the configured host and port until stopped."""
    config = current_app.config
    background = start_jobs() if config["JOBS"] == "1" else None
    server = Granian(
        "wsgi:app",
        address=config["HOST"],
        port=config["PORT"],
        interface=Interfaces.WSGI,
        workers=workers or config["WORKERS"],
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        working_dir=ROOT,
    )
    click.echo(f"Mingdeng: http://{config['HOST']}:{config['PORT']}")
    try:
        server.serve()
    finally:
        if background is not None:
            background.terminate()
            background.wait(timeout=STOP_SECONDS)


def start_jobs() -> subprocess.Popen[bytes]:
    """Start the background jobs in a process of their own."""
    return subprocess.Popen([sys.executable, "-m", "flask", "jobs", "run"], cwd=ROOT)
