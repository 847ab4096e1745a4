"""The command line: every word is there, and a server imports none of them."""

import subprocess
import sys

import click
from flask import Flask

from app.routes import COMMANDS

HEAVY = ("openpyxl", "app.demo", "alembic", "huey", "qrcode", "PIL")


def test_every_word_leads_to_its_command(app: Flask) -> None:
    context = click.Context(app.cli)
    assert set(COMMANDS) <= set(app.cli.list_commands(context))
    for word in COMMANDS:
        command = app.cli.get_command(context, word)
        assert command is not None and command.name == word
    assert app.cli.get_command(context, "nothing") is None


def test_a_server_starts_without_what_only_commands_need(app: Flask) -> None:
    loaded = "import sys, wsgi; print(*[m for m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.split())
    assert [name for name in HEAVY if name in modules] == []
