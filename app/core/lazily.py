"""Heavy modules that few requests need: imported when first used, so that workers stay small."""

from importlib import import_module
from typing import Any


class Lazily:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """Return what the module calls *attribute*; the first time imports it."""
        return getattr(import_module(self._name), attribute)
