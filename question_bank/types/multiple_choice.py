"""Multiple choice: one or more options are right, and marks follow an explicit rule."""

from decimal import Decimal
from typing import Any

from question_bank.question import Question
from question_bank.types.base import PART_WHEN_TOO_FEW
from question_bank.types.choice import ChoiceType


class MultipleChoice(ChoiceType):
    """多选题: any of the options; one right option alone is allowed (不定项)."""

    key = "multiple_choice"
    label = "多选题"

    def share(self, question: Question, value: Any, rule: str) -> Decimal:
        """Return 1 when exactly right; under part_when_too_few ½ when only some are missing."""
        chosen, right = set(value), set(self.right_answer(question))
        if chosen == right:
            return Decimal(1)
        too_few = bool(chosen) and chosen < right
        return Decimal("0.5") if rule == PART_WHEN_TOO_FEW and too_few else Decimal(0)
