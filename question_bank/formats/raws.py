"""From the cells of a row to its texts."""

from question_bank.formats import options as option_cells
from question_bank.formats.cells import Cell, Sheet, plain, read_cell
from question_bank.formats.headers import Columns
from question_bank.formats.meta import split_tags
from question_bank.formats.raw import Raw
from question_bank.problems import Problem, excerpt

#: Columns in which a flaw may change what is asked or what is right.
_VITAL = ("stem", "answer", "type", "options", "is_right")
#: Flaws of other columns that matter too.
_MINOR = frozenset({"invisible_removed", "markup_kept_as_text", "cell_formula_without_value"})
#: Tag columns whose cells hold one name, commas and all.
_WHOLE = ("章", "分类", "题库", "专业", "课程", "chapter", "category", "subject")


def is_unfilled(sheet: Sheet, columns: Columns, row: int) -> bool:
    """Tell whether a row holds nothing of a question: blank, or prefilled numbers and types."""
    names = ("stem", "answer", "options", "is_right", "explanation")
    asked = [columns.fields[name] for name in names if name in columns.fields]
    asked += [column for column in columns.options if column is not None]
    cells = (read_cell(sheet, row, column, "") for column in asked)
    return not any(cell.text or cell.problems for cell in cells)


def raw_of(sheet: Sheet, columns: Columns, row: int, heading: str | None) -> Raw:
    """Return the texts of a row, with the flaws of its cells; nothing is decided yet."""
    cells = {
        name: read_cell(sheet, row, column, columns.name(column))
        for name, column in columns.fields.items()
    }
    options, more = _options(sheet, columns, row, cells)
    places = {name: cell.where for name, cell in cells.items()} | {
        f"options.{i}": cell.where for i, cell in enumerate(options)
    }
    stem = cells["stem"].text
    texts = tuple(cell.text for cell in options)
    if not any(texts) and not columns.by_option and not more:
        split = option_cells.split_stem(stem)
        if split:
            stem, texts = split[0], tuple(split[1])
    problems = [p for cell in options for p in cell.problems] + more
    for name, cell in cells.items():
        if name != "options":
            vital = name in _VITAL
            problems += [
                p for p in cell.problems if vital or p.code in _MINOR or _is_marks(name, p)
            ]
    problems += _pictures(sheet, columns, row) + _too_long(sheet, columns, row)
    given = {name: cell.text for name, cell in cells.items()}
    return Raw(
        where=sheet.where(row),
        stem=stem,
        options=texts,
        answer=given.get("answer", ""),
        type_text=given.get("type", ""),
        heading=heading,
        explanation=given.get("explanation", ""),
        marks=given.get("marks", ""),
        difficulty=given.get("difficulty", ""),
        tags=_tags(sheet, columns, row),
        source=given.get("source", ""),
        places=places,
        problems=tuple(problems),
    )


def _is_marks(name: str, problem: Problem) -> bool:
    return name == "marks" and problem.code != "number_shown_differently"


def _options(
    sheet: Sheet, columns: Columns, row: int, cells: dict[str, Cell]
) -> tuple[list[Cell], list[Problem]]:
    found: list[Cell] = []
    for column in columns.options:
        found.append(
            Cell("", sheet.where(row))
            if column is None
            else read_cell(sheet, row, column, columns.name(column))
        )
    whole = cells.get("options")
    if whole is None or columns.by_option or any(cell.text for cell in found):
        return found, []
    if not whole.text:
        return found, list(whole.problems)
    parts = option_cells.split_options(whole.text)
    if parts is None:
        problem = Problem(whole.where, "options_not_split", {}, excerpt(whole.text))
        return [], [*whole.problems, problem]
    return [Cell(part, whole.where) for part in parts], list(whole.problems)


def _tags(sheet: Sheet, columns: Columns, row: int) -> tuple[str, ...]:
    values = sheet.rows[row]
    found: list[str] = []
    for column in columns.tags:
        text = plain(values[column]) if column < len(values) else ""
        whole = any(word in columns.name(column).lower() for word in _WHOLE)
        found += split_tags([text], many=not whole)
    return tuple(dict.fromkeys(found))


def _pictures(sheet: Sheet, columns: Columns, row: int) -> list[Problem]:
    values = sheet.rows[row]
    for column in columns.pictures:
        text = plain(values[column]) if column < len(values) else ""
        if text:
            return [Problem(sheet.where(row, column), "picture_missing", {}, excerpt(text))]
    return [Problem(sheet.where(row), "picture_missing")] if row in sheet.pictures else []


def _too_long(sheet: Sheet, columns: Columns, row: int) -> list[Problem]:
    if not sheet.rigid or not columns.names:
        return []
    extra = [text for text in map(plain, sheet.rows[row][columns.width :]) if text]
    return [Problem(sheet.where(row), "row_too_long", {}, excerpt(extra[0]))] if extra else []
