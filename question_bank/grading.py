"""The marks of a whole paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import ALL_OR_NOTHING, Mark


@dataclass(frozen=True)
class PaperMark:
    """What a paper earned, in **tenths** of a mark, slots in the paper's order."""

    marks: tuple[Mark, ...]

    @property
    def slots(self) -> tuple[int, ...]:
        """Return the tenths that each slot earned."""
        return tuple(mark.awarded for mark in self.marks)

    @property
    def total(self) -> int:
        """Return the tenths earned in all."""
        return sum(self.slots)

    @property
    def possible(self) -> int:
        """Return the tenths that could be earned in all."""
        return sum(mark.possible for mark in self.marks)


def grade_paper(
    slots: Sequence[tuple[Question, Decimal | int]],
    values: Mapping[int, Any],
    rule: str = ALL_OR_NOTHING,
) -> PaperMark:
    """Return the marks of a paper.

    :param slots: each question with what it is worth on this paper, in marks.
    :param values: slot number, **from 1**, → cleaned answer; a missing slot is unanswered.
    :param rule: how multiple choice is marked, one of ``types.base.RULES``.
    :raises UnknownType: if a question's type is not known.
    """
    return PaperMark(
        tuple(
            by_key(question.type).grade(question, values.get(number), rule, worth)
            for number, (question, worth) in enumerate(slots, 1)
        )
    )
