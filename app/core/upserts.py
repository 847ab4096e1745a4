"""INSERT … ON CONFLICT, which PostgreSQL and SQLite spell alike but SQLAlchemy keeps apart."""

from typing import Any, cast

from sqlalchemy import ColumnElement, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def is_postgresql(session: Session) -> bool:
    """Tell whether the session's database is PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def insert_into(session: Session, target: Any) -> postgresql.Insert:
    """Return an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return insert_for(session.get_bind().dialect.name, target)


def insert_for(dialect: str, target: Any) -> postgresql.Insert:
    """Return the same for a dialect by name."""
    if dialect == "postgresql":
        return postgresql.insert(target)
    return cast(postgresql.Insert, sqlite.insert(target))


def later(session: Session, one: Any, other: Any) -> ColumnElement[Any]:
    """Return the SQL for the later of two instants."""
    return func.greatest(one, other) if is_postgresql(session) else func.max(one, other)
