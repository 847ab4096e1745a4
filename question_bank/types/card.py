"""Cards: a front and a back to learn by, never marked."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from question_bank.problems import Problem
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType
from question_bank.types.texts import no_options

#: How well a person knew the back, worst first.
GRADES = ("again", "hard", "good", "easy")


class Card(QuestionType):
    """卡片: the stem is the front, ``details["back"]`` the back; members grade themselves."""

    key = "card"
    label = "卡片"
    has_options = False
    is_scored = False

    def texts(self, question: Question) -> Iterable[tuple[str, str]]:
        """Return the back."""
        return [("details.back", _back(question))]

    def own_problems(self, question: Question) -> list[Problem]:
        """Return a problem unless there is a back."""
        found = no_options(question)
        if not _back(question).strip():
            found.append(Problem("details.back", "card_without_back"))
        return found

    def clean(self, question: Question, raw: Any) -> str | None:
        """Return one of GRADES; None for none."""
        if raw is None:
            return None
        if not isinstance(raw, str) or raw not in GRADES:
            raise BadValue("expected one of " + ", ".join(GRADES))
        return raw

    def right_answer(self, question: Question) -> None:
        """Return None: no grade is the right one."""

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return 0: a card earns no marks."""
        return Fraction(0)


def _back(question: Question) -> str:
    back = question.details.get("back")
    return back if isinstance(back, str) else ""
