"""Pages of a long list by cursor, so that new rows on top never repeat or skip a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

#: No id is larger.
LARGEST = 2**62


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows and the cursor of the next ones, None at the end."""

    rows: Sequence[T]
    next_cursor: int | None


def cursor(given: str | None) -> int | None:
    """Return the id in the address' *given*, or None for what is no id."""
    text = given or ""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    return min(int(text), LARGEST)


def cut(rows: Sequence[T], size: int, cursors: Sequence[int]) -> Page[T]:
    """Return the first *size* of *rows* (fetched one too many) with the last shown row's cursor."""
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], cursors[size - 1])
