"""What a format cannot carry of a question, in the words of both languages."""

import re
from collections.abc import Iterable

from question_bank.formats.cells import without_invisible
from question_bank.problems import Problem
from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import UnknownType

_PICTURE = re.compile(r"!\[[^\]]*\]\(")
_LABELS = {
    "single_choice": "single choice",
    "multiple_choice": "multiple choice",
    "true_false": "true/false",
    "fill_blank": "fill-in",
    "numeric": "numeric",
    "ordering": "ordering",
    "matching": "matching",
    "classify": "classifying",
    "hotspot": "hotspot",
    "short_answer": "short-answer",
    "case": "case",
    "card": "card",
}


def lost(format: str, where: str, zh: str, en: str) -> Problem:
    """Return the problem that a part is left out."""
    return Problem(where, "cannot_carry", {"format": format, "zh": zh, "en": en})


def refused(format: str, zh: str, en: str) -> Problem:
    """Return the problem that the question is left out."""
    return Problem("type", "cannot_carry_type", {"format": format, "zh": zh, "en": en})


def type_problem(format: str, question: Question, carried: Iterable[str]) -> Problem | None:
    """Return the problem of a type that is none of *carried*, or of an unfinished question."""
    try:
        kind = by_key(question.type)
    except UnknownType:
        return refused(format, "没有题型的题", "typeless")
    if kind.key not in carried:
        return refused(format, kind.label, _LABELS[kind.key])
    if kind.problems(question):
        return refused(format, f"还没有写好的{kind.label}", f"unfinished {_LABELS[kind.key]}")
    return None


def beside_problems(format: str, question: Question, tags: bool) -> list[Problem]:
    """Return what is lost of marks, difficulty, source, and of tags if there is no place."""
    found: list[Problem] = []
    if question.marks != 1:
        found.append(lost(format, "marks", "分值", "the marks"))
    if question.difficulty is not None:
        found.append(lost(format, "difficulty", "难度", "the difficulty"))
    if question.source:
        found.append(lost(format, "source", "来源", "the source"))
    if question.tags and not tags:
        found.append(lost(format, "tags", "标签", "the tags"))
    return found


def text_problems(
    format: str, texts: Iterable[tuple[str, str]], pictures: bool = False
) -> list[Problem]:
    """Return what is lost of texts: spaces at their ends, pictures, what cannot be seen.

    :param pictures: whether the format carries them.
    """
    found: list[Problem] = []
    for where, text in texts:
        if text != text.strip(" \t") or "\r" in text:
            found.append(lost(format, where, "首尾的空格", "spaces at the ends"))
        if not pictures and _PICTURE.search(text):
            found.append(lost(format, where, "图片", "pictures"))
        if without_invisible(text)[1]:
            found.append(lost(format, where, "看不见的字符", "characters that cannot be seen"))
    return found
