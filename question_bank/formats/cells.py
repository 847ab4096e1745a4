"""Cells of a sheet as text, with what a person should know about each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from question_bank.problems import Problem, excerpt


@dataclass(frozen=True)
class NoValue:
    """A formula whose result was never saved."""


@dataclass(frozen=True)
class BadCell:
    """An Excel error such as ``#REF!``."""

    text: str


@dataclass(frozen=True)
class Shown:
    """A number as Excel shows it where that differs from the number: ``5%``, ``007``."""

    text: str


Value = str | float | bool | date | time | timedelta | NoValue | BadCell | Shown | None


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet, from its first row and column."""

    #: Empty for a file that is one table (CSV).
    name: str
    rows: Sequence[Sequence[Value]]
    #: Of each row: its number for readers. Empty: counted from 1.
    numbers: Sequence[int] = ()
    #: Indexes of rows that a picture is anchored to.
    pictures: frozenset[int] = frozenset()
    #: Texts that lost a superscript or subscript.
    flattened: frozenset[str] = frozenset()
    #: Whether a row longer than the header has slipped (unquoted commas).
    rigid: bool = False
    hidden: bool = False

    def where(self, row: int, column: int = 0) -> str:
        """Return how to find a cell: ``Sheet1!F37``, or ``line 12``."""
        number = self.numbers[row] if self.numbers else row + 1
        if not self.name:
            return f"line {number}"
        return f"{self.name}!{column_letters(column)}{number}"


@dataclass(frozen=True)
class Cell:
    """A cell's text and its flaws."""

    text: str
    where: str
    problems: Sequence[Problem] = field(default_factory=tuple)


#: Zero-width, joining, direction and byte-order marks, soft hyphen; control characters but \t \n;
#: halves of surrogate pairs.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_MARKUP = re.compile(
    r"<\s{0,9}(?:script|iframe|object|embed|svg)\b|javascript:|<[^<>]{0,200}\bon[a-z]{1,20}\s{0,9}=",
    re.I,
)


def without_invisible(text: str) -> tuple[str, str]:
    """Return *text* without what cannot be seen, and what that was: ``U+200B U+FEFF``."""
    hidden = sorted(set(_INVISIBLE.findall(text)))
    return _INVISIBLE.sub("", text), " ".join(f"U+{ord(c):04X}" for c in hidden[:5])


def column_letters(column: int) -> str:
    """Return the sheet's name of a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain(value: Value) -> str:
    """Return a cell's value as trimmed text, without a word about flaws."""
    if value is None or isinstance(value, NoValue):
        return ""
    if isinstance(value, str):
        return _tidy(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, BadCell | Shown):
        return value.text
    if isinstance(value, int | float):
        return number_text(value)
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def number_text(value: float) -> str:
    """Return a number as Excel shows it: ``1994.0`` is 1994, at most 15 digits."""
    whole = value == value and abs(value) < 1e15 and value == int(value)
    return str(int(value)) if whole else f"{value:.15g}"


def _tidy(text: str) -> str:
    if not text.isprintable():
        text = text.replace("_x000D_", "\n").replace("\r\n", "\n").replace("\r", "\n")
        text = _INVISIBLE.sub("", text)
    return text.strip()


def read_cell(sheet: Sheet, row: int, column: int, name: str) -> Cell:
    """Return the text of a cell and what is to be said of it.

    :param name: what readers call the column, e.g. its header.
    """
    values = sheet.rows[row]
    value = values[column] if column < len(values) else None
    where = sheet.where(row, column)
    text = plain(value)
    found = [
        Problem(where, code, {"field": name, **params}, None if shown is None else excerpt(shown))
        for code, params, shown in _flaws(value, text, sheet.flattened)
    ]
    return Cell(text, where, found)


def _flaws(
    value: Value, text: str, flattened: frozenset[str]
) -> list[tuple[str, dict[str, str], str | None]]:
    if isinstance(value, NoValue):
        return [("cell_formula_without_value", {}, None)]
    if isinstance(value, BadCell):
        return [("cell_error", {}, text)]
    if isinstance(value, Shown):
        return [("number_shown_differently", {}, text)]
    if isinstance(value, date | time | timedelta):
        return [("cell_is_date", {}, text)]
    if not isinstance(value, str):
        return []
    found: list[tuple[str, dict[str, str], str | None]] = []
    _, names = without_invisible(value)
    if names:
        found.append(("invisible_removed", {"characters": names}, None))
    if "DISPIMG(" in text.upper():
        found.append(("picture_missing", {}, None))
    if text and text in flattened:
        found.append(("cell_superscript", {}, text))
    markup = _MARKUP.search(text)
    if markup:
        found.append(("markup_kept_as_text", {}, text[markup.start() :]))
    return found


def is_blank(values: Sequence[Value]) -> bool:
    """Tell whether a row holds nothing."""
    if isinstance(values, list) and values.count("") == len(values):
        return True
    return all(not isinstance(v, NoValue) and plain(v) == "" for v in values)
