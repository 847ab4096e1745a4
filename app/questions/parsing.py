"""Understanding a stranger's file in a process of its own, which may be killed."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import structlog

import question_bank
from question_bank import formats
from question_bank.formats import FileUnreadable, Reading, wire

try:
    import resource
except ImportError:  # pragma: no cover
    resource = None  # type: ignore[assignment]

log = structlog.get_logger()

#: Seconds after which a file is given up, and after which one that waits for its turn is.
WALL = 40.0
TURN = 20.0
#: Files understood at the same time in one server process.
AT_ONCE = 2

#: Where the child finds the package; nothing of ours is installed.
_ROOT = Path(question_bank.__file__).resolve().parents[1]
_CHILD = (sys.executable, "-s", "-X", "utf8", "-m", "question_bank.formats")
_turns = BoundedSemaphore(AT_ONCE)


def parse(data: bytes, name: str, format: str | None = None) -> Reading:
    """Return what was understood of a file, whatever it does to its reader.

    Where the system has no limits for processes (Windows), it is read in this one.

    :raises FileUnreadable: with the reason: the reader's own, or that it took too much memory or
        time, or that too many files are being read.
    """
    if resource is None:
        return formats.read(data, name, format)
    if not _turns.acquire(timeout=TURN):
        raise FileUnreadable("reader_busy")
    try:
        return _in_child(data, name, format)
    finally:
        _turns.release()


def _in_child(data: bytes, name: str, format: str | None) -> Reading:
    asked = json.dumps({"name": name, "format": format}).encode() + b"\n"
    try:
        # No environment: the child has no business with our keys.
        child = subprocess.run(
            _CHILD,
            input=asked + data, capture_output=True, cwd=_ROOT, env={}, timeout=WALL, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise FileUnreadable("took_too_long") from late
    if child.returncode == 0:
        return wire.loads(child.stdout)
    said = child.stderr[-2000:].decode("utf-8", "replace")
    log.warning("reader_died", returncode=child.returncode, said=said)
    if child.returncode == -signal.SIGXCPU:
        raise FileUnreadable("took_too_long")
    if child.returncode < 0 or "MemoryError" in said:
        raise FileUnreadable("too_much_inside")
    raise RuntimeError(f"the reader of files failed: {said}")
