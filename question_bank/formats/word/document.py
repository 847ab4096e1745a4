"""A Word document's body: paragraphs and tables in their order."""

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from question_bank.formats.base import MAX_CELL_MARKS, FileUnreadable
from question_bank.formats.package import unpack
from question_bank.formats.paper.lines import Line, styled_line
from question_bank.formats.pictures import Pictures
from question_bank.formats.word.names import W, local, number, parse, value
from question_bank.formats.word.numbering import Numbering
from question_bank.formats.word.runs import Notes, Runs, Spoken

MAIN = "word/document.xml"
_WANTED = re.compile(
    r"(?i)^(?:\[content_types\]\.xml|word/(?:document|numbering|styles)\.xml"
    r"|word/_rels/document\.xml\.rels|word/media/[^/]+)$"
)
#: Largest body, in bytes: a tree takes many times as much memory.
MAX_BODY = 16 * 1024 * 1024
#: Tables inside one another.
_DEEP = 6


@dataclass
class Table:
    """A table: for each row its cells, each a list of lines."""

    where: str
    rows: list[list[list[Line]]] = field(default_factory=list)


@dataclass
class Document:
    """What a document shows."""

    blocks: list[Line | Table]
    notes: Notes
    pictures: Mapping[str, bytes]


def open_document(data: bytes) -> Document:
    """Return what a Word file shows.

    :raises FileUnreadable: for what is no Word file, damaged, protected, too large, has macros.
    """
    parts = {name.lower(): part for name, part in unpack(data, MAIN, _WANTED).items()}
    body = parts.get(MAIN, b"")
    if len(body) > MAX_BODY or body.count(b"<") > 4 * MAX_CELL_MARKS:
        raise FileUnreadable("too_much_inside")
    return _Reader(parts).read(parse(body))


class _Reader:
    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._targets = _relations(parts.get("word/_rels/document.xml.rels"))
        self._numbering = Numbering(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
        self._pictures = Pictures()
        self._runs = Runs(self._picture)
        self._paragraphs = self._tables = 0

    def read(self, root: ET.Element) -> Document:
        blocks: list[Line | Table] = []
        for element in _blocks(root.find(f"{W}body"), 0):
            if local(element) == "p":
                blocks += self._lines(element)
            else:
                blocks.append(self._table(element, 0))
        return Document(blocks, self._runs.notes, self._pictures.named)

    def _picture(self, relation: str) -> str | None:
        content = self._parts.get(self._targets.get(relation, ""))
        return None if content is None else self._pictures.add(content)

    def _lines(self, paragraph: ET.Element) -> list[Line]:
        self._paragraphs += 1
        where = f"paragraph {self._paragraphs}"
        label = self._numbering.label(paragraph.find(f"{W}pPr"))
        spoken: Spoken = self._runs.read(paragraph)
        shown = any(character.strip() for line in spoken.lines for character, _ in line)
        if label and (shown or spoken.codes):
            # The label is set as the paragraph's first character is.
            styles = spoken.lines[0][0][1] if spoken.lines[0] else frozenset()
            spoken.lines[0] = [(c, styles) for c in f"{label} "] + spoken.lines[0]
        codes = tuple(dict.fromkeys(spoken.codes))
        return [styled_line(line, where, codes) for line in spoken.lines]

    def _table(self, table: ET.Element, deep: int) -> Table:
        self._tables += 1
        made = Table(f"table {self._tables}")
        for row in table.iter(f"{W}tr") if deep > _DEEP else _children(table, "tr"):
            cells: list[list[Line]] = []
            for cell in _children(row, "tc"):
                cells.append(self._cell(cell, deep))
                span = number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
                cells += [[] for _ in range(min(span, 60) - 1)]
            made.rows.append(cells)
        return made

    def _cell(self, cell: ET.Element, deep: int) -> list[Line]:
        lines: list[Line] = []
        for element in _blocks(cell, 0):
            if local(element) == "p":
                lines += self._lines(element)
            elif deep < _DEEP:
                for row in self._table(element, deep + 1).rows:
                    lines += [line for inner in row for line in inner]
        return lines


def _blocks(parent: ET.Element | None, deep: int) -> Iterator[ET.Element]:
    """Yield paragraphs and tables, those in content controls and changes too."""
    for child in parent if parent is not None and deep < 40 else ():
        if local(child) in ("p", "tbl"):
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(child, deep + 1)


def _children(parent: ET.Element, name: str) -> Iterator[ET.Element]:
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from (one for one in child.iter(f"{W}{name}"))


def _relations(content: bytes | None) -> dict[str, str]:
    """Return relation id → part inside the package; what lies outside is left out."""
    if not content:
        return {}
    found: dict[str, str] = {}
    for relation in parse(content):
        if relation.get("TargetMode", "").lower() == "external":
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("word", target)
        found[relation.get("Id", "")] = posixpath.normpath(path).lower()
    return found
