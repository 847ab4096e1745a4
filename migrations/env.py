"""Runs migrations inside the application, on SQLite and PostgreSQL alike."""

from typing import Any

from alembic import context
from flask import has_app_context

from app import create_app
from app.core.db import Base, db


def render_item(kind: str, item: Any, autogen_context: Any) -> Any:
    """Write our column types as plain ones: a migration imports nothing of ours."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations in one transaction; SQLite with foreign keys off, then checked."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw: Any = connection.connection.dbapi_connection
        if sqlite:
            # Inside a transaction the pragma does nothing, and batch mode drops parent tables.
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=sqlite,
            render_item=render_item,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite and raw.execute("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError("the migration left rows that point nowhere")
        connection.commit()
        if sqlite:
            raw.execute("PRAGMA foreign_keys=ON")
    db.engine.dispose()


if has_app_context():
    run()
else:
    with create_app().app_context():
        run()
