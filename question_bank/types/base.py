"""What every question type can do: check a question, clean an answer, award marks."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from question_bank.problems import Problem, excerpt
from question_bank.question import MAX_MARKS, MIN_MARKS, Question

#: Full marks for exactly the right answer, else none.
ALL_OR_NOTHING = "all_or_nothing"
#: 少选得分、错选不得分: half marks when some right options are missing, none when one is wrong.
PART_WHEN_TOO_FEW = "part_when_too_few"
#: Each option counts alike: chosen when right, or left when wrong.
PER_OPTION = "per_option"
#: A right option adds its part, a wrong one takes its part away; never below nothing.
CLAMP = "clamp"
#: The rules of multiple choice, the default first.
RULES = (ALL_OR_NOTHING, PART_WHEN_TOO_FEW, PER_OPTION, CLAMP)

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
    #: Whether a person has yet to award (more) marks.
    pending: bool = False


class QuestionType(ABC):
    """A kind of question; one instance each stands in ``question_bank.types.TYPES``."""

    #: Stable; stored with every question.
    key: ClassVar[str]
    #: The name in Chinese.
    label: ClassVar[str]
    #: Whether ``Question.options`` is filled and answers are option indexes.
    has_options: ClassVar[bool]
    #: Whether a person awards the marks.
    by_person: ClassVar[bool] = False
    #: Whether answers can earn marks at all.
    is_scored: ClassVar[bool] = True

    def problems(self, question: Question) -> list[Problem]:
        """Return all that keeps *question* from being asked; ``where`` names the field."""
        common = _common_problems(question, self.texts(question))
        return [*common, *self.own_problems(question)]

    def texts(self, question: Question) -> Iterable[tuple[str, str]]:
        """Return (where, text) of the texts that only this type has."""
        return ()

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

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return which part of the marks *value* earns, 0 to 1."""
        return Fraction(value == self.right_answer(question))

    def pending(self, question: Question, value: Any) -> bool:
        """Tell whether a person has to look at *value*, a cleaned answer, before it is marked."""
        return self.by_person

    def grade(
        self,
        question: Question,
        value: Any,
        rule: str = ALL_OR_NOTHING,
        marks: Decimal | int | None = None,
    ) -> Mark:
        """Return the mark of *value*, a cleaned answer or None for no answer.

        Halves of a tenth are rounded up. A value that cannot be an answer earns nothing, and
        nobody has to look at it.

        :param marks: what the question is worth on this paper; by default its own marks.
        :raises ValueError: for a rule that is not in RULES.
        """
        if rule not in RULES:
            raise ValueError(f"unknown rule {rule!r}")
        worth = 10 * Fraction(question.marks if marks is None else marks)
        try:
            cleaned = self.clean(question, value)
        except BadValue:
            cleaned = None
        if cleaned is None:
            return Mark(0, int(worth), False)
        share, pending = self.share(question, cleaned, rule), self.pending(question, cleaned)
        awarded = math.floor(worth * share + Fraction(1, 2))
        return Mark(awarded, int(worth), share == 1, pending)

    def hidden(self, question: Question) -> int:
        """Return how many things of *question* are known by opaque ids in an attempt."""
        return 0

    def shown(self, question: Question, value: Any, ids: Sequence[str]) -> Any:
        """Return *value*, cleaned, as the member's JSON value, with ids instead of indexes.

        :param ids: as many as :meth:`hidden` says, in its order.
        """
        return value

    def indexed(self, question: Question, shown: Any, ids: Sequence[str]) -> Any:
        """Return the cleaned value that :meth:`shown` makes *shown* of.

        :raises BadValue: for an id that is none of *ids*, or what cannot be an answer.
        """
        return self.clean(question, shown)

    def pictures(self, question: Question) -> tuple[str, ...]:
        """Return the names of the pictures without which *question* cannot be asked."""
        return ()


def index_of(shown: Any, ids: Sequence[str]) -> int:
    """Return the place of an id in *ids*.

    :raises BadValue: if it is not there.
    """
    if not isinstance(shown, str) or shown not in ids:
        raise BadValue("expected an id of this question")
    return ids.index(shown)


def letter(index: int) -> str:
    """Return the letter that readers see for option *index*, 0 is A; a number after Z."""
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def too_long(where: str, text: str, limit: int) -> list[Problem]:
    """Return a problem if *text* has more than *limit* characters."""
    if len(text) <= limit:
        return []
    params = {"length": len(text), "limit": limit}
    return [Problem(where, "text_too_long", params, excerpt(text))]


def _common_problems(question: Question, more: Iterable[tuple[str, str]]) -> list[Problem]:
    found: list[Problem] = []
    if not question.stem.strip():
        found.append(Problem("stem", "stem_missing"))
    texts = [("stem", question.stem), ("explanation", question.explanation)]
    texts += [(f"options.{i}", text) for i, text in enumerate(question.options)]
    for where, text in [*texts, *more]:
        found += too_long(where, text, TEXT_LIMIT)
    marks = Decimal(question.marks)
    if not MIN_MARKS <= marks <= MAX_MARKS or marks != marks.quantize(Decimal("0.1")):
        found.append(Problem("marks", "marks_out_of_range", {}, str(question.marks)))
    if question.difficulty is not None and not 0 <= question.difficulty <= 1:
        found.append(Problem("difficulty", "difficulty_out_of_range", {}, str(question.difficulty)))
    return found
