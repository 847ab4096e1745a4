"""Goals 4 and 5: SQL statements and stored bytes of an attempt."""

from flask import Flask
from sqlalchemy import text

from app.core.db import db
from bench import member
from bench.counting import counting
from bench.report import Line
from bench.world import LOCAL_POSTGRES, World, has_postgres, world

STATEMENTS = 105
STORED = 150
#: What an attempt alone adds to; totals and caps have a row a member and window.
OWN = ("attempt", "response", "point_entry")


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
    found = _grown("")
    pg = server or LOCAL_POSTGRES
    if has_postgres(pg):
        found += _grown(pg)
    else:
        found.append(Line(5, "stored bytes of an attempt, postgresql", "no server", "<= 4.4 kB"))
    return found


def _grown(server: str) -> list[Line]:
    with world(server, members=200) as made:
        phones = made.phones(STORED + 5)
        for phone in phones[:5]:
            member.attempt(made, phone)
        before = _size(made.app)
        for phone in phones[5:]:
            member.attempt(made, phone)
        after = _size(made.app)
    kind = "postgresql" if server else "sqlite"
    own, whole = ((y - x) / STORED / 1024 for x, y in zip(before, after, strict=True))
    what = f"stored by an attempt, {kind}"
    return [
        Line(5, f"{what}: answers, attempt, ledger", f"{own:.2f} kB", "<= 4.4 kB", own <= 4.4),
        Line(5, f"{what}: with the member's totals", f"{whole:.2f} kB"),
    ]


def _size(app: Flask) -> tuple[int, int]:
    """Return the bytes, heap and indexes, of OWN and of all tables."""
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            query = "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat s"
            query += " LEFT JOIN sqlite_master m ON m.name = s.name GROUP BY 1"
        else:
            query = "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
            query += " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        sizes: dict[str, int] = {name: int(n) for name, n in connection.execute(text(query))}
    return sum(sizes.get(name, 0) for name in OWN), sum(sizes.values())
