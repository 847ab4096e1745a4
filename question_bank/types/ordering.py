"""Ordering: steps are brought into their right order."""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType, index_of
from question_bank.types.choice import is_indexes
from question_bank.types.texts import detail_wrong, list_problems

#: Steps a question may have.
MIN_STEPS, MAX_STEPS = 2, 12
#: Full marks for exactly the right order, else none.
EXACT = "exact"
#: As many of the steps as stand in the right order among each other.
SUBSEQUENCE = "subsequence"
#: How an order may be marked, the default first.
SCORINGS = (EXACT, SUBSEQUENCE)


class Ordering(QuestionType):
    """排序题: ``options`` are the steps, ``answer`` their indexes in the right order.

    Details: ``scoring``, one of SCORINGS.
    """

    key = "ordering"
    label = "排序题"
    has_options = True

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the steps, their order or the way of marking."""
        found = list_problems("options", question.options, MIN_STEPS, MAX_STEPS)
        if not question.answer:
            found.append(Problem("answer", "answer_missing"))
        elif not _is_order(question.answer, len(question.options)):
            found.append(Problem("answer", "order_wrong", {}, excerpt(str(question.answer))))
        if question.details.get("scoring", EXACT) not in SCORINGS:
            found.append(detail_wrong(question, "scoring"))
        return found

    def clean(self, question: Question, raw: Any) -> list[int] | None:
        """Return the indexes in the order given; None for no order."""
        if raw is None or raw == []:
            return None
        if not _is_order(raw, len(question.options)):
            raise BadValue("expected every step once")
        return list(raw)

    def right_answer(self, question: Question) -> list[int]:
        """Return the indexes in the right order."""
        return list(question.answer or ())

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return 1 for the right order, else what the question's way of marking leaves."""
        right = self.right_answer(question)
        if value == right:
            return Fraction(1)
        if question.details.get("scoring") != SUBSEQUENCE:
            return Fraction(0)
        place = {step: index for index, step in enumerate(right)}
        length = _longest_rise([place[step] for step in value])
        return Fraction(length if length > 1 else 0, len(right))

    def hidden(self, question: Question) -> int:
        """Return the number of steps."""
        return len(question.options)

    def shown(self, question: Question, value: Any, ids: Sequence[str]) -> list[str] | None:
        """Return the ids of the steps in the order given."""
        return None if value is None else [ids[index] for index in value]

    def indexed(self, question: Question, shown: Any, ids: Sequence[str]) -> list[int] | None:
        """Return the indexes of the steps in the order given."""
        if not isinstance(shown, list | tuple):
            return self.clean(question, shown)
        return self.clean(question, [index_of(one, ids) for one in shown])


def _is_order(value: Any, count: int) -> bool:
    return is_indexes(value, count) and len(value) == count


def _longest_rise(places: Sequence[int]) -> int:
    """Return the length of the longest rising subsequence of different numbers."""
    # ends[n]: the smallest number that a rising subsequence of n + 1 numbers can end in.
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
