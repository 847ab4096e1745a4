"""Exam papers as plain text (.txt): pasted from Word, web pages and chats."""

from question_bank.formats.base import FileUnreadable, Format, Reading
from question_bank.formats.csv_table import has_header
from question_bank.formats.duplicates import without_duplicates
from question_bank.formats.encodings import decode
from question_bank.formats.paper import labels, lines_of, marks, read_paper
from question_bank.formats.paper.keys import is_key_line
from question_bank.formats.paper.lines import Line

#: Lines looked at to tell a paper from a table.
_SAMPLE = 400


class Txt(Format):
    """Numbered questions with lettered options and their answers, in any encoding of Chinese."""

    name = "txt"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether lines are questions, options and answers rather than records."""
        if data.startswith(b"PK\x03\x04"):
            return False
        try:
            text, _ = decode(data)
        except FileUnreadable:
            return False
        lines = [line for line in lines_of(text[:200_000]) if line.text][:_SAMPLE]
        return looks_like_paper(lines, name) and not has_header([line.text for line in lines])

    def read(self, data: bytes) -> Reading:
        """Return the questions of the paper.

        :raises FileUnreadable: for bytes that are no text, and too many questions.
        """
        text, encoding = decode(data)
        drafts, problems = read_paper(lines_of(text))
        return Reading(self.name, encoding, without_duplicates(drafts), problems)


def looks_like_paper(lines: list[Line], name: str) -> bool:
    """Tell whether there are questions as papers write them down."""
    answers = sum(bool(labels.fields_of(line) or labels.inline_fields(line)) for line in lines)
    options = sum(bool(marks.pieces_of(line)) for line in lines)
    numbers = sum(marks.start_of(line) is not None for line in lines)
    keys = sum(is_key_line(line) for line in lines)
    if answers + options + keys >= 2 and 2 * (answers + options + numbers + keys) >= len(lines):
        return True
    plain = name.lower().endswith((".txt", ".md", ".text"))
    return plain and numbers + answers > 0 and 4 * (numbers + answers + options) >= len(lines)
