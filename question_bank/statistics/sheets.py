"""The input of every analysis: one member's first attempt as marks by item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Fewest first attempts before anything is said about an item: below, chance speaks.
MIN_RESPONSES = 20


@dataclass(frozen=True)
class Sheet:
    """One graded first attempt.

    ``marks`` maps an item (a question version's id) to what was awarded, in any unit that is the
    same throughout, e.g. tenths of a mark; ``values`` maps it to the cleaned answer, None for none.
    """

    marks: Mapping[int, float]
    values: Mapping[int, Any] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Return what the whole paper earned."""
        return sum(self.marks.values())

    def rest(self, item: int) -> float:
        """Return what the paper earned without *item*."""
        return self.total - self.marks[item]
