"""The shared heart of every sheet format: find the tables in sheets of rows, read their rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from question_bank.formats import kinds, shape
from question_bank.formats.base import MAX_COLUMNS, MAX_ROWS, Draft, FileUnreadable
from question_bank.formats.cells import Sheet, is_blank, plain
from question_bank.formats.duplicates import without_duplicates
from question_bank.formats.headers import Columns, columns_of, with_stem
from question_bank.formats.option_rows import grouped, merged
from question_bank.formats.raw import Raw
from question_bank.formats.raws import is_unfilled, raw_of
from question_bank.formats.rows import Evidence, declared, draft_of, tidy_options, understood
from question_bank.formats.stems import bracket_letters
from question_bank.problems import Problem, excerpt
from question_bank.types.base import letter

#: Fewest rows whose stems' brackets hold their answers before all are believed to.
MIN_BRACKETED = 3


@dataclass(frozen=True)
class Part:
    """Rows of a sheet that one header describes."""

    sheet: Sheet
    columns: Columns
    #: Indexes into the sheet's rows; section headings are among them.
    rows: Sequence[int]
    #: Index of the header's row; None where there is none.
    header: int | None


def read_tables(sheets: Sequence[Sheet]) -> tuple[list[Draft], list[Problem]]:
    """Return the questions of all sheets in order, and what concerns sheets or file.

    :raises FileUnreadable: for more rows or columns than the limits.
    """
    check_size(sheets)
    parts: list[Part] = []
    problems: list[Problem] = []
    without: list[Sheet] = []
    for sheet in sheets:
        if sheet.hidden:
            if not all(map(is_blank, sheet.rows)):
                problems.append(Problem(sheet.name, "sheet_hidden", {"sheet": sheet.name}))
            continue
        found = find_parts(sheet, parts[0].columns if parts else None)
        parts += found
        if not found and not all(map(is_blank, sheet.rows)):
            without.append(sheet)
    drafts: list[Draft] = []
    for part in parts:
        problems += _part_problems(part)
        drafts += read_part(part)
    if parts:
        skipped = (Problem(s.name, "sheet_without_table", {"sheet": s.name}) for s in without)
        problems += skipped
    if not drafts:
        problems.append(_nothing_found(sheets, parts))
    return without_duplicates(drafts), problems


def check_size(sheets: Iterable[Sheet]) -> None:
    """Refuse more than anybody would read again.

    :raises FileUnreadable: for more rows or columns than the limits.
    """
    total = 0
    for sheet in sheets:
        total += sum(not is_blank(row) for row in sheet.rows)
        widest = max((_width(row) for row in sheet.rows), default=0)
        if widest > MAX_COLUMNS:
            raise FileUnreadable("too_many_columns", count=widest, limit=MAX_COLUMNS)
    if total > MAX_ROWS:
        raise FileUnreadable("too_many_rows", limit=MAX_ROWS)


def _width(row: Sequence[object]) -> int:
    return next((i + 1 for i in range(len(row) - 1, -1, -1) if row[i] not in ("", None)), 0)


def find_parts(sheet: Sheet, earlier: Columns | None) -> list[Part]:
    """Return the tables of a sheet, each under its header.

    Without any header: by the columns of an *earlier* sheet if they make sense of the rows, else
    by shape; without evidence nothing.
    """
    rows = [i for i, row in enumerate(sheet.rows) if not is_blank(row)]
    headers: list[tuple[int, Columns]] = []
    for place, row in enumerate(rows):
        columns = columns_of(sheet.rows[row])
        if "answer" in columns.fields and len(columns.options) > 1:
            columns = with_stem(columns, [sheet.rows[i] for i in rows[place + 1 : place + 51]])
        if columns.is_table:
            headers.append((row, columns))
    if headers:
        ends = [row for row, _ in headers[1:]] + [len(sheet.rows)]
        return [
            Part(sheet, columns, [i for i in rows if row < i < end], row)
            for (row, columns), end in zip(headers, ends, strict=True)
        ]
    body = [sheet.rows[i] for i in rows]
    columns_here = earlier if earlier and shape.fits(earlier, body) else shape.find_columns(body)
    if columns_here is None:
        return []
    guessed = replace(columns_here, names={}, guessed=list(columns_here.fields.values()))
    return [Part(sheet, guessed, rows, None)]


def _part_problems(part: Part) -> list[Problem]:
    columns, sheet = part.columns, part.sheet
    where = sheet.where(part.header if part.header is not None else 0)
    names = ", ".join(columns.names.values())
    found: list[Problem] = []
    if columns.guessed:
        found.append(Problem(where, "header_guessed", _described(columns)))
    if "answer" not in columns.fields and not columns.by_option and part.rows:
        found.append(Problem(where, "answer_column_missing", {}, excerpt(names)))
    return found


def _described(columns: Columns) -> dict[str, str]:
    """Return, in both languages, which columns hold what."""
    words = {"stem": ("题干", "question"), "answer": ("答案", "answer"), "type": ("题型", "type")}
    options = [f"{letter(i)}={columns.name(c)}" for i, c in enumerate(columns.options) if c]
    found = {}
    for place, language in enumerate(("zh", "en")):
        named = [
            f"{words[key][place]}={columns.name(column)}"
            for key, column in columns.fields.items()
            if key in words
        ]
        found[language] = " ".join([*named, *options])
    return found


def _nothing_found(sheets: Sequence[Sheet], parts: Sequence[Part]) -> Problem:
    seen = [sheet for sheet in sheets if not sheet.hidden]
    if parts:
        part = parts[0]
        return Problem(part.sheet.where(part.header or 0), "only_header")
    rows = [row for sheet in seen for row in sheet.rows if not is_blank(row)]
    first = ", ".join(filter(None, map(plain, rows[0]))) if rows else "–"
    names = "、".join(sheet.name for sheet in sheets if sheet.name)
    where = sheets[0].name if sheets and sheets[0].name else "line 1"
    params = {"count": len(seen), "sheets": excerpt(names) or "CSV"}
    return Problem(where, "no_questions_found", params, excerpt(first))


def read_part(part: Part) -> list[Draft]:
    """Return the questions of one table, in order."""
    return drafts_of(_raws(part))


def drafts_of(raws: Sequence[Raw]) -> list[Draft]:
    """Return what became of rows that belong together, in order."""
    evidence = _evidence(raws)
    return [draft_of(raw, evidence) for raw in raws]


def _raws(part: Part) -> list[Raw]:
    sheet, columns = part.sheet, part.columns
    heading = kinds.sheet_kind(sheet.name)
    plain_rows: list[tuple[int, str | None]] = []
    for row in part.rows:
        filled = [text for text in map(plain, sheet.rows[row]) if text]
        section = kinds.heading_kind(filled[0]) if len(filled) == 1 else None
        if section:
            heading = section
        elif not is_unfilled(sheet, columns, row):
            plain_rows.append((row, heading))
    if not columns.by_option:
        return [raw_of(sheet, columns, row, kind) for row, kind in plain_rows]
    found: list[Raw] = []
    kind_at = dict(plain_rows)
    for group in grouped(sheet, columns, list(kind_at)):
        rows = [raw_of(sheet, columns, row, kind_at[row]) for row in group]
        found.append(merged(sheet, columns, group, rows))
    return found


def _evidence(raws: Sequence[Raw]) -> Evidence:
    """Return what all rows together say about codes of types and answers in brackets."""
    tidy = [tidy_options(raw)[0] for raw in raws if raw.stem]
    codes = [
        (raw.type_text, understood(raw, None)[0])
        for raw in tidy
        if raw.type_text and len(raw.type_text) == 1 and raw.type_text.isdecimal()
    ]
    words = kinds.code_words(codes)
    answered = held = 0
    for raw in tidy:
        kind, answer = understood(raw, declared(raw, Evidence(words)))
        if answer.indexes and kind != "true_false":
            answered += 1
            held += {letter(i) for i in answer.indexes} in bracket_letters(raw.stem)
    return Evidence(words, held >= MIN_BRACKETED and held * 2 >= answered)
