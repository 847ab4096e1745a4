"""Tables as text (.csv, .tsv): any encoding of Chinese, any usual separator."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from question_bank.formats.base import MAX_COLUMNS, MAX_ROWS, FileUnreadable, Format, Reading
from question_bank.formats.cells import Sheet
from question_bank.formats.encodings import decode
from question_bank.formats.headers import columns_of
from question_bank.formats.table import read_tables

_DELIMITERS = (",", "\t", ";", "|")
#: Records looked at to find the separator.
_SAMPLE = 50
#: Most separators of one record, those in quotes and after the last value counted too.
_MOST = 20_000


class Csv(Format):
    """Comma, semicolon, tab or bar separated values."""

    name = "csv"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether it may be text: any file that starts like no other."""
        return not data.startswith(b"PK\x03\x04")

    def read(self, data: bytes) -> Reading:
        """Return the questions of the table.

        :raises FileUnreadable: for bytes that are no text, quotes that do not pair up, and too
            many rows.
        """
        sheet, encoding = sheet_of(data)
        drafts, problems = read_tables([sheet])
        return Reading(self.name, encoding, drafts, problems)


def sheet_of(data: bytes) -> tuple[Sheet, str]:
    """Return the one table of a text file, and the name of its encoding.

    :raises FileUnreadable: as ``Csv.read``.
    """
    text, encoding = decode(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = 0
    delimiter = None
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        delimiter, first = lines[0].strip()[4], 1
    delimiter = delimiter or find_delimiter(lines)
    records, numbers = _records(lines[first:], delimiter)
    return Sheet("", records, [first + number for number in numbers], rigid=True), encoding


def find_delimiter(lines: Sequence[str]) -> str:
    """Return the separator under which a header is found, else the one that fits most rows."""
    best, most = ",", -1.0
    for delimiter in _DELIMITERS:
        try:
            records, _ = _records(lines[:_SAMPLE], delimiter)
        except FileUnreadable:
            records = [line[:_MOST].split(delimiter, MAX_COLUMNS) for line in lines[:_SAMPLE]]
        widths = [len(record) for record in records if any(record)]
        header = any(columns_of(record).is_table for record in records)
        usual = max(widths, key=widths.count, default=1)
        score = 1000.0 * header + (widths.count(usual) / len(widths) if usual > 1 else 0.0)
        if score > most:
            best, most = delimiter, score
    return best


def has_header(lines: Sequence[str]) -> bool:
    """Tell whether one of the first lines is the header of a table of questions."""
    return any(
        columns_of(line[:_MOST].split(delimiter, MAX_COLUMNS)).is_table
        for line in lines[:_SAMPLE]
        for delimiter in _DELIMITERS
    )


def _records(lines: Sequence[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the records, without what is empty at their ends, and the line each begins on.

    :raises FileUnreadable: for unpaired quotes, and for more records or columns than the limits.
    """
    source = _Lines(lines, delimiter)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    numbers: list[int] = []
    filled = 0
    begins = 1
    try:
        for record in reader:
            while record and not record[-1]:
                record.pop()
            if len(record) > MAX_COLUMNS:
                raise FileUnreadable("too_many_columns", count=len(record), limit=MAX_COLUMNS)
            filled += bool(record)
            if filled > MAX_ROWS + 1:
                raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
            records.append(record)
            numbers.append(begins)
            begins = reader.line_num + 1
            source.separators = 0
    except csv.Error as error:
        raise FileUnreadable("csv_quotes", line=begins) from error
    return records, numbers


class _Lines:
    """Lines for the reader of records, stopping it before one grows beyond all use."""

    def __init__(self, lines: Iterable[str], delimiter: str) -> None:
        self._lines = iter(lines)
        self._delimiter = delimiter
        #: How many the record has that is being read.
        self.separators = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.separators += line.count(self._delimiter)
        if self.separators > _MOST:
            raise FileUnreadable("too_many_columns", count=self.separators + 1, limit=MAX_COLUMNS)
        return line + "\n"
