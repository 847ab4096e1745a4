"""Multiple choice: one or more options are right, and marks follow an explicit rule."""

from fractions import Fraction
from typing import Any

from question_bank.question import Question
from question_bank.types.base import CLAMP, PART_WHEN_TOO_FEW, PER_OPTION
from question_bank.types.choice import ChoiceType


class MultipleChoice(ChoiceType):
    """多选题: any of the options; one right option alone is allowed (不定项)."""

    key = "multiple_choice"
    label = "多选题"

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return 1 when exactly right, else what *rule* leaves of it."""
        chosen, right = set(value), set(self.right_answer(question))
        if chosen == right:
            return Fraction(1)
        if rule == PART_WHEN_TOO_FEW:
            return Fraction(1, 2) if chosen < right else Fraction(0)
        count = len(question.options)
        if rule == PER_OPTION:
            return Fraction(count - len(chosen ^ right), count)
        if rule == CLAMP:
            gained = Fraction(len(chosen & right), len(right) or 1)
            wrong = len(chosen - right)
            lost = Fraction(wrong, count - len(right)) if wrong else Fraction(0)
            return max(Fraction(0), gained - lost)
        return Fraction(0)
