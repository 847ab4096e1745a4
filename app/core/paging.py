"""Pages of a long list by cursor, so that new rows on top never repeat or skip a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows and the cursor of the next ones, None at the end."""

    rows: Sequence[T]
    next_cursor: int | None


def cut(rows: Sequence[T], size: int, cursors: Sequence[int]) -> Page[T]:
    """Return the first *size* of *rows* (fetched one too many) with the last shown row's cursor."""
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], cursors[size - 1])
