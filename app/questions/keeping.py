"""What was understood of an uploaded file, kept until it is written into the bank or forgotten."""

from datetime import datetime, timedelta
from math import inf
from pathlib import Path

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.questions.models import ImportRun
from question_bank.formats import Reading, wire

#: How long an upload waits for its author's decision.
KEPT = timedelta(days=1)
#: Uploads forgotten in one transaction; more follow a minute later.
MOST = 500


def keep(run: ImportRun, reading: Reading) -> None:
    """Keep what was understood, so that nobody reads the file itself again."""
    _path(run.key).write_bytes(wire.dumps(reading))


def kept(run: ImportRun) -> Reading | None:
    """Return what was kept, None when it is gone or an older release wrote it."""
    try:
        return wire.loads(_path(run.key).read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def old(*, at: datetime) -> list[str]:
    """Return the keys of some uploads that nobody wrote into a bank within a day."""
    last = (at - KEPT).timestamp()
    return [file.stem for file in _folder().iterdir() if _written(file) < last][:MOST]


def forget_old(session: Session, *, at: datetime) -> int:
    """Remove the uploads of :func:`old` with their imports; return how many."""
    keys = old(at=at)
    session.execute(
        delete(ImportRun).where(ImportRun.state == "previewed", ImportRun.key.in_(keys))
    )
    for key in keys:
        _path(key).unlink(missing_ok=True)
        # What an earlier release kept: the file itself.
        _path(key).with_suffix("").unlink(missing_ok=True)
    return len(keys)


def _written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return inf


def _path(key: str) -> Path:
    return _folder() / f"{key}.json"


def _folder() -> Path:
    folder = Path(current_app.config["INSTANCE"]) / "uploads"
    folder.mkdir(exist_ok=True)
    return folder
