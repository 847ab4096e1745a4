"""Docs are reached by tests: settings, commands and decisions stand where they should."""

import re
from pathlib import Path

from app import create_app
from app.core.config import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
HOSTS = re.compile(r"https?://[^\s\"')>]*(pypi|pythonhosted|npmjs|debian\.org)", re.I)


def test_every_setting_and_command_stands_in_the_map() -> None:
    text = (ROOT / "app" / "README.md").read_text()
    missing = [f"MINGDENG_{s.name}" for s in SETTINGS if f"MINGDENG_{s.name}" not in text]
    commands = {"routes", "run", "shell"}
    missing += [
        c for c in create_app().cli.commands if c not in commands and f"flask {c}" not in text
    ]
    assert missing == []


def test_no_file_names_a_package_registry() -> None:
    names = ["pyproject.toml", "requirements.txt", "requirements-dev.txt", "README.md", "Makefile"]
    assert [n for n in names if HOSTS.search((ROOT / n).read_text())] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "app" / "decisions").glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers
