"""Counting SQL: data statements, BEGIN, COMMIT and ROLLBACK, and the pool's pings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Engine, event


@dataclass
class Counted:
    """What an engine was asked, in order; ``control`` is transaction control and pings."""

    data: list[str] = field(default_factory=list)
    control: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many statements reached the database."""
        return len(self.data) + len(self.control)

    def clear(self) -> None:
        """Begin anew."""
        self.data.clear()
        self.control.clear()


@contextmanager
def counting(engine: Engine) -> Iterator[Counted]:
    """Give what *engine* is asked while inside."""
    seen = Counted()
    ping = engine.dialect.do_ping

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        # SQLite's BEGIN is a statement of ours; PostgreSQL's is sent by the driver.
        if not statement.startswith("BEGIN"):
            seen.data.append(statement)

    def pinged(connection: Any) -> bool:
        seen.control.append("PING")
        return ping(connection)

    marks = {name: partial(_mark, seen, name) for name in ("begin", "commit", "rollback")}
    event.listen(engine, "before_cursor_execute", note)
    for name, mark in marks.items():
        event.listen(engine, name, mark)
    engine.dialect.do_ping = pinged  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
        for name, mark in marks.items():
            event.remove(engine, name, mark)
        engine.dialect.do_ping = ping  # type: ignore[method-assign]


def _mark(seen: Counted, name: str, *_given: Any) -> None:
    seen.control.append(name.upper())
