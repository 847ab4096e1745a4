"""Goals 4 and 5: SQL statements and stored bytes of an attempt."""

from flask import Flask
from sqlalchemy import text

from app.core.db import db
from bench import member
from bench.counting import counting
from bench.report import Line
from bench.world import LOCAL_POSTGRES, World, has_postgres, world

STATEMENTS = 105
BYTES = 4.4 * 1024
STORED = 150


def statements(made: World) -> list[Line]:
    """Count the statements of a warm attempt, and of one save in it."""
    first, second = made.phones(2)
    member.attempt(made, first)
    with made.app.app_context():
        engine = db.engine
    with counting(engine) as seen:
        member.attempt(made, second)
    total, data = seen.total, len(seen.data)
    ((sitting, slot),) = member.taps(made, 1)
    with counting(engine) as seen:
        sitting.save(slot)
    one = len(seen.data)
    return [
        Line(4, "SQL of an attempt, with BEGIN and COMMIT", f"{total} ({data} data)",
             f"<= {STATEMENTS}", total <= STATEMENTS),
        Line(4, "SQL of a save, data statements", str(one), "<= 2", one <= 2),
    ]  # fmt: skip


def stored(server: str) -> list[Line]:
    """Measure what the database grows by, on SQLite and where it can be on PostgreSQL."""
    found = [_grown("")]
    pg = server or LOCAL_POSTGRES
    if has_postgres(pg):
        found.append(_grown(pg))
    else:
        found.append(Line(5, "stored bytes of an attempt, postgresql", "no server", "<= 4.4 kB"))
    return found


def _grown(server: str) -> Line:
    with world(server, members=200) as made:
        phones = made.phones(STORED + 5)
        for phone in phones[:5]:
            member.attempt(made, phone)
        before = _size(made.app)
        for phone in phones[5:]:
            member.attempt(made, phone)
        each = (_size(made.app) - before) / STORED
    kind = "postgresql" if server else "sqlite"
    return Line(5, f"stored bytes of an attempt, {kind}", f"{each / 1024:.2f} kB", "<= 4.4 kB",
                each <= BYTES)  # fmt: skip


def _size(app: Flask) -> int:
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            pages = connection.scalar(text("PRAGMA page_count"))
            free = connection.scalar(text("PRAGMA freelist_count"))
            return (pages - free) * int(connection.scalar(text("PRAGMA page_size")) or 0)
        query = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r'"
        ours = " AND relnamespace = 'public'::regnamespace"
        return int(connection.scalar(text(query + ours)) or 0)
