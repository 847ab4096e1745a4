"""``flask settings``: every setting with its value and meaning."""

import click
from flask import current_app

from app.core.config import SETTINGS

SECRET = frozenset({"SECRET_KEY", "LEDGER_KEY"})


@click.command("settings")
def settings() -> None:
    """Print every setting, its value and its meaning."""
    for setting in SETTINGS:
        value = "(set)" if setting.name in SECRET else current_app.config[setting.name]
        click.echo(f"MINGDENG_{setting.name}={value}\n    {setting.meaning}")
