"""Single choice: exactly one option is right."""

from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import BadValue
from question_bank.types.choice import ChoiceType


class SingleChoice(ChoiceType):
    """单选题: one of the options."""

    key = "single_choice"
    label = "单选题"

    def answer_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the answer, which is exactly one option."""
        found = super().answer_problems(question)
        if not found and len(question.answer) != 1:
            params = {"count": len(question.answer)}
            return [Problem("answer", "single_with_many", params, excerpt(str(question.answer)))]
        return found

    def clean(self, question: Question, raw: Any) -> list[int] | None:
        """Return the chosen index in a list; None for nothing chosen."""
        value = super().clean(question, raw)
        if value and len(value) > 1:
            raise BadValue("expected one option at most")
        return value
