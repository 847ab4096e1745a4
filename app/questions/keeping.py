"""What was understood of an uploaded file, kept until it is written into the bank or forgotten."""

from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.questions.models import ImportRun
from question_bank.formats import Reading, wire

#: How long an upload waits for its author's decision.
KEPT = timedelta(days=1)


def keep(run: ImportRun, reading: Reading) -> None:
    """Keep what was understood, so that nobody reads the file itself again."""
    _path(run.key).write_bytes(wire.dumps(reading))


def kept(run: ImportRun) -> Reading | None:
    """Return what was kept, None when it is gone or an older release wrote it."""
    try:
        return wire.loads(_path(run.key).read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def forget(run: ImportRun) -> None:
    """Remove what was kept."""
    _path(run.key).unlink(missing_ok=True)


def forget_old(session: Session, *, at: datetime) -> int:
    """Remove the uploads that nobody wrote into a bank within a day; return how many."""
    query = select(ImportRun).where(
        ImportRun.state == "previewed", ImportRun.created_at < at - KEPT
    )
    old = session.scalars(query).all()
    for run in old:
        forget(run)
        session.delete(run)
    # A transaction that failed leaves a file without its import.
    last = (at - KEPT).timestamp()
    for file in _folder().iterdir():
        if file.stat().st_mtime < last:
            file.unlink(missing_ok=True)
    return len(old)


def _path(key: str) -> Path:
    return _folder() / f"{key}.json"


def _folder() -> Path:
    folder = Path(current_app.config["INSTANCE"]) / "uploads"
    folder.mkdir(exist_ok=True)
    return folder
