"""What stands beside a question: marks, difficulty, tags."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from question_bank.formats.raw import Raw
from question_bank.problems import Problem, excerpt
from question_bank.question import MAX_MARKS, MIN_MARKS, Question, tidy_marks

_MARKS = re.compile(r"([-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,3})?)\s*分?", re.IGNORECASE)
_LEVELS = {
    0.1: "很易 非常简单 很简单 veryeasy",
    0.2: "易 容易 简单 低 easy low",
    0.35: "较易 较简单 较容易",
    0.5: "中 中等 一般 普通 适中 medium normal moderate",
    0.65: "较难 偏难 中难",
    0.8: "难 困难 高 hard difficult high",
    0.9: "很难 非常难 极难 veryhard",
}
_LEVEL = {word: level for level, words in _LEVELS.items() for word in words.split()}


def content(raw: Raw, kind: str, answer: Any) -> tuple[Question, list[Problem]]:
    """Return the row as a question with default marks where they are missing or impossible."""
    found: list[Problem] = []
    marks = read_marks(raw.marks)
    if marks is None:
        found.append(Problem(raw.place("marks"), "marks_out_of_range", {}, excerpt(raw.marks)))
    difficulty = read_difficulty(raw.difficulty)
    if raw.difficulty and difficulty is None:
        text = excerpt(raw.difficulty)
        found.append(Problem(raw.place("difficulty"), "difficulty_not_understood", {}, text))
    question = Question(
        type=kind,
        stem=raw.stem,
        options=raw.options,
        answer=answer,
        explanation=raw.explanation,
        marks=1 if marks is None else marks,
        difficulty=difficulty,
        tags=raw.tags,
        source=raw.source,
    )
    return question, found


def read_marks(text: str) -> Decimal | int | None:
    """Return marks from 0.5 to 100 with one decimal at most, 1 for none given, None if impossible.

    Full-width digits and the word 分 are read.
    """
    if not text:
        return 1
    found = _MARKS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    value = Decimal(found[1])
    if not MIN_MARKS <= value <= MAX_MARKS or value != round(value, 1):
        return None
    return tidy_marks(value.normalize())


def read_difficulty(text: str) -> float | None:
    """Return 0 (easiest) to 1 from a word or a fraction between 0 and 1; None for anything else."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    if plain in _LEVEL:
        return _LEVEL[plain]
    if re.fullmatch(r"0?\.\d{1,4}", plain):
        return float(plain)
    return None


def split_tags(texts: Iterable[str], many: bool) -> tuple[str, ...]:
    """Return tags without repeats; *many* splits each text at commas and the like."""
    found: dict[str, None] = {}
    for text in texts:
        for part in re.split(r"[;；,，、|\n]+", text) if many else [text]:
            tag = " ".join(part.split())
            if tag:
                found[tag] = None
    return tuple(found)
