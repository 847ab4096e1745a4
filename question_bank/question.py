"""A question as plain data: what is asked, what is right, and how to tell two apart."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Self

#: Marks a question may be worth, both ends included, in steps of 0.1.
MIN_MARKS, MAX_MARKS = Decimal("0.5"), Decimal(100)

_SPACES = re.compile(r"\s+")
_LOOSE_SPACE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """One question; ``answer`` is shaped by the type, options are counted from 0."""

    #: A key of question_bank.types; "" for a draft whose type is unclear.
    type: str
    stem: str
    #: What is chosen, ordered, matched or sorted; empty for types without (true/false).
    options: tuple[str, ...]
    #: ``[0, 2]`` for choices, ascending; ``[True]`` for true/false; each type says its own. None
    #: or [] when unknown, and for types without any.
    answer: Any
    explanation: str = ""
    #: 0.5 to 100. An int when whole, else a Decimal with one decimal; a paper may override it.
    marks: Decimal | int = 1
    #: 0 (easiest) to 1 (hardest), or None when nobody said.
    difficulty: float | None = None
    tags: tuple[str, ...] = ()
    #: Where it comes from: law and article, regulation and clause, book and page.
    source: str = ""
    #: What only this type needs, JSON-ready; each type names its own. Empty for most.
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the question as JSON-ready data; :meth:`from_json` gives it back equal."""
        whole = self.marks == int(self.marks)
        return {
            "type": self.type,
            "stem": self.stem,
            "options": list(self.options),
            "answer": self.answer,
            "explanation": self.explanation,
            "marks": int(self.marks) if whole else float(self.marks),
            "difficulty": self.difficulty,
            "tags": list(self.tags),
            "source": self.source,
            **({"details": dict(self.details)} if self.details else {}),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the question that :meth:`to_json` wrote; unknown names are ignored.

        :raises KeyError: if type or stem is missing.
        :raises ValueError: if marks are not a number.
        """
        return cls(
            type=data["type"],
            stem=data["stem"],
            options=tuple(data.get("options") or ()),
            answer=data.get("answer"),
            explanation=data.get("explanation") or "",
            marks=tidy_marks(data.get("marks", 1)),
            difficulty=data.get("difficulty"),
            tags=tuple(data.get("tags") or ()),
            source=data.get("source") or "",
            details=data.get("details") or {},
        )


def tidy_marks(value: Decimal | int | float | str) -> Decimal | int:
    """Return marks as an int when whole, else as a Decimal.

    :raises ValueError: for what is not a finite number.
    """
    try:
        number = Decimal(str(value))
    except ArithmeticError as error:
        raise ValueError(f"not a number: {value!r}") from error
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return int(number) if number == number.to_integral_value() else number


def content_hash(question: Question) -> str:
    """Return the SHA-256 (hexadecimal) of what is asked and shown, taken of the exact text.

    Type, stem, options, answer, explanation and source; marks, difficulty and tags may change
    without making a new version.
    """
    content: list[Any] = [
        question.type,
        question.stem,
        list(question.options),
        question.answer,
        question.explanation,
        question.source,
    ]
    if question.details:
        content.append(dict(question.details))
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return *text* as two people would call it the same: NFKC, spaces folded.

    Spaces count only between two ASCII letters or digits: ``以（  ）为`` equals ``以()为``.
    """
    one_spaced = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    return _LOOSE_SPACE.sub("", one_spaced)


def duplicate_key(question: Question) -> str:
    """Return the SHA-256 (hexadecimal) of the folded stem and the set of folded options.

    Equal for questions that ask the same, whatever the order of the options or the answer. What a
    type keeps in its details is asked as well: parts of a case, groups, the other side of a card.
    """
    asked: list[Any] = [fold(question.stem), sorted(fold(o) for o in question.options)]
    if question.details:
        asked.append(dict(question.details))
    text = json.dumps(asked, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
