"""Exchange formats: bytes in, drafts with located problems out."""

from collections.abc import Sequence
from dataclasses import replace

from question_bank.formats.aiken import Aiken
from question_bank.formats.base import (
    Draft,
    FileUnreadable,
    Format,
    Reading,
    problem_json,
    report,
)
from question_bank.formats.cells import Sheet
from question_bank.formats.cloze import Cloze
from question_bank.formats.csv_table import Csv, sheet_of
from question_bank.formats.docx import Docx
from question_bank.formats.gift import Gift
from question_bank.formats.json_bank import Json
from question_bank.formats.moodle import MoodleXml
from question_bank.formats.refusals import refuse_unknown
from question_bank.formats.table import check_size
from question_bank.formats.txt import Txt
from question_bank.formats.xlsx import Xlsx, sheets_of
from question_bank.problems import Problem
from question_bank.question import Question

#: In the order in which content is tried; the one that takes any text comes last.
FORMATS: tuple[Format, ...] = (
    Docx(),
    Xlsx(),
    MoodleXml(),
    Json(),
    Cloze(),
    Gift(),
    Aiken(),
    Txt(),
    Csv(),
)

__all__ = [
    "FORMATS",
    "by_name",
    "losses",
    "Draft",
    "FileUnreadable",
    "Format",
    "Reading",
    "names",
    "problem_json",
    "read",
    "report",
    "sheets",
]


def names() -> Sequence[str]:
    """Return the names of all formats."""
    return [one.name for one in FORMATS]


def losses(format: str, questions: Sequence[Question]) -> list[Problem]:
    """Return what the *format* cannot carry; ``where`` is the number from 1, then the field."""
    one = by_name(format)
    return [
        replace(problem, where=f"{number} {problem.where}".strip())
        for number, question in enumerate(questions, 1)
        for problem in one.losses(question)
    ]


def by_name(format: str) -> Format:
    """Return a format by its name.

    :raises FileUnreadable: for a name that is none, naming those there are.
    """
    for one in FORMATS:
        if one.name == format:
            return one
    raise FileUnreadable("format_unknown", format, formats="、".join(names()))


def read(data: bytes, name: str, format: str | None = None) -> Reading:
    """Return what was understood of a file; the format is found from its content.

    :param name: the file's name, which only breaks ties.
    :param format: one of :func:`names` to insist on it.
    :raises FileUnreadable: with the reason, if nothing can be read.
    """
    if format is not None:
        by_name(format)
    refuse_unknown(data)
    for one in FORMATS:
        if format in (None, one.name) and one.sniff(data, name):
            reading = one.read(data)
            _refuse_plain_text(reading, name)
            return reading
    raise FileUnreadable("not_that_format", format=format or "")


def sheets(data: bytes) -> list[Sheet]:
    """Return the tables of any workbook or text file as they stand, whatever they are about.

    :raises FileUnreadable: with the reason, if nothing can be read.
    """
    refuse_unknown(data)
    found = sheets_of(data) if Xlsx().sniff(data, "") else [sheet_of(data)[0]]
    check_size(found)
    return found


def _refuse_plain_text(reading: Reading, name: str) -> None:
    """Refuse text without a table that calls itself a workbook; a renamed table is read."""
    is_text = reading.format == "csv" and name.lower().endswith((".xlsx", ".xls"))
    if is_text and any(problem.code == "no_questions_found" for problem in reading.problems):
        raise FileUnreadable("text_named_sheet", name)
