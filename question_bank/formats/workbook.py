"""What a workbook's XML says that its reader does not pass on: formats, formulas, pictures."""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from question_bank.formats.base import MAX_COLUMNS, MAX_ROWS, FileUnreadable
from question_bank.formats.cells import BadCell, NoValue, Shown, Value, number_text

# Every pattern here stops at the next "<": hostile files are read in linear time.
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]*)<|<(?:\w+:)?is\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_RICH = re.compile(rb"<(?:\w+:)?(?:si|is)(?=[\s>])")
_RAISED = re.compile(rb"vertAlign\s{1,9}val=.(?:super|sub)script")
_TEXT = re.compile(rb"<(?:\w+:)?t(?=[\s>])[^<>]*>([^<]*)<")
_FROM = re.compile(rb"<(?:\w+:)?from>")
_ANCHOR_ROW = re.compile(rb"<(?:\w+:)?row>\s{0,9}(\d{1,7})\s{0,9}<")

#: Most cells that the rectangle around a sheet's values may have.
MAX_AREA = 4_000_000


@dataclass(frozen=True)
class Extras:
    """What a sheet's XML adds to its values; rows and columns from 0."""

    #: Cells whose value is to be read in another way.
    cells: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    #: Rows that a picture is anchored to.
    pictures: frozenset[int] = frozenset()


def attribute(attributes: bytes, name: str) -> str:
    """Return an XML attribute's value, ``""`` when it is missing."""
    pattern = rb"(?:^|\s)" + name.encode() + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
    found = re.search(pattern, attributes)
    text = (found[1] if found[1] is not None else found[2]) if found else b""
    return html.unescape(text.decode("utf-8", "replace"))


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return each sheet's name with the name of its part, as far as they can be told."""
    book = next((n for n in parts if n.lower() == "xl/workbook.xml"), None)
    if book is None:
        return {}
    targets = relations(parts, book)
    found: dict[str, str] = {}
    for sheet in re.finditer(rb"<(?:\w+:)?sheet\s([^<>]*)>", parts[book]):
        key = re.search(rb"\w+:id\s*=\s*[\"']([^\"']*)[\"']", sheet[1])
        target = targets.get(key[1].decode("utf-8", "replace")) if key else None
        if target and target in parts:
            found[attribute(sheet[1], "name")] = target
    return found


def relations(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Return relation id → name of the part it points to."""
    folder, name = posixpath.split(part)
    content = parts.get(f"{folder}/_rels/{name}.rels", b"")
    found: dict[str, str] = {}
    for relation in re.finditer(rb"<(?:\w+:)?Relationship\s([^<>]*)>", content):
        target = attribute(relation[1], "Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[attribute(relation[1], "Id")] = posixpath.normpath(path)
    return found


def check_areas(parts: Mapping[str, bytes]) -> None:
    """Refuse sheets whose values lie so far apart that reading them would take all memory.

    :raises FileUnreadable: naming rows or columns.
    """
    for name, content in parts.items():
        if "/worksheets/" not in name.lower() or not name.lower().endswith(".xml"):
            continue
        rows = columns = filled = 0
        for row, cells in _filled_rows(content):
            filled += 1
            rows = max(rows, row + 1)
            columns = max(columns, max(cells) + 1)
        if filled > MAX_ROWS * 20:
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
        if rows * columns > MAX_AREA:
            if columns > MAX_COLUMNS:
                raise FileUnreadable("too_many_columns", count=columns, limit=MAX_COLUMNS)
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)


def _cells(content: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Yield row, column, attributes and inside of every cell."""
    row = -1
    for one in _ROW.split(content)[1:]:
        number = attribute(one.partition(b">")[0], "r")
        row = int(number) - 1 if number.isdecimal() and len(number) < 9 else row + 1
        column = -1
        for cell in _CELL.split(one)[1:]:
            attributes, _, inside = cell.partition(b">")
            place = _REFERENCE.match(attribute(attributes, "r"))
            column = _column(place[1]) if place else column + 1
            closed = attributes.endswith(b"/")
            at = int(place[2]) - 1 if place else row
            yield at, column, attributes, b"" if closed else inside


def _column(letters: str) -> int:
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1


def _filled_rows(content: bytes) -> Iterator[tuple[int, set[int]]]:
    found: dict[int, set[int]] = {}
    for row, column, _, inside in _cells(content):
        if _VALUE.search(inside):
            found.setdefault(row, set()).add(column)
    yield from found.items()


def extras(parts: Mapping[str, bytes], part: str, styles: Mapping[int, str]) -> Extras:
    """Return what the XML of a sheet's part adds to its values."""
    special: dict[tuple[int, int], Value] = {}
    for row, column, attributes, inside in _cells(parts[part]):
        value = _special(attributes, inside, styles)
        if value is not None:
            special[row, column] = value
    pictures: set[int] = set()
    for target in relations(parts, part).values():
        if "/drawings/" in target.lower() and target in parts:
            for anchor in _FROM.split(parts[target])[1:]:
                place = _ANCHOR_ROW.search(anchor[:500])
                pictures |= {int(place[1])} if place else set()
    return Extras(special, frozenset(pictures))


def _special(attributes: bytes, inside: bytes, styles: Mapping[int, str]) -> Value:
    """Return the value to read instead of the plain one, or None to leave that."""
    if not inside:
        return None
    value = _VALUE.search(inside)
    text = (value[1] or b"").strip() if value else b""
    kind = attribute(attributes, "t")
    if _FORMULA.search(inside) and not text:
        return None if value and kind == "str" else NoValue()
    if kind == "e":
        return BadCell(text.decode("ascii", "replace"))
    style = attribute(attributes, "s") if kind in ("", "n") else ""
    code = styles.get(int(style)) if style.isdecimal() and len(style) < 7 else None
    if not code or not text:
        return None
    try:
        return shown(float(text), code)
    except (ValueError, OverflowError):
        return None


def shown(number: float, code: str) -> Shown | None:
    """Return *number* as the format *code* shows it, where that is another number: 5%, 007."""
    if code.endswith("%"):
        return Shown(f"{number * 100:.12g}%")
    padded = f"{number:0{len(code)}.0f}"
    if re.fullmatch("0{2,15}", code) and number == int(number) and padded != number_text(number):
        return Shown(padded)
    return None


def number_formats(parts: Mapping[str, bytes]) -> dict[int, str]:
    """Return the index of every cell style that shows per cent or leading zeros, with its code."""
    name = next((n for n in parts if n.lower() == "xl/styles.xml"), None)
    content = parts[name] if name else b""
    codes = {"9": "0%", "10": "0.00%"}
    for found in re.finditer(rb"<(?:\w+:)?numFmt\s([^<>]*)>", content):
        codes[attribute(found[1], "numFmtId")] = attribute(found[1], "formatCode")
    block = re.split(rb"</?(?:\w+:)?cellXfs\b", content)
    styles = re.finditer(rb"<(?:\w+:)?xf\s([^<>]*)>", block[1] if len(block) > 1 else b"")
    formats = {i: codes.get(attribute(x[1], "numFmtId"), "") for i, x in enumerate(styles)}
    return {i: code for i, code in formats.items() if re.fullmatch(r"[0#.]*%|0{2,15}", code)}


def flattened_texts(parts: Mapping[str, bytes]) -> frozenset[str]:
    """Return the texts that have a part in superscript or subscript."""
    found: set[str] = set()
    for name, content in parts.items():
        shared = name.lower() == "xl/sharedstrings.xml" or "/worksheets/" in name.lower()
        if not shared or b"vertAlign" not in content:
            continue
        for rich in _RICH.split(content)[1:]:
            if _RAISED.search(rich):
                pieces = (piece[1] for piece in _TEXT.finditer(rich))
                found.add(html.unescape(b"".join(pieces).decode("utf-8", "replace")).strip())
    return frozenset(found)
