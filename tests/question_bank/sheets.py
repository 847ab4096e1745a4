"""Small workbooks and tables for the tests."""

import io
from datetime import date, datetime

import xlsxwriter

from question_bank.formats import FileUnreadable, read

HEADER = ["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "分值"]
GOOD = ["单选题", "一加一等于几？", "1", "2", "3", "4", "B", "数一数。", 2]


def row(**changes):
    """Return GOOD with some columns changed: ``row(答案="E")``."""
    return [changes.get(name, value) for name, value in zip(HEADER, GOOD, strict=True)]


class Percent(float):
    """A number shown as per cent."""


class Padded(int):
    """A number shown with three digits."""


class Formula(str):
    """A formula without a saved result."""


def workbook(*sheets, hidden=(), **named):
    """Return the bytes of a workbook; sheets are lists of rows, named ones by keyword."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    formats = {
        Percent: book.add_format({"num_format": "0%"}),
        Padded: book.add_format({"num_format": "000"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for name, rows in [*((f"Sheet{i}", s) for i, s in enumerate(sheets, 1)), *named.items()]:
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for r, values in enumerate(rows):
            for c, value in enumerate(values):
                _write(sheet, r, c, value, formats)
    book.close()
    return target.getvalue()


def _write(sheet, r, c, value, formats):
    if isinstance(value, Formula):
        sheet.write_formula(r, c, value, None, "")
    elif isinstance(value, datetime | date):
        sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), formats[date])
    elif type(value) in formats:
        sheet.write_number(r, c, value, formats[type(value)])
    elif value is not None:
        sheet.write(r, c, value)


def drafts(*rows):
    """Return what becomes of rows under HEADER."""
    return read(workbook([HEADER, *rows]), "bank.xlsx").drafts


def one(**changes):
    """Return what becomes of GOOD with some columns changed."""
    [draft] = drafts(row(**changes))
    return draft


def codes(draft):
    return {problem.code for problem in draft.problems}


def refusal(data, name="bank.xlsx", format=None):
    """Return the code with which a file is refused; None when it is read."""
    try:
        read(data, name, format)
    except FileUnreadable as error:
        assert error.message("zh").endswith("。") and error.message("en").endswith(".")
        return error.code
    return None
