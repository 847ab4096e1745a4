"""Excel workbooks (.xlsx)."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import python_calamine

from question_bank.formats import workbook
from question_bank.formats.base import FileUnreadable, Format, Reading
from question_bank.formats.cells import Sheet, Value
from question_bank.formats.package import pack, unpack
from question_bank.formats.table import read_tables


class Xlsx(Format):
    """A workbook of Excel 2007 or later, WPS and others."""

    name = "xlsx"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether it is a zip file; what is inside decides :meth:`read`."""
        return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def read(self, data: bytes) -> Reading:
        """Return the questions of all visible sheets.

        :raises FileUnreadable: if it is another kind of file, damaged, protected or too large.
        """
        drafts, problems = read_tables(sheets_of(data))
        return Reading(self.name, None, drafts, problems)


def sheets_of(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook, hidden ones too.

    :raises FileUnreadable: if it is another kind of file, damaged, protected or too large.
    """
    parts = unpack(data)
    workbook.check_areas(parts)
    styles = workbook.number_formats(parts)
    flattened = workbook.flattened_texts(parts)
    pictures = workbook.picture_rows(parts)
    places = workbook.sheet_parts(parts)
    found: list[Sheet] = []
    for name, hidden, rows in _values(pack(parts)):
        part = places.get(name)
        extras = workbook.extras(parts, part, styles, pictures) if part else workbook.Extras()
        found.append(
            Sheet(
                name=name,
                rows=_with_extras(rows, extras.cells),
                pictures=extras.pictures,
                flattened=flattened,
                hidden=hidden,
            )
        )
    return found


def _with_extras(
    rows: list[list[Value]], cells: Mapping[tuple[int, int], Value]
) -> Sequence[Sequence[Value]]:
    for (row, column), value in cells.items():
        if row < len(rows):
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = value
    return rows


def _values(data: bytes) -> list[tuple[str, bool, list[list[Value]]]]:
    """Return name, hidden and rows of every worksheet.

    :raises FileUnreadable: whatever the reader makes of a broken file.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (
                about.name,
                about.visible != python_calamine.SheetVisibleEnum.Visible,
                _rows(book.get_sheet_by_name(about.name)),
            )
            for about in book.sheets_metadata
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        # A panic inside the reader is no Exception.
        raise FileUnreadable("damaged") from error


def _rows(sheet: Any) -> list[list[Value]]:
    rows: list[list[Value]] = sheet.to_python(skip_empty_area=False)
    return rows
