"""Options: split out of one cell, freed of their letters, checked for slips."""

import re
from collections.abc import Sequence

from question_bank.formats.answers import truth_of
from question_bank.types.base import letter

_MARK = r"[.．、:：)）]"
_PREFIX = re.compile(rf"^[(（]?([A-Ja-jＡ-Ｊ])\s*{_MARK}\s*")
_EDGE_MARK = re.compile(rf"(?:^|(?<=[\s|｜;；,，。?？)）:：]))[(（]?([A-JＡ-Ｊ])\s*{_MARK}\s*")
_ANY_MARK = re.compile(rf"[(（]?([A-JＡ-Ｊ])\s*{_MARK}\s*")
_INNER_MARK = re.compile(r"(?<=\s)([B-JＢ-Ｊ])\s*[.．、](?=\s*\S)")
_LETTERS_ONLY = re.compile(r"^[A-JＡ-Ｊ](?:[、,，和与及\s]*[A-JＡ-Ｊ])*$")
_SEPARATORS = ("\n", "|", "｜", "；", ";", "$$", "\t")


def _index(found: str) -> int:
    return ord(found.upper()) - (ord("Ａ") if found >= "Ａ" else ord("A"))


def split_options(text: str) -> list[str] | None:
    """Return the options that stand in one cell; None when it is not certain where they end."""
    for pattern, once in ((_EDGE_MARK, False), (_ANY_MARK, True)):
        pieces = _by_letters(text, pattern, once)
        if pieces:
            return pieces
    if _PREFIX.match(text):
        return None
    for separator in _SEPARATORS:
        if separator in text:
            parts = [part.strip() for part in text.strip(separator).split(separator)]
            return parts if len(parts) > 1 and all(parts) else None
    for separator in ("/", "、", "，", ",", " "):
        parts = [part.strip() for part in text.split(separator)]
        if len(parts) == 2 and {truth_of(part) for part in parts} == {True, False}:
            return parts
    return None


def _by_letters(text: str, pattern: re.Pattern[str], once: bool) -> list[str] | None:
    marks = list(pattern.finditer(text))
    in_order = [_index(mark[1]) for mark in marks] == list(range(len(marks)))
    if len(marks) < 2 or not in_order or text[: marks[0].start()].strip():
        return None
    if once and len(_ANY_MARK.findall(text)) != len(marks):
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pieces = [text[m.end() : end].strip() for m, end in zip(marks, ends, strict=True)]
    return [piece.strip("|｜;；").strip() for piece in pieces]


def split_stem(stem: str) -> tuple[str, list[str]] | None:
    """Return stem and options where the options follow in the stem's own cell, else None."""
    first = _EDGE_MARK.search(stem)
    while first and _index(first[1]) != 0:
        first = _EDGE_MARK.search(stem, first.end())
    if not first or not stem[: first.start()].strip():
        return None
    options = _by_letters(stem[first.start() :], _EDGE_MARK, False)
    if not options or len(options) < 3:
        return None
    return stem[: first.start()].strip(), options


def without_letters(options: Sequence[str]) -> tuple[list[str], int | None]:
    """Return the options without a letter of their own, and the first whose letter is wrong.

    Letters go only where every option has one: ``A.I.`` alone stays.
    """
    found = [_PREFIX.match(option) for option in options]
    if not found or not all(found):
        return list(options), None
    for index, mark in enumerate(found):
        if mark and _index(mark[1]) != index:
            return list(options), index
    bare = [o[mark.end() :].strip() for o, mark in zip(options, found, strict=True) if mark]
    # "A、B" under A and "B、C" under B name other things; these letters belong to the text.
    return (list(options) if any(map(_LETTERS_ONLY.match, bare)) else bare), None


def swallowed(options: Sequence[str]) -> int | None:
    """Return the first option that seems to hold another: ``元代 C.清代``; else None."""
    for index, option in enumerate(options):
        if any(_index(mark[1]) >= index for mark in _INNER_MARK.finditer(option)):
            return index
    return None


def gap(options: Sequence[str]) -> str | None:
    """Return the letter of an empty option before a filled one, else None."""
    for index, option in enumerate(options):
        if not option:
            return letter(index)
    return None
