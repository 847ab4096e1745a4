"""A migrated database per test, on SQLite and on PostgreSQL."""

import contextvars
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app import create_app
from app.core import migrations_cli
from app.core.db import Base, db
from app.questions import queries as stored
from app.quizzes import papers, shapes

POSTGRES = os.environ.get(
    "MINGDENG_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
IN_CI = os.environ.get("CI") == "true"


def postgres_reason() -> str:
    """Return why PostgreSQL cannot be used for tests; empty if it can."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.Error as error:
        return f"PostgreSQL not reachable at {POSTGRES}: {error}".strip()
    return ""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an empty migrated database, of each kind in turn."""
    folder = tmp_path_factory.mktemp("instance")
    with throwaway(request.param, folder) as url:
        migrate(url, folder)
        if request.param == "sqlite":
            shutil.copy(folder / "test.db", folder / "empty.db")
        yield url


@contextmanager
def throwaway(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a new database of *kind*, gone afterwards; names what is missing."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    reason = postgres_reason()
    if reason and IN_CI:
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    name = f"mingdeng_test_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    base = POSTGRES.rsplit("/", 1)[0]
    try:
        yield f"{base}/{name}".replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def configure(url: str, folder: Path) -> dict[str, object]:
    """Return the overrides of a test application."""
    return {
        "TESTING": True,
        "SQLALCHEMY_DATABASE_URI": url,
        "SECRET_KEY": "test-secret",
        "LEDGER_KEY": "test-ledger-key",
        "INSTANCE": folder,
        "DEVELOPMENT": "1",
        "BOARD_SECONDS": 0,
    }


def migrate(url: str, folder: Path) -> None:
    """Bring the database at *url* to the newest revision."""
    app = create_app(configure(url, folder))
    with app.app_context():
        command.upgrade(migrations_cli.alembic_config(), "head")
        db.engine.dispose()


class Browser(FlaskClient):
    """A client whose requests do not share the test's application context.

    Shared, ``g`` would carry one person's login and token into the next one's request.
    """

    def open(self, *given: Any, **named: Any) -> Any:
        """Send one request as a server would receive it."""
        return contextvars.Context().run(super().open, *given, **named)


@pytest.fixture(scope="session")
def shared_app(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application per kind of database."""
    app = create_app(configure(database, tmp_path_factory.mktemp("app")))
    app.test_client_class = Browser
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The application over an empty migrated database, inside an application context."""
    empty(shared_app)
    with shared_app.app_context():
        yield shared_app
        db.session.remove()


def forget() -> None:
    """Empty the process caches: another world stands behind the same address."""
    stored.forget_versions()
    papers.forget_pools()
    shapes.forget_shapes()


def empty(app: Flask) -> None:
    """Empty the database: the file is put back, or every table is truncated."""
    forget()
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            engine.dispose()
            path = Path(str(engine.url.database))
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            shutil.copy(path.with_name("empty.db"), path)
            return
        tables = ", ".join(f'"{t.name}"' for t in Base.metadata.sorted_tables)
        with engine.connect() as connection:
            # The ledger's triggers refuse TRUNCATE; a replica session does not fire them.
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
            connection.execute(text("SET session_replication_role = DEFAULT"))
            connection.commit()
