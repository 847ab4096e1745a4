"""Pure rules of the hall screen: which lines of a long board are on the wall now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")

#: Lines that can be read from ten metres.
LINES = 12

#: Seconds for which one part of a longer board stands still.
TURN = 20


@dataclass(frozen=True)
class Part(Generic[T]):
    """Consecutive lines of a board: ``first`` to ``last`` of ``of``, counted from 1."""

    rows: Sequence[T]
    first: int
    last: int
    of: int


def part(rows: Sequence[T], at: datetime) -> Part[T]:
    """Return the lines for this moment; a board of more than LINES turns its pages by the clock."""
    pages = max(1, -(-len(rows) // LINES))
    start = int(at.timestamp()) // TURN % pages * LINES
    shown = rows[start : start + LINES]
    return Part(shown, start + 1 if shown else 0, start + len(shown), len(rows))
