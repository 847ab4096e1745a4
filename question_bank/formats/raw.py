"""A row's texts, before anything is decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from question_bank.problems import Problem


@dataclass(frozen=True)
class Raw:
    """A row's texts, before anything is decided."""

    #: The row, for readers.
    where: str
    stem: str
    #: In the order of their letters; an empty one keeps its place.
    options: tuple[str, ...]
    answer: str = ""
    type_text: str = ""
    #: What the sheet's or section's heading says, a result of ``kinds``.
    heading: str | None = None
    explanation: str = ""
    marks: str = ""
    difficulty: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    #: Indexes marked as right where each option has a row; None where there is an answer cell.
    right: tuple[int, ...] | None = None
    #: Field (``answer``, ``options.2`` …) → its cell.
    places: Mapping[str, str] = field(default_factory=dict)
    #: What the cells themselves gave cause for.
    problems: tuple[Problem, ...] = ()

    def place(self, name: str) -> str:
        """Return the cell of a field, or the row."""
        return self.places.get(name) or self.places.get(name.split(".")[0]) or self.where
