"""What every question type can do: check a question, clean an answer, award marks."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from question_bank.problems import Problem, excerpt
from question_bank.question import MAX_MARKS, MIN_MARKS, Question

#: Full marks for exactly the right answer, else none.
ALL_OR_NOTHING = "all_or_nothing"
#: 少选得分、错选不得分: half marks when some right options are missing, none when one is wrong.
PART_WHEN_TOO_FEW = "part_when_too_few"
#: The rules of multiple choice, the default first.
RULES = (ALL_OR_NOTHING, PART_WHEN_TOO_FEW)

#: Longest text of a stem, an option or an explanation, in characters.
TEXT_LIMIT = 10_000


class BadValue(ValueError):
    """An answer that cannot be one to this question; ``str()`` says why, in English."""


class UnknownType(LookupError):
    """There is no question type of that key."""


@dataclass(frozen=True)
class Mark:
    """What one answer earned, in **tenths** of a mark: ``0 <= awarded <= possible``."""

    awarded: int
    possible: int
    #: Whether the answer was entirely right.
    right: bool


class QuestionType(ABC):
    """A kind of question; one instance each stands in ``question_bank.types.TYPES``."""

    #: Stable; stored with every question.
    key: ClassVar[str]
    #: The name in Chinese.
    label: ClassVar[str]
    #: Whether ``Question.options`` is filled and answers are option indexes.
    has_options: ClassVar[bool]

    def problems(self, question: Question) -> list[Problem]:
        """Return all that keeps *question* from being asked; ``where`` names the field."""
        return [*_common_problems(question), *self.own_problems(question)]

    @abstractmethod
    def own_problems(self, question: Question) -> list[Problem]:
        """Return the problems that only this type looks for."""

    @abstractmethod
    def clean(self, question: Question, raw: Any) -> Any:
        """Return *raw*, a JSON value that somebody sent, in the one form that is stored.

        None, no answer, stays None.

        :raises BadValue: if it cannot be an answer to *question*.
        """

    @abstractmethod
    def right_answer(self, question: Question) -> Any:
        """Return the value that earns full marks, in the form :meth:`clean` returns."""

    def share(self, question: Question, value: Any, rule: str) -> Decimal:
        """Return which part of the marks *value* earns, 0 to 1."""
        return Decimal(value == self.right_answer(question))

    def grade(
        self,
        question: Question,
        value: Any,
        rule: str = ALL_OR_NOTHING,
        marks: Decimal | int | None = None,
    ) -> Mark:
        """Return the mark of *value*, a cleaned answer or None for no answer.

        Halves of a tenth are rounded up. A value that cannot be an answer earns nothing.

        :param marks: what the question is worth on this paper; by default its own marks.
        :raises ValueError: for a rule that is not in RULES.
        """
        if rule not in RULES:
            raise ValueError(f"unknown rule {rule!r}")
        worth = 10 * Decimal(question.marks if marks is None else marks)
        try:
            cleaned = self.clean(question, value)
        except BadValue:
            cleaned = None
        share = Decimal(0) if cleaned is None else self.share(question, cleaned, rule)
        awarded = int((worth * share).quantize(Decimal(1), ROUND_HALF_UP))
        return Mark(awarded, int(worth), share == 1)


def letter(index: int) -> str:
    """Return the letter that readers see for option *index*, 0 is A; a number after Z."""
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def _common_problems(question: Question) -> list[Problem]:
    found: list[Problem] = []
    if not question.stem.strip():
        found.append(Problem("stem", "stem_missing"))
    texts = [("stem", question.stem), ("explanation", question.explanation)]
    texts += [(f"options.{i}", text) for i, text in enumerate(question.options)]
    for where, text in texts:
        if len(text) > TEXT_LIMIT:
            params = {"length": len(text), "limit": TEXT_LIMIT}
            found.append(Problem(where, "text_too_long", params, excerpt(text)))
    marks = Decimal(question.marks)
    if not MIN_MARKS <= marks <= MAX_MARKS or marks != marks.quantize(Decimal("0.1")):
        found.append(Problem("marks", "marks_out_of_range", {}, str(question.marks)))
    if question.difficulty is not None and not 0 <= question.difficulty <= 1:
        found.append(Problem("difficulty", "difficulty_out_of_range", {}, str(question.difficulty)))
    return found
