"""Small files that would cost much: refused or read in seconds and in little memory."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from question_bank.formats.base import MAX_CELL_MARKS, MAX_ROW_MARKS
from tests.question_bank.sheets import GOOD, HEADER, refusal, workbook

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 3, 300
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"

#: Reads a file in a process of its own and says what came of it, and at what cost.
PROBE = """
import sys, time
from pathlib import Path
from question_bank.formats import FileUnreadable, read
data = Path(sys.argv[1]).read_bytes()
before = time.process_time()
try:
    code = str(read(data, "bank").counts["found"])
except FileUnreadable as error:
    code = error.code
spent = time.process_time() - before
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(code, spent, int(peak.split()[1]) // 1024)
"""


def costly(tmp_path, *pieces):
    """Write a valid workbook whose sheet is *pieces*, each a text and how often it stands there."""
    file, whole = tmp_path / "bank.xlsx", tmp_path / "good.xlsx"
    whole.write_bytes(workbook([HEADER, GOOD]))
    with (
        zipfile.ZipFile(whole) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in set(old.namelist()) - {SHEET}:
            new.writestr(name, old.read(name))
        # Without it the ratio alone would give the file away.
        new.writestr("xl/media/photo.jpeg", os.urandom(2_000_000))
        with new.open(SHEET, "w") as sheet:
            for text, times in [(HEAD, 1), *pieces, (END, 1)]:
                block = text.encode() * min(times, 10_000)
                for _ in range(times // min(times, 10_000)):
                    sheet.write(block)
    return file


def cost(file):
    """Return what came of a file, the seconds and the megabytes that it took."""
    answer = subprocess.run(
        [sys.executable, "-c", PROBE, file], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, seconds, megabytes = answer.stdout.split()
    return code, float(seconds), int(megabytes)


WORKBOOKS = {
    "empty rows, 190 MB": ([("<row/>", 31_000_000)], "unpacked_too_large"),
    "empty cells, 180 MB": ([("<row>" + "<c/>" * 1000 + "</row>", 40_000)], "unpacked_too_large"),
    "inline cells, 180 MB": ([("<row>", 1), ("<c><v>1</v></c>", 12_000_000), ("</row>", 1)],
        "unpacked_too_large"),
    "empty rows": ([("<row/>", 10_000_000)], "too_much_inside"),
    "empty cells": ([("<row>" + "<c/>" * 1000 + "</row>", 10_000)], "too_much_inside"),
    "inline cells": ([("<row>", 1), ("<c><v>1</v></c>", 4_000_000), ("</row>", 1)],
        "too_much_inside"),
    "rows up to the limit": ([("<row/>", MAX_ROW_MARKS), (" ", 40_000_000)], "0"),
    "cells up to the limit": ([("<row>" + "<c/>" * 30 + "</row>", MAX_CELL_MARKS // 30)], "0"),
}  # fmt: skip

TABLES = {
    "commas": (b"," * 20_000_000, "too_many_columns"),
    "commas on many lines": ((b"," * 19_000 + b"\n") * 1000, "0"),
    "short lines": (b"a,b,c,d\n" * 2_500_000, "too_many_rows"),
    "GB18030, short lines": ("中,国,一,二\n".encode("gb18030") * 1_500_000, "too_many_rows"),
    "GB18030, long lines": ("中国，".encode("gb18030") * 3_000_000, "csv_quotes"),
    "UTF-16, short lines": (("中,国\n" * 2_500_000).encode("utf-16"), "too_many_rows"),
}

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures on Linux")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_never_costs_more_than_it_may(name, tmp_path):
    pieces, code = WORKBOOKS[name]
    found, seconds, megabytes = cost(costly(tmp_path, *pieces))
    assert found == code
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True), (seconds, megabytes)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_never_costs_more_than_it_may(name, tmp_path):
    data, code = TABLES[name]
    file = tmp_path / "bank.csv"
    file.write_bytes(data)
    found, seconds, megabytes = cost(file)
    assert found == code
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True), (seconds, megabytes)


def test_a_sheet_that_stands_in_the_book_twice_is_refused(tmp_path):
    file = tmp_path / "bank.xlsx"
    with zipfile.ZipFile(costly(tmp_path, ("<row/>", 1))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    book = parts["xl/workbook.xml"].decode()
    again = '<sheet name="again" sheetId="2" r:id="rId1"/></sheets>'
    parts["xl/workbook.xml"] = book.replace("</sheets>", again).encode()
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert refusal(file.read_bytes()) == "damaged"


def test_a_long_directory_is_not_even_opened():
    data = bytearray(workbook([HEADER, GOOD]))
    data[-22:-22] = b"PK\x01\x02" * 400_000
    assert refusal(bytes(data)) == "too_many_parts"
