"""Word documents (.docx): exam papers and tables of questions."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from question_bank.formats.base import MAX_PARTS, Draft, Format, Reading
from question_bank.formats.cells import Sheet
from question_bank.formats.duplicates import without_duplicates
from question_bank.formats.paper import labels, marks, read_paper
from question_bank.formats.paper.lines import Line
from question_bank.formats.table import find_parts, read_tables
from question_bank.formats.word import open_document
from question_bank.formats.word.document import MAIN, Table
from question_bank.formats.word.runs import Notes
from question_bank.problems import Problem, excerpt

_NUMBER_HEAD = re.compile(r"\s*(?:题\s*号|题\s*序|序\s*号|编\s*号)\s*$")
_ANSWER_HEAD = re.compile(r"\s*(?:参考|正确|标准)?\s*答\s*案\s*$")


class Docx(Format):
    """A document of Word 2007 or later, WPS and others."""

    name = "docx"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether it is a zip file with a document of Word inside."""
        if not data.startswith(b"PK\x03\x04") or data.count(b"PK\x01\x02") > 2 * MAX_PARTS:
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = {one.replace("\\", "/").lstrip("/").lower() for one in archive.namelist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        return MAIN in names

    def read(self, data: bytes) -> Reading:
        """Return the questions of the paper and of its tables.

        :raises FileUnreadable: if it is damaged, protected, too large, or has macros.
        """
        document = open_document(data)
        lines: list[Line] = []
        tables: list[Sheet] = []
        for block in document.blocks:
            if isinstance(block, Line):
                lines.append(block)
                continue
            sheet = _sheet(block)
            if find_parts(sheet, None):
                tables.append(sheet)
                lines.append(Line(block.where, "-----"))
            else:
                lines += _table_lines(block)
        drafts: list[Draft] = []
        problems: list[Problem] = []
        if any(line.text.strip("-") for line in lines) or not tables:
            drafts, problems = read_paper(lines)
        if tables:
            if not any(draft.options or draft.answer_text for draft in drafts):
                # A title and a few words around the tables are no questions.
                drafts, problems = [], list(_around(lines))
            more, said = read_tables(tables)
            drafts, problems = [*drafts, *more], [*problems, *said]
        problems += _notes(document.notes)
        found = without_duplicates(drafts)
        return Reading(self.name, None, found, problems, document.pictures)


def _around(lines: Sequence[Line]) -> Iterator[Problem]:
    """Yield a word about the text around tables, if there is any."""
    texts = [line for line in lines if line.text.strip("-")]
    if texts:
        found = excerpt(texts[0].text)
        yield Problem(texts[0].where, "lines_left_out", {"count": len(texts)}, found)


def _sheet(table: Table) -> Sheet:
    rows = [["\n".join(line.text for line in cell).strip() for cell in row] for row in table.rows]
    coded = {
        place for place, row in enumerate(table.rows) if any(line.codes for c in row for line in c)
    }
    return Sheet(table.where, rows, pictures=frozenset(coded))


def _table_lines(table: Table) -> Iterator[Line]:
    """Yield a table that holds no list of questions as lines: answers, a layout, or data."""
    entries = list(_answer_entries(table))
    if entries:
        yield Line(table.where, "参考答案")
        yield Line(table.where, " ".join(f"{number}.{answer}" for number, answer in entries))
        return
    cells = [line for row in table.rows for cell in row for line in cell]
    if _is_form(table):
        return
    if any(marks.pieces_of(one) or marks.start_of(one) or labels.fields_of(one) for one in cells):
        yield from cells
    elif any(line.text for line in cells):
        yield Line(table.where, "-----")
        yield from (line for line in cells if line.text)
        yield Line(table.where, "-----")


def _answer_entries(table: Table) -> Iterator[tuple[int, str]]:
    """Yield numbers and answers of rows 题号 1 2 3 over rows 答案 A B C."""
    rows = [["".join(line.text for line in cell).strip() for cell in row] for row in table.rows]
    for upper, lower in zip(rows, rows[1:], strict=False):
        if upper and lower and _NUMBER_HEAD.match(upper[0]) and _ANSWER_HEAD.match(lower[0]):
            for number, answer in zip(upper[1:], lower[1:], strict=False):
                if number.isdecimal() and len(number) < 5 and answer:
                    yield int(number), answer


def _is_form(table: Table) -> bool:
    """Tell whether a table is one to fill in: 题号 and 得分, or 答案 with empty cells."""
    rows = [["".join(line.text for line in cell).strip() for cell in row] for row in table.rows]
    heads = [row[0] for row in rows if row]
    below = [text for row in rows[1:] for text in row[1:]]
    return bool(heads) and _NUMBER_HEAD.match(heads[0]) is not None and not any(below)


def _notes(notes: Notes) -> Iterator[Problem]:
    for code, count in (
        ("text_box_left_out", notes.boxes),
        ("changes_tracked", notes.changes),
        ("hidden_text_left_out", notes.hidden),
    ):
        if count:
            yield Problem(MAIN, code, {"count": count})
