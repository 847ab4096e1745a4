"""The database: the declarative base, aware times, and the two ways a unit of work commits."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any, ParamSpec
from weakref import WeakKeyDictionary

from flask import Flask, Response, current_app, make_response, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

P = ParamSpec("P")


class Base(DeclarativeBase):
    """The base of every model; constraint names are derived, so migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

#: Addresses of engines: writing one out takes longer than a small query.
_names: WeakKeyDictionary[Engine, str] = WeakKeyDictionary()

#: Seconds of rest after which a pooled connection may be gone.
RESTED = 5.0

#: True while the current request or job may write; SQLite then opens with BEGIN IMMEDIATE.
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite drops the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return *value* in UTC; refuses a naive time, which would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: every stored instant is aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored instant as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def init_app(app: Flask) -> None:
    """Connect *app* to its database and make units of work open rightly."""
    options: dict[str, Any] = {}
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        options = {"connect_args": {"timeout": 10}}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    app.before_request(_mark_unit_of_work)
    app.teardown_request(_forget_unit_of_work)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", set_sqlite_up)
            event.listen(db.engine, "begin", _begin_sqlite)
        else:
            event.listen(db.engine, "checkout", partial(_ask_rested, db.engine.dialect))
            event.listen(db.engine, "checkin", _rest)


def _ask_rested(dialect: Dialect, connection: Any, record: Any, _proxy: Any) -> None:
    """Ask a connection that has rested whether it is still there; the pool replaces a gone one.

    One in steady use is not asked: that would be a statement more for every save, and after a
    restart of the database the first failure empties the pool.
    """
    if time.monotonic() - record.info.get("rested_since", 0.0) < RESTED:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as gone:
        raise DisconnectionError() from gone


def _rest(_connection: Any, record: Any) -> None:
    record.info["rested_since"] = time.monotonic()


def name_of(session: Session) -> str:
    """Return the address of the session's database, as the name under which caches keep it."""
    engine = session.get_bind().engine
    if engine not in _names:
        _names[engine] = str(engine.url)
    return _names[engine]


def set_sqlite_up(connection: Any, _record: Any = None) -> None:
    """Make an SQLite connection durable and strict, and leave BEGIN to us.

    recursive_triggers makes INSERT OR REPLACE fire the triggers that keep the ledger append-only.
    """
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that later writes fails at once with "locked" under concurrency.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _mark_unit_of_work() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    _writing.set(bool(getattr(view, "writes", False)))


def _forget_unit_of_work(_error: BaseException | None = None) -> None:
    # A thread that served a write may do something else next, such as a test's own reading.
    _writing.set(False)


def writes(view: Callable[P, Any]) -> Callable[P, Response]:
    """Commit what the view did if it answers below 400, else roll back.

    The mark on the function tells the unit of work to open for writing before anything is read.
    """

    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Response:
        session = db.session()
        try:
            response = make_response(view(*args, **kwargs))
            if response.status_code < 400:
                session.commit()
            else:
                session.rollback()
        except BaseException:
            session.rollback()
            raise
        return response

    wrapped.writes = True  # type: ignore[attr-defined]
    return wrapped


@contextmanager
def transaction() -> Iterator[Session]:
    """Give a session that commits at the end, for commands and jobs; an error rolls back.

    :raises RuntimeError: inside another unit of work, which it would cut in two.
    """
    session = db.session()
    if session.in_transaction():
        raise RuntimeError("transaction() opens a unit of work; one is already open")
    token = _writing.set(True)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)
