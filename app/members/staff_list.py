"""A list of people as a sheet: which columns are what, each row with where it stands."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from app.core.errors import Invalid
from question_bank import formats
from question_bank.formats.cells import Sheet, is_blank, plain, read_cell

#: Field → headers, the strongest first.
HEADERS: Mapping[str, Sequence[str]] = {
    "no": ("工号", "员工号", "职工号", "员工编号", "人员编号", "staffno", "no"),
    "name": ("姓名", "名字", "name"),
    "branch": ("支部代码", "支部", "党支部", "所属支部", "支部名称", "branchcode", "branch"),
    "password": ("初始密码", "密码", "password"),
}
NEEDED = ("no", "name", "branch")
#: What a cell cannot be read with; anything else is only a remark.
_LOST = ("cell_formula_without_value", "cell_error", "cell_is_date")


@dataclass(frozen=True)
class Trouble:
    """Why nothing can be written: where in the file, a sentence, and what stood there."""

    where: str
    text: Any
    found: str = ""


@dataclass(frozen=True)
class Row:
    """One person of the file as written; ``hashed`` stands for a password once it was checked."""

    where: str
    no: str
    name: str
    branch: str
    password: str = ""
    hashed: str = ""


def read(data: bytes) -> tuple[list[Row], list[Trouble]]:
    """Return the rows of every table with the needed columns, and cells whose value is lost.

    :raises question_bank.formats.FileUnreadable: with the reason, when nothing can be read.
    :raises Invalid: naming ``file``, when no table has the needed columns or any row.
    """
    rows: list[Row] = []
    troubles: list[Trouble] = []
    known = False
    for sheet in formats.sheets(data):
        start = None if sheet.hidden else _header(sheet)
        if start is None:
            if not sheet.hidden and not all(map(is_blank, sheet.rows)):
                troubles.append(Trouble(sheet.where(0), _l("这张表没有“工号、姓名、支部”表头。")))
            continue
        known = True
        for index in range(start[0] + 1, len(sheet.rows)):
            if not is_blank(sheet.rows[index]):
                row, lost = _row(sheet, index, start[1])
                rows.append(row)
                troubles += lost
    if not known:
        raise Invalid({"file": _l("没有找到表头：要有“工号”“姓名”和“支部代码”（或“支部”）三列。")})
    if not rows:
        raise Invalid({"file": _l("表头下面没有人员。")})
    return rows, troubles


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for index, values in enumerate(sheet.rows[:50]):
        named = [_compact(plain(value)) for value in values]
        columns = {
            field: named.index(next(one for one in headers if one in named))
            for field, headers in HEADERS.items()
            if any(one in named for one in headers)
        }
        if all(field in columns for field in NEEDED):
            return index, columns
    return None


def _compact(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in folded if not c.isspace() and c not in "*_:")


def _row(sheet: Sheet, index: int, columns: Mapping[str, int]) -> tuple[Row, list[Trouble]]:
    cells = {f: read_cell(sheet, index, c, HEADERS[f][0]) for f, c in columns.items()}
    locale = str(get_locale() or "zh")
    lost = [
        Trouble(one.where, one.message(locale), one.found or "")
        for cell in cells.values()
        for one in cell.problems
        if one.code in _LOST
    ]
    texts = {field: cell.text for field, cell in cells.items()}
    return Row(where=sheet.where(index, columns["no"]), **texts), lost
