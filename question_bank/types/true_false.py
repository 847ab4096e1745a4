"""True or false: a statement that is right or wrong."""

from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType


class TrueFalse(QuestionType):
    """判断题: the options are always right and wrong, so none are stored."""

    key = "true_false"
    label = "判断题"
    has_options = False

    def own_problems(self, question: Question) -> list[Problem]:
        """Return a problem unless the answer is ``[True]`` or ``[False]`` without options."""
        answer = question.answer
        found: list[Problem] = []
        if question.options:
            text = excerpt("|".join(question.options))
            found.append(Problem("options", "true_false_with_options", {}, text))
        if not answer:
            found.append(Problem("answer", "answer_missing"))
        elif not isinstance(answer, list | tuple) or [type(a) for a in answer] != [bool]:
            found.append(Problem("answer", "answer_not_understood", {}, excerpt(str(answer))))
        return found

    def clean(self, question: Question, raw: Any) -> bool | None:
        """Return *raw*, a boolean, or the boolean in a list of one; None for no answer."""
        if raw is None or raw == []:
            return None
        value = raw[0] if isinstance(raw, list | tuple) and len(raw) == 1 else raw
        if not isinstance(value, bool):
            raise BadValue("expected true or false")
        return value

    def right_answer(self, question: Question) -> bool | None:
        """Return whether the statement is right; None while nobody said."""
        return question.answer[0] if question.answer else None
