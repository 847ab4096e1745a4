"""Short answers: a text that a person reads and marks."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import TEXT_LIMIT, QuestionType
from question_bank.types.texts import detail_wrong, no_options, sent_text, texts_of

#: Longest answer unless the question says otherwise, in characters.
MAX_LENGTH = 2_000
#: Points that a rubric may have.
MAX_RUBRIC = 20


class ShortAnswer(QuestionType):
    """简答题: ``answer`` lists model answers, if any.

    Details: ``rubric`` (``[{"text": …, "tenths": …}, …]``, what a person looks for and what it
    earns, all the marks together) and ``max_length``.
    """

    key = "short_answer"
    label = "简答题"
    has_options = False
    by_person = True

    def texts(self, question: Question) -> Iterable[tuple[str, str]]:
        """Return the model answers and the rubric's texts."""
        found = [(f"answer.{i}", text) for i, text in enumerate(texts_of(question.answer))]
        rubric: Any = question.details.get("rubric")
        if not _is_rubric(rubric):
            return found
        return [*found, *((f"details.rubric.{i}", one["text"]) for i, one in enumerate(rubric))]

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the model answers, the rubric or the length."""
        found = no_options(question)
        answer = question.answer
        if answer and (not texts_of(answer) or not all(text.strip() for text in answer)):
            found.append(Problem("answer", "model_answers_wrong", {}, excerpt(str(answer))))
        longest = question.details.get("max_length", MAX_LENGTH)
        if type(longest) is not int or not 1 <= longest <= TEXT_LIMIT:
            found.append(detail_wrong(question, "max_length"))
        return [*found, *_rubric_problems(question)]

    def clean(self, question: Question, raw: Any) -> str | None:
        """Return the text, stripped; None for nothing."""
        if raw is None:
            return None
        return sent_text(raw, question.details.get("max_length", MAX_LENGTH)) or None

    def right_answer(self, question: Question) -> str | None:
        """Return the first model answer, if there is one."""
        return question.answer[0].strip() if question.answer else None

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return 0: only a person can award marks."""
        return Fraction(0)


def _is_rubric(value: Any) -> bool:
    if not isinstance(value, list | tuple) or len(value) > MAX_RUBRIC:
        return False
    return all(
        isinstance(one, dict)
        and isinstance(one.get("text"), str)
        and bool(one["text"].strip())
        and type(one.get("tenths")) is int
        and one["tenths"] > 0
        for one in value
    )


def _rubric_problems(question: Question) -> list[Problem]:
    rubric = question.details.get("rubric") or []
    if not _is_rubric(rubric):
        return [detail_wrong(question, "rubric")]
    total = sum(one["tenths"] for one in rubric)
    if not rubric or total == 10 * question.marks:
        return []
    params = {"count": _marks(total), "limit": str(question.marks)}
    return [Problem("details.rubric", "rubric_adds_up_wrong", params)]


def _marks(tenths: int) -> str:
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
