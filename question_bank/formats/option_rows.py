"""Tables in which every option has a row of its own, marked right or wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from question_bank.formats.answers import truth_of
from question_bank.formats.cells import Sheet, plain
from question_bank.formats.headers import Columns
from question_bank.formats.raw import Raw
from question_bank.problems import Problem, excerpt


def grouped(sheet: Sheet, columns: Columns, rows: Sequence[int]) -> Iterator[list[int]]:
    """Yield the rows of one question each: a stem and what follows until the next one.

    A stem repeated on every row does not begin another question while the number stays.
    """
    group: list[int] = []
    for row in rows:
        stem, number = _text(sheet, columns, row, "stem"), _text(sheet, columns, row, "number")
        if group:
            first = group[0]
            same = stem in ("", _text(sheet, columns, first, "stem"))
            known = _text(sheet, columns, first, "number")
            if not same or (number and known and number != known):
                yield group
                group = []
        group.append(row)
    if group:
        yield group


def merged(sheet: Sheet, columns: Columns, rows: Sequence[int], raws: Sequence[Raw]) -> Raw:
    """Return one question of its option rows, whose first holds stem and type."""
    first = raws[0]
    options: list[str] = []
    right: list[int] = []
    places = dict(first.places)
    problems = [problem for raw in raws for problem in raw.problems]
    for row, raw in zip(rows, raws, strict=True):
        text = _text(sheet, columns, row, "options")
        mark = _text(sheet, columns, row, "is_right")
        where = sheet.where(row, columns.fields["is_right"])
        if not text and not mark:
            continue
        truth = truth_of(mark) if mark else False
        if truth is None:
            problems.append(Problem(where, "answer_not_understood", {}, excerpt(mark)))
        elif truth:
            right.append(len(options))
            places["answer"] = where
        places[f"options.{len(options)}"] = sheet.where(row, columns.fields["options"])
        options.append(text)
        if raw.type_text and raw.type_text != first.type_text:
            number = {"number": _text(sheet, columns, row, "number")}
            problems.append(Problem(raw.where, "group_broken", number))
    return replace(
        first,
        options=tuple(options),
        right=tuple(right),
        places=places,
        problems=tuple(problems),
    )


def _text(sheet: Sheet, columns: Columns, row: int, name: str) -> str:
    column = columns.fields.get(name)
    values = sheet.rows[row]
    return "" if column is None or column >= len(values) else plain(values[column])
