"""What a workbook's XML says that its reader does not pass on: formats, formulas, pictures."""

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from question_bank.formats.base import MAX_COLUMNS, MAX_ROWS, FileUnreadable
from question_bank.formats.cells import BadCell, NoValue, Shown, Value, number_text
from question_bank.formats.elements import attribute, cells, check_counts, is_sheet, pieces, some

# Every pattern here stops at the next "<": hostile files are read in linear time.
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]*)<|<(?:\w+:)?is\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_RICH = re.compile(rb"<(?:\w+:)?(?:si|is)(?=[\s>])")
_RAISED = re.compile(rb"vertAlign\s{1,9}val=.(?:super|sub)script")
_TEXT = re.compile(rb"<(?:\w+:)?t(?=[\s>])[^<>]*>([^<]*)<")
_FROM = re.compile(rb"<(?:\w+:)?from>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b")
_STYLES_END = re.compile(rb"</(?:\w+:)?cellXfs\b")
_STYLE = re.compile(rb"<(?:\w+:)?xf\s([^<>]*)>")
_ANCHOR_ROW = re.compile(rb"<(?:\w+:)?row>\s{0,9}(\d{1,7})\s{0,9}<")
#: Codes of formats that show another number than the value.
_SHOWN = re.compile(r"[0#.]*%|0{2,15}|0(?:\.0{1,9})?E\+0{1,3}")

#: Most cells that the rectangles around the sheets' values may have together.
MAX_AREA = 2_000_000
#: Most sheets.
MAX_SHEETS = 256


@dataclass(frozen=True)
class Extras:
    """What a sheet's XML adds to its values; rows and columns from 0."""

    #: Cells whose value is to be read in another way.
    cells: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    #: Rows that a picture is anchored to.
    pictures: frozenset[int] = frozenset()


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return each sheet's name with the name of its part, as far as they can be told.

    :raises FileUnreadable: for too many sheets, and for two that are one part: a small file
        could be understood a thousand times over.
    """
    book = next((n for n in parts if n.lower() == "xl/workbook.xml"), None)
    if book is None:
        return {}
    targets = relations(parts, book)
    found: dict[str, str] = {}
    for sheet in some(_SHEET, parts[book], MAX_SHEETS):
        key = re.search(rb"\w+:id\s*=\s*[\"']([^\"']*)[\"']", sheet[1])
        target = targets.get(key[1].decode("utf-8", "replace")) if key else None
        if target and target in parts:
            if target in found.values():
                raise FileUnreadable("damaged")
            found[attribute(sheet[1], "name")] = target
    return found


def relations(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Return relation id → name of the part it points to."""
    folder, name = posixpath.split(part)
    content = parts.get(f"{folder}/_rels/{name}.rels", b"")
    found: dict[str, str] = {}
    for relation in some(_RELATION, content):
        target = attribute(relation[1], "Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[attribute(relation[1], "Id")] = posixpath.normpath(path)
    return found


def check_areas(parts: Mapping[str, bytes]) -> None:
    """Refuse sheets of too many cells, and sheets whose values lie so far apart that reading
    them would take all memory.

    :raises FileUnreadable: naming rows or columns.
    """
    check_counts(parts)
    area = 0
    for name, content in parts.items():
        if not is_sheet(name):
            continue
        rows = columns = 0
        for row, column, _, inside in cells(content):
            if _VALUE.search(inside):
                rows = max(rows, row + 1)
                columns = max(columns, column + 1)
        area += rows * columns
        if area > MAX_AREA:
            if columns > MAX_COLUMNS:
                raise FileUnreadable("too_many_columns", count=columns, limit=MAX_COLUMNS)
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)


def picture_rows(parts: Mapping[str, bytes]) -> dict[str, frozenset[int]]:
    """Return the rows that each drawing's pictures are anchored to."""
    found: dict[str, frozenset[int]] = {}
    for name, content in parts.items():
        if "/drawings/" in name.lower():
            places = (_ANCHOR_ROW.search(piece[:500]) for _, piece in pieces(_FROM, content))
            found[name] = frozenset(int(place[1]) for place in places if place)
    return found


def extras(
    parts: Mapping[str, bytes],
    part: str,
    styles: Mapping[int, str],
    pictures: Mapping[str, frozenset[int]],
) -> Extras:
    """Return what the XML of a sheet's part adds to its values."""
    special: dict[tuple[int, int], Value] = {}
    for row, column, attributes, inside in cells(parts[part]):
        value = _special(attributes, inside, styles)
        if value is not None:
            special[row, column] = value
    drawings = pictures.keys() & set(relations(parts, part).values())
    return Extras(special, frozenset().union(*(pictures[name] for name in drawings)))


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
    """Return *number* as the format *code* shows it, where that is another: 5%, 007, 1.38E+10."""
    if code.endswith("%"):
        return Shown(f"{number * 100:.12g}%")
    if "E" in code:
        return Shown(f"{number:.{code.partition('E')[0].count('0') - 1}E}")
    padded = f"{number:0{len(code)}.0f}"
    if re.fullmatch("0{2,15}", code) and number == int(number) and padded != number_text(number):
        return Shown(padded)
    return None


def number_formats(parts: Mapping[str, bytes]) -> dict[int, str]:
    """Return each cell style that shows per cent, leading zeros or powers, with its code."""
    name = next((n for n in parts if n.lower() == "xl/styles.xml"), None)
    content = parts[name] if name else b""
    codes = {"9": "0%", "10": "0.00%", "11": "0.00E+00"}
    for found in some(_FORMAT, content):
        codes[attribute(found[1], "numFmtId")] = attribute(found[1], "formatCode")
    begin = _STYLES.search(content)
    end = _STYLES_END.search(content, begin.end()) if begin else None
    block = content[begin.end() : end.start() if end else None] if begin else b""
    styles = some(_STYLE, block)
    formats = {i: codes.get(attribute(x[1], "numFmtId"), "") for i, x in enumerate(styles)}
    return {i: code for i, code in formats.items() if _SHOWN.fullmatch(code)}


def flattened_texts(parts: Mapping[str, bytes]) -> frozenset[str]:
    """Return the texts that have a part in superscript or subscript."""
    found: set[str] = set()
    for name, content in parts.items():
        shared = name.lower() == "xl/sharedstrings.xml" or "/worksheets/" in name.lower()
        if not shared or b"vertAlign" not in content:
            continue
        for _, rich in pieces(_RICH, content):
            if _RAISED.search(rich):
                texts = (text[1] for text in _TEXT.finditer(rich))
                found.add(html.unescape(b"".join(texts).decode("utf-8", "replace")).strip())
    return frozenset(found)
