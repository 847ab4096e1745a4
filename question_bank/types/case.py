"""Cases: one text and several questions about it, its parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType
from question_bank.types.texts import no_options

#: Parts a case may have.
MAX_PARTS = 20


class Case(QuestionType):
    """案例题: ``details["parts"]`` are questions as JSON, each of a type that is no case or card.

    A value is an object from the part's number, ``"1"`` on, to the part's value.
    """

    key = "case"
    label = "案例题"
    has_options = False

    def __init__(self, kinds: Iterable[QuestionType]) -> None:
        """Take the types that parts may have."""
        self._kinds = {kind.key: kind for kind in kinds}

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the parts; ``where`` starts with ``details.parts.0``."""
        found = no_options(question)
        given = question.details.get("parts")
        if not isinstance(given, list | tuple) or not given:
            return [*found, Problem("details.parts", "parts_missing")]
        if len(given) > MAX_PARTS:
            params = {"count": len(given), "limit": MAX_PARTS}
            return [*found, Problem("details.parts", "list_too_long", params)]
        for index, data in enumerate(given):
            found += self._part_problems(f"details.parts.{index}", index + 1, data)
        return found

    def _part_problems(self, where: str, number: int, data: Any) -> list[Problem]:
        part = _part_of(data)
        if part is None:
            return [Problem(where, "part_wrong", {"number": number}, excerpt(str(data)))]
        kind = self._kinds.get(part.type)
        if kind is None:
            params, text = {"number": number}, excerpt(part.type)
            return [Problem(f"{where}.type", "part_type_wrong", params, text)]
        return [replace(p, where=f"{where}.{p.where}") for p in kind.problems(part)]

    def parts(self, question: Question) -> list[tuple[QuestionType, Question]]:
        """Return the parts with their types; the question must have no problems."""
        parts = [Question.from_json(data) for data in question.details.get("parts") or ()]
        return [(self._kinds[part.type], part) for part in parts]

    def clean(self, question: Question, raw: Any) -> dict[str, Any] | None:
        """Return part number → the part's value, answered parts only; None when there is none."""
        if raw is None:
            return None
        parts = self.parts(question)
        _check_numbers(raw, len(parts))
        cleaned = {
            number: kind.clean(part, raw.get(number)) for number, kind, part, _ in _numbered(parts)
        }
        return {n: value for n, value in cleaned.items() if value is not None} or None

    def right_answer(self, question: Question) -> dict[str, Any]:
        """Return part number → what earns the part's full marks."""
        right = {n: kind.right_answer(part) for n, kind, part, _ in _numbered(self.parts(question))}
        return {number: value for number, value in right.items() if value is not None}

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return the shares of the parts, weighted with the parts' marks."""
        parts = self.parts(question)
        earned = sum(
            kind.share(part, value[number], rule) * Fraction(part.marks)
            for number, kind, part, _ in _numbered(parts)
            if number in value
        )
        return Fraction(earned) / sum(Fraction(part.marks) for _, part in parts)

    def pending(self, question: Question, value: Any) -> bool:
        """Tell whether an answered part is marked by a person."""
        numbered = _numbered(self.parts(question))
        return any(kind.pending(part, value[n]) for n, kind, part, _ in numbered if n in value)

    def hidden(self, question: Question) -> int:
        """Return the parts' numbers in all; their ids come part by part."""
        return sum(kind.hidden(part) for kind, part in self.parts(question))

    def shown(self, question: Question, value: Any, ids: Sequence[str]) -> dict[str, Any] | None:
        """Return part number → the part's value with ids."""
        if value is None:
            return None
        return {
            number: kind.shown(part, value[number], ids[own])
            for number, kind, part, own in _numbered(self.parts(question))
            if number in value
        }

    def indexed(self, question: Question, shown: Any, ids: Sequence[str]) -> dict[str, Any] | None:
        """Return part number → the part's value."""
        if shown is None:
            return None
        parts = self.parts(question)
        _check_numbers(shown, len(parts))
        value = {
            number: kind.indexed(part, shown.get(number), ids[own])
            for number, kind, part, own in _numbered(parts)
        }
        return self.clean(question, value)

    def pictures(self, question: Question) -> tuple[str, ...]:
        """Return the pictures of all parts, each once."""
        return tuple(dict.fromkeys(n for k, part in self.parts(question) for n in k.pictures(part)))


def _numbered(
    parts: Iterable[tuple[QuestionType, Question]],
) -> Iterator[tuple[str, QuestionType, Question, slice]]:
    """Yield number, type, part, and where the part's ids stand among those of the case."""
    start = 0
    for number, (kind, part) in enumerate(parts, 1):
        end = start + kind.hidden(part)
        yield str(number), kind, part, slice(start, end)
        start = end


def _check_numbers(raw: Any, count: int) -> None:
    numbers = {str(number) for number in range(1, count + 1)}
    if not isinstance(raw, dict) or not raw.keys() <= numbers:
        raise BadValue("expected an object from numbers of parts to values")


def _part_of(data: Any) -> Question | None:
    """Return a part as a question; None if it cannot be one."""
    if not isinstance(data, dict) or not _are_texts(data, "type", "stem"):
        return None
    if not _are_texts({"explanation": "", "source": "", **data}, "explanation", "source"):
        return None
    options, details = data.get("options") or [], data.get("details") or {}
    lists = isinstance(options, list | tuple) and all(isinstance(one, str) for one in options)
    if not lists or not isinstance(details, dict):
        return None
    try:
        return Question.from_json(data)
    except (TypeError, ValueError):
        return None


def _are_texts(data: dict[str, Any], *names: str) -> bool:
    return all(isinstance(data.get(name), str) for name in names)
