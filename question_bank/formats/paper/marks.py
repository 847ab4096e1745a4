"""Where questions and options begin: numbers and letters at the head of a line."""

import re
from dataclasses import dataclass
from itertools import islice

from question_bank.formats.answers import are_truth_options
from question_bank.formats.paper.lines import Line

_HAN = "一二三四五六七八九十"
_STARTS = (
    ("nth", re.compile(r"第\s*(\d{1,4}|[一二三四五六七八九十]{1,3})\s*题\s*[:.、]?\s*")),
    (
        "label",
        re.compile(r"(?:题目|题干|试题|问题)\s*(\d{0,4})\s*[:]\s*|[Qq](\d{1,4})\s*[.:、]\s*"),
    ),
    ("paren", re.compile(r"[(](\d{1,4})[)]\s*[.、]?\s*")),
    ("square", re.compile(r"[\[【](\d{1,4})[\]】]\s*[.、]?\s*")),
    ("dot", re.compile(r"(\d{1,4})\s*\.\s*")),
    ("comma", re.compile(r"(\d{1,4})\s*、\s*")),
    ("low_comma", re.compile(r"(\d{1,4})\s*,(?!\d)\s*")),
    ("half", re.compile(r"(\d{1,4})\s*[)]\s*")),
    ("colon", re.compile(r"(\d{1,4})\s*:(?!\d)\s*")),
    ("dotted", re.compile(r"([⒈-⒛])\s*")),
    ("round", re.compile(r"([⑴-⒇])\s*")),
    ("han", re.compile(rf"([{_HAN}]{{1,3}})\s*、\s*")),
    ("han_paren", re.compile(rf"[(]([{_HAN}]{{1,3}})[)]\s*")),
    ("space", re.compile(r"(\d{1,4})\s+(?=[^\s\d])")),
)
#: Most marks of options that are looked at in a line.
_MOST = 40
#: Ways to write a bare number that careless papers mix.
BARE = ("dot", "comma", "low_comma", "half", "colon")
_BRACKET = re.compile(
    r"[(]\s*(?:[A-J]{1,10}|[√✓✔×✗✘对错TF]|正确|错误)?\s*[)]\s*(?=\d{1,4}\s*[.、])"
)
_DECIMAL = re.compile(r"\d+\.\d")
_LOOKALIKE = str.maketrans("АВСЕНΑΒΕΗ", "ABCEHABEH")
_LETTER = "[A-Ja-jАВСЕНΑΒΕΗ]"
_CLEAR = re.compile(
    rf"(?:[(\[【]\s*({_LETTER})\s*[)\]】]|({_LETTER})\s*[.、:)])\s*(?:[.、:](?!\d)\s*)?"
)
_FAINT = re.compile(r"([A-J])(?:\s+(?=\S)|(?=[\u3400-\u9fff《“‘]))")
_TRUTH = re.compile(r"(true|false|对|错|正确|错误|√|×)\s*[.、:)]\s*(\S.*)$", re.IGNORECASE)
_INSIDE = re.compile(rf"(?:(?<=\s)|(?<=[。;,.?!)|]))(?:[(]({_LETTER})[)]|({_LETTER})\s*[.、:)])\s*")
_TIGHT = re.compile(r"(?:[(]([A-J])[)]|([A-J])\s*[.、:)])\s*")


@dataclass(frozen=True)
class Start:
    """A number that may begin a question; the text follows at *end*."""

    style: str
    number: int | None
    end: int
    #: ``2.5``: the dot may belong to a decimal number.
    decimal: bool = False
    #: How many characters of a bracket stand before the number: （√）1、.
    before: int = 0


@dataclass(frozen=True)
class Piece:
    """An option in a line: index from 0, and where its text stands."""

    index: int
    start: int
    end: int
    mark: int
    #: Marked by a letter without a point.
    faint: bool = False


def start_of(line: Line) -> Start | None:
    """Return the number that the line begins with."""
    bracket = _BRACKET.match(line.flat)
    before = bracket.end() if bracket else 0
    for style, pattern in _STARTS:
        found = pattern.match(line.flat, before)
        if found:
            number = _number(next((g for g in found.groups() if g), ""))
            decimal = style == "dot" and _DECIMAL.match(line.flat, before) is not None
            return Start(style, number, found.end(), decimal, before)
    return None


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if "⒈" <= text <= "⒛":
        return ord(text) - ord("⒈") + 1
    if "⑴" <= text <= "⒇":
        return ord(text) - ord("⑴") + 1
    return han_number(text)


def han_number(text: str) -> int | None:
    """Return what Chinese numerals up to 99 mean; None for anything else."""
    tens, ten, ones = text.partition("十")
    if ten:
        if len(tens) > 1 or len(ones) > 1:
            return None
        return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(ones) + 1 if ones else 0)
    return _HAN.index(text) + 1 if len(text) == 1 and text in _HAN else None


def index_of(letter: str) -> int:
    """Return the place that an option's letter names; of other alphabets too where it looks so."""
    return ord(letter.translate(_LOOKALIKE).upper()) - ord("A")


def pieces_of(line: Line) -> list[Piece]:
    """Return the options that fill a line, in order; nothing for a line that begins otherwise."""
    first = _CLEAR.match(line.flat)
    faint = None if first else _FAINT.match(line.flat)
    mark = first or faint
    if mark is None:
        return []
    index = index_of(_group(mark))
    return _split(line, index, mark, faint is not None)


def pieces_in(line: Line, begin: int) -> list[Piece]:
    """Return the options that follow the question in its own line: at least three, from A."""
    for pattern in (_INSIDE, _TIGHT):
        mark = pattern.search(line.flat, begin)
        while mark and index_of(_group(mark)) != 0:
            mark = pattern.search(line.flat, mark.end())
        if mark and line.flat[begin : mark.start()].strip():
            pieces = _split(line, 0, mark, False)
            texts = [line.text[p.start : p.end].strip() for p in pieces]
            if all(texts) and (len(texts) > 2 or are_truth_options(texts, strong=True)):
                return pieces
    return []


def _split(line: Line, index: int, first: re.Match[str], faint: bool) -> list[Piece]:
    """Return the options from *first* on, as far as the letters follow one another."""
    marks = [(index, first)]
    loose = list(islice(_INSIDE.finditer(line.flat, first.end()), _MOST))
    tight = list(islice(_TIGHT.finditer(line.flat, first.end()), _MOST))
    # Without spaces between, only a line in which every mark is in its turn is clear.
    in_turn = [index_of(_group(m)) for m in tight] == [
        index + 1 + place for place in range(len(tight))
    ]
    for mark in tight if in_turn and len(tight) > len(loose) else loose:
        if index_of(_group(mark)) == marks[-1][0] + 1:
            marks.append((marks[-1][0] + 1, mark))
    ends = [mark.start() for _, mark in marks[1:]] + [len(line.text)]
    return [
        Piece(at, mark.end(), end, mark.start(), faint)
        for (at, mark), end in zip(marks, ends, strict=True)
    ]


def _group(mark: re.Match[str]) -> str:
    return next(group for group in mark.groups() if group)


def truth_option(line: Line) -> tuple[str, str] | None:
    """Return label and text of ``true. 正确``."""
    found = _TRUTH.match(line.flat)
    return (found[1], line.text[found.start(2) :].strip()) if found else None
