"""Files that are not what they say, too large, damaged or hostile: one clear reason each."""

import io
import random
import struct
import zipfile
from time import perf_counter

import pytest

from question_bank.formats import FileUnreadable, read
from question_bank.formats.refusals import too_large
from question_bank.problems import place
from tests.question_bank.sheets import GOOD, HEADER, refusal, workbook

XLSX = workbook([HEADER, GOOD])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CSV = "题目,A,B,C,D,答案\n一加一等于几？,1,2,3,4,B\n二加二等于几？,1,2,3,4,D\n"


def repacked(changes, data=XLSX, method=zipfile.ZIP_DEFLATED):
    """Return a workbook with parts replaced, added, or (None) left out."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", method) as new,
    ):
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def archive(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return target.getvalue()


def sheet_xml(inside):
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{inside}</sheetData></worksheet>"
    )


def far_apart(reference, row):
    cell = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    rows = f'<row r="1">{cell.format("A1")}</row><row r="{row}">{cell.format(reference)}</row>'
    return repacked({"xl/worksheets/sheet1.xml": sheet_xml(rows)})


def lying_about_size():
    """A zip whose entry unpacks to far more than its directory says."""
    data = bytearray(repacked({"xl/worksheets/sheet1.xml": b" " * 3_000_000}))
    size = struct.pack("<L", 3_000_000)
    assert data.count(size) >= 2
    return bytes(data.replace(size, struct.pack("<L", 100)))


REFUSED = {
    "empty": (b"", "empty_file"),
    "only a mark": (b"\xef\xbb\xbf\r\n ", "empty_file"),
    "21 MB": (b"x" * (21 * 1024 * 1024), "file_too_large"),
    "old xls": (OLE + "Workbook".encode("utf-16-le"), "old_xls"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
    "other OLE": (OLE + "WordDocument".encode("utf-16-le"), "not_text"),
    "web page": (b"\xef\xbb\xbf<html><table><tr><td>A</td></table>", "html_file"),
    "XML of 2003": (b'<?xml version="1.0"?><Workbook/>', "html_file"),
    "PDF": (b"%PDF-1.7 ...", "other_office_file"),
    "gzip": (b"\x1f\x8b\x08\x00aaaa", "archive"),
    "zip of files": (archive("a.txt"), "archive"),
    "empty Word": (archive("word/document.xml", "[Content_Types].xml"), "damaged"),
    "xlsb": (archive("xl/workbook.bin", "[Content_Types].xml"), "binary_workbook"),
    "OpenDocument": (archive("mimetype", "content.xml"), "other_office_file"),
    "macros": (repacked({"xl/vbaProject.bin": b"x"}), "has_macros"),
    "macros by type": (
        repacked({"[Content_Types].xml": b"<Types>sheet.macroEnabled.main+xml</Types>"}),
        "has_macros",
    ),
    "bomb": (repacked({"xl/media/a.bin": bytes(30_000_000)}), "unpacked_too_large"),
    "3000 parts": (archive(*(f"xl/{i}" for i in range(3000))), "too_many_parts"),
    "DOCTYPE": (
        repacked({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}),
        "xml_doctype",
    ),
    "DOCTYPE in UTF-16": (
        repacked({"xl/workbook.xml": "<!DOCTYPE x><workbook/>".encode("utf-16")}),
        "xml_doctype",
    ),
    "no workbook inside": (repacked({"xl/workbook.xml": b"<nothing"}), "damaged"),
    "truncated": (XLSX[:-200], "damaged"),
    "lies about its size": (lying_about_size(), "damaged"),
    "a cell in the last row": (far_apart("J1048576", 1_048_576), "too_many_rows"),
    "a cell in the last corner": (far_apart("XFD1048576", 1_048_576), "too_many_columns"),
    "70 columns": (workbook([[*HEADER, *map(str, range(70))], GOOD]), "too_many_columns"),
    "5001 rows": (workbook([HEADER, *([GOOD] * 5001)]), "too_many_rows"),
    "5001 lines": ((CSV + "三加三？,1,2,3,6,D\n" * 5001).encode(), "too_many_rows"),
    "binary": (bytes(range(256)) * 20, "not_text"),
    "control characters": (b"\x01\x02\x03\x04" * 50, "not_text"),
    "bad byte in UTF-8 with mark": (b"\xef\xbb\xbfa,b\nc,\xff\xfe\n", "undecodable"),
    "bad byte": (CSV.encode("gb18030") + b"\xff\xff\n", "undecodable"),
    "LZMA inside": (repacked({}, method=zipfile.ZIP_LZMA), "damaged"),
    "half UTF-16": ("题目,答案".encode("utf-16") + b"\x00", "undecodable"),
    "mixed": (CSV.encode() + CSV.encode("gb18030"), "mixed_encoding"),
    "Big5": ("題目,答案\n這個學習紀錄應該怎麼處理？,對\n".encode("big5"), "encoding_unclear"),
    "Western": ("question,answer\nnaïve über,Rhône\n".encode("cp1252"), "encoding_unclear"),
    "open quote": (CSV.encode() + '"三加三,1,2,3,6,D\n四加四,1,2,3,8,D'.encode(), "csv_quotes"),
    "quote inside": (CSV.encode() + '"鸦片"战争,1,2,3,6,D\n'.encode(), "csv_quotes"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_says_why(name):
    data, code = REFUSED[name]
    before = perf_counter()
    assert refusal(data) == code
    assert perf_counter() - before < 5


@pytest.mark.parametrize(
    ("data", "line"),
    [(CSV.encode() + b"x\nc,\xff\xfe\n", 5), (CSV.encode() + b'"x,1\n', 4)],
)
def test_the_line_is_named(data, line):
    with pytest.raises(FileUnreadable) as error:
        read(data, "bank.csv")
    assert f"第 {line} 行" in error.value.message()


def test_the_content_decides_and_not_the_name():
    assert read(XLSX, "bank.csv").format == "xlsx"
    assert read(CSV.encode(), "bank.xlsx").format == "csv"
    assert refusal(CSV.encode(), format="xlsx") == "not_that_format"
    assert refusal(XLSX, format="csv") == "not_that_format"
    assert refusal(XLSX, format="xlsy") == "format_unknown"


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"Sheet1": []}, "no_questions_found"),
        ({"Sheet1": [HEADER]}, "only_header"),
        ({"Sheet1": [HEADER, ["单选题"], ["判断题"]]}, "only_header"),
        ({"人员": [["姓名", "工号"], ["张三", 7]]}, "no_questions_found"),
        ({f"表{i}": [["说明"]] for i in range(30)}, "no_questions_found"),
    ],
)
def test_a_file_without_questions_is_read_and_says_so(sheets, code):
    reading = read(workbook(**sheets), "bank.xlsx")
    assert reading.counts["found"] == 0
    assert [p.code for p in reading.problems] == [code]
    assert all(p.message(locale) for p in reading.problems for locale in ("zh", "en"))


def test_a_hidden_sheet_is_named_and_not_read():
    data = workbook(Shown=[HEADER, GOOD], Secret=[HEADER, GOOD], hidden=["Secret"])
    reading = read(data, "bank.xlsx")
    assert reading.counts["found"] == 1
    assert [(p.where, p.code) for p in reading.problems] == [("Secret", "sheet_hidden")]


def test_a_table_without_answers_says_so_once():
    reading = read(workbook([["题目", "A", "B"], ["一？", "1", "2"], ["二？", "1", "2"]]), "x")
    assert [p.code for p in reading.problems] == ["answer_column_missing"]
    assert reading.counts["draft"] == 2


def test_formulas_and_superscripts_are_noticed():
    inside = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>题目</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>A</t></is></c><c r="C1" t="inlineStr"><is><t>B</t></is></c>'
        '<c r="D1" t="inlineStr"><is><t>答案</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>十的平方是？</t></is></c>'
        '<c r="B2" t="inlineStr"><is><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr>'
        '<t>2</t></r></is></c><c r="C2"><v>20</v></c><c r="D2"><f>A9</f></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>二？</t></is></c><c r="B3"><v>1</v></c>'
        '<c r="C3" t="e"><v>#REF!</v></c><c r="D3" t="inlineStr"><is><t>A</t></is></c></row>'
    )
    data = repacked({"xl/worksheets/sheet1.xml": sheet_xml(inside)})
    first, second = read(data, "bank.xlsx").drafts
    assert {p.code for p in first.problems} >= {"cell_superscript", "cell_formula_without_value"}
    assert {p.code for p in second.problems} == {"cell_error"}
    assert (first.status, second.status) == ("draft", "draft")


@pytest.mark.parametrize("text", ["<row>", "<c ", "<row><c r=A1>", "<v", "<si><t", "<from>", "<f"])
def test_hostile_xml_takes_linear_time(text):
    xml = sheet_xml(text * (2_000_000 // len(text)))
    data = repacked({"xl/worksheets/sheet1.xml": xml}, method=zipfile.ZIP_STORED)
    before = perf_counter()
    assert refusal(data) in {"damaged", "too_much_inside", None}
    assert perf_counter() - before < 10


@pytest.mark.parametrize("data", [XLSX, CSV.encode(), CSV.encode("gb18030"), CSV.encode("utf-16")])
def test_damage_at_any_place_never_surprises(data):
    rng = random.Random(20)
    for turn in range(150):
        broken = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            place = rng.randrange(len(broken))
            broken[place] = rng.randrange(256)
        if turn % 3 == 0:
            del broken[rng.randrange(len(broken)) :]
        try:
            reading = read(bytes(broken), "bank")
        except FileUnreadable as error:
            assert error.message("en")
        else:
            assert all(p.message() for p in reading.all_problems())


def test_damaged_xml_inside_a_sound_zip_never_surprises():
    rng = random.Random(21)
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old:
        parts = {n: old.read(n) for n in old.namelist() if n.endswith((".xml", ".rels"))}
    for _ in range(200):
        name = rng.choice(sorted(parts))
        broken = bytearray(parts[name])
        for _ in range(rng.randint(1, 8)):
            broken[rng.randrange(len(broken))] = rng.choice(b'<>/"&0129AZ \x00\xff')
        try:
            read(repacked({name: bytes(broken)}), "bank")
        except FileUnreadable as error:
            assert error.message("en")


@pytest.mark.parametrize("name", ["bank.xlsx", "bank.XLS"])
def test_text_without_a_table_that_calls_itself_a_workbook_is_refused(name):
    text = "安全生产月活动通知\n各单位：请组织学习。\n".encode()
    with pytest.raises(FileUnreadable) as error:
        read(text, name)
    assert error.value.code == "text_named_sheet" and name in error.value.message()
    assert read(text, "bank.csv").counts["found"] == 0


@pytest.mark.parametrize(
    ("size", "shown"), [(20 * 2**20 + 1, "20.01"), (21_000_000, "20.03"), (22 * 2**20, "22.0")]
)
def test_a_file_over_the_limit_is_never_said_to_have_the_limit(size, shown):
    assert f"{shown} MB" in too_large(size).message() and "20 MB" in too_large(size).message()


def test_a_line_is_named_as_its_reader_says_it():
    assert (place("line 21"), place("line 21", "en")) == ("第 21 行", "line 21")
    assert place("Sheet1!F37") == "Sheet1!F37"
