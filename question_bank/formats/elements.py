"""Elements of a workbook's XML, read one by one: linear time, little memory, limits on the way."""

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache

from question_bank.formats.base import MAX_CELL_MARKS, MAX_ROW_MARKS, FileUnreadable

# Every pattern here stops at the next "<": hostile files are read in linear time.
_MARK = re.compile(rb"<(?:\w+:)?(?:(row)|c)(?=[\s/>])")
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_SHARED = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")


@cache
def _attribute(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?:^|\s)" + name.encode() + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attribute(attributes: bytes, name: str) -> str:
    """Return an XML attribute's value, ``""`` when it is missing."""
    found = _attribute(name).search(attributes)
    text = (found[1] if found[1] is not None else found[2]) if found else b""
    return html.unescape(text.decode("utf-8", "replace"))


def is_sheet(name: str) -> bool:
    """Tell whether a part holds the cells of a sheet."""
    return "/worksheets/" in name.lower() and name.lower().endswith(".xml")


def check_counts(parts: Mapping[str, bytes]) -> None:
    """Refuse a workbook of so many elements that understanding them would take minutes.

    :raises FileUnreadable: ``too_much_inside``.
    """
    rows = cells = 0
    for name, content in parts.items():
        if is_sheet(name):
            for mark in _MARK.finditer(content):
                if mark[1]:
                    rows += 1
                else:
                    cells += 1
                if rows > MAX_ROW_MARKS or cells > MAX_CELL_MARKS:
                    raise FileUnreadable("too_much_inside")
        elif name.lower() == "xl/sharedstrings.xml":
            for _ in some(_SHARED, content, MAX_CELL_MARKS):
                pass


def some(
    pattern: re.Pattern[bytes], content: bytes, limit: int = MAX_ROW_MARKS
) -> Iterator[re.Match[bytes]]:
    """Yield the matches of *pattern*.

    :raises FileUnreadable: ``too_much_inside`` when there are more than *limit*.
    """
    for count, found in enumerate(pattern.finditer(content)):
        if count >= limit:
            raise FileUnreadable("too_much_inside")
        yield found


def pieces(
    pattern: re.Pattern[bytes], content: bytes, limit: int = MAX_CELL_MARKS
) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Yield each match of *pattern* with the bytes between it and the next.

    :raises FileUnreadable: ``too_much_inside`` when there are more than *limit*.
    """
    last: re.Match[bytes] | None = None
    for found in some(pattern, content, limit):
        if last is not None:
            yield last, content[last.end() : found.start()]
        last = found
    if last is not None:
        yield last, content[last.end() :]


def cells(content: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Yield row, column, attributes and inside of every cell; rows and columns from 0."""
    row = column = -1
    inside_rows = False
    for mark, piece in pieces(_MARK, content, MAX_ROW_MARKS + MAX_CELL_MARKS):
        attributes, _, inside = piece.partition(b">")
        if mark[1]:
            inside_rows = True
            number = attribute(attributes, "r")
            row = int(number) - 1 if number.isdecimal() and len(number) < 9 else row + 1
            column = -1
        elif inside_rows:
            place = _REFERENCE.match(attribute(attributes, "r")) if b"r" in attributes else None
            column = _column(place[1]) if place else column + 1
            closed = attributes.endswith(b"/")
            at = int(place[2]) - 1 if place else row
            yield at, column, attributes, b"" if closed else inside


def _column(letters: str) -> int:
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1
