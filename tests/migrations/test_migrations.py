"""Migrations go up, down and up again with data in the tables, on both databases (R12)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from app import create_app
from app.core import clock, migrations_cli
from app.core.db import Base, db, transaction
from app.demo import services as demo
from tests.databases import configure, throwaway


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application over a database of its own, not migrated yet."""
    with throwaway(request.param, tmp_path) as url:
        app = create_app(configure(url, tmp_path))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version", "sqlite_sequence"}


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(migrations_cli.alembic_config()).get_heads()) == 1


def test_up_down_up_with_a_demo_in_the_tables(fresh: Flask) -> None:
    config = migrations_cli.alembic_config()
    command.upgrade(config, "head")
    command.check(config)
    with transaction() as session:
        demo.load(session, members=160, seed=3, at=clock.now())
    db.session.remove()
    command.downgrade(config, "base")
    assert tables() == set()
    command.upgrade(config, "head")
    assert tables() == set(Base.metadata.tables)


@pytest.mark.parametrize("table", ["point_entry", "point_seal", "audit_entry"])
def test_the_database_itself_refuses_to_change_history(fresh: Flask, table: str) -> None:
    command.upgrade(migrations_cli.alembic_config(), "head")
    with transaction() as session:
        demo.load(session, members=160, seed=3, at=clock.now())
    acts = [f"DELETE FROM {table}"]
    if db.engine.dialect.name == "postgresql":
        acts.append(f"TRUNCATE {table} CASCADE")
    for act in acts:
        db.session.remove()
        with db.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(act))
