"""``flask db``: a few lines over Alembic's own commands."""

from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app.core.config import ROOT
from app.core.db import db
from app.core.lazily import Lazily

if TYPE_CHECKING:
    from alembic import command, config, script
    from alembic.runtime import migration
else:
    command, config = Lazily("alembic.command"), Lazily("alembic.config")
    script, migration = Lazily("alembic.script"), Lazily("alembic.runtime.migration")

migrations = AppGroup("db", help="Migrations.")


def alembic_config() -> "config.Config":
    """Return Alembic's configuration from ``pyproject.toml``."""
    return config.Config(toml_file=ROOT / "pyproject.toml")


def is_current() -> bool:
    """Tell whether the database has every migration."""
    heads = set(script.ScriptDirectory.from_config(alembic_config()).get_heads())
    with db.engine.connect() as connection:
        return set(migration.MigrationContext.configure(connection).get_current_heads()) == heads


@migrations.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database up to REVISION (head)."""
    command.upgrade(alembic_config(), revision)


@migrations.command()
@click.argument("revision", default="-1")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION (one step)."""
    command.downgrade(alembic_config(), revision)


@migrations.command()
@click.option("-m", "--message", required=True)
def revision(message: str) -> None:
    """Write a new migration from the difference of models and database."""
    command.revision(alembic_config(), message=message, autogenerate=True)


@migrations.command()
def check() -> None:
    """Fail if the models and the migrated database differ."""
    command.check(alembic_config())


@migrations.command()
def current() -> None:
    """Print the database's revision."""
    command.current(alembic_config())
