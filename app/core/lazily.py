"""Heavy modules that few requests need: imported when first used, so that workers stay small."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click
from flask.cli import AppGroup


class Lazily:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """Return what the module calls *attribute*; the first time imports it."""
        return getattr(import_module(self._name), attribute)


#: Where a command is defined as ``module:attribute``, and what else a group gets by word.
Spoken = str | tuple[str, Mapping[str, str]]


class CommandLine(AppGroup):
    """A command line whose words are imported when they are spoken."""

    def __init__(self, words: Mapping[str, Spoken]) -> None:
        super().__init__()
        self._words = words

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every word, those that extensions added among them."""
        return sorted({*self._words, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command behind a word, or None."""
        if cmd_name not in self._words:
            return super().get_command(ctx, cmd_name)
        spoken = self._words[cmd_name]
        source, added = (spoken, {}) if isinstance(spoken, str) else spoken
        command = _command(source)
        for word, place in added.items():
            command.add_command(_command(place), word)  # type: ignore[attr-defined]
        return command


def _command(place: str) -> click.Command:
    """Return the command at ``module:attribute``."""
    module, _, attribute = place.partition(":")
    command: click.Command = getattr(import_module(module), attribute)
    return command
