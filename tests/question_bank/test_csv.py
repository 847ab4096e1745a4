"""Tables as text: encodings, separators, quotes, line ends."""

import pytest

from question_bank.formats import read
from tests.question_bank.sheets import codes

ROWS = [
    ["题目", "A", "B", "C", "D", "答案"],
    ["一加一等于几？", "1", "2", "3", "4", "B"],
    ["哪些是偶数？", "2", "3", "4", "5", "AC"],
]


def text(separator=",", end="\n"):
    return end.join(separator.join(row) for row in ROWS) + end


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
        ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
def test_every_usual_encoding_is_found(encoding, named):
    reading = read(text().encode(encoding), "bank.csv")
    assert (reading.encoding, reading.counts["ready"]) == (named, 2)
    assert reading.drafts[0].stem == "一加一等于几？"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_separator_and_line_end_is_found(separator, end):
    reading = read(text(separator, end).encode(), "bank.csv")
    assert [d.answer for d in reading.drafts] == [[1], [0, 2]]
    assert [d.where for d in reading.drafts] == ["line 2", "line 3"]


def test_excel_may_name_the_separator():
    reading = read(("sep=;\n" + text(";")).encode(), "bank.csv")
    assert [d.where for d in reading.drafts] == ["line 3", "line 4"]


def test_quoted_cells_keep_commas_and_lines_and_later_rows_their_line():
    rows = '题目,选项,答案\n"一,\n二?","A.甲\nB.乙",A\n三?,甲|乙,B\n'
    first, second = read(rows.encode(), "bank.csv").drafts
    assert (first.stem, first.options, first.where) == ("一,\n二?", ("甲", "乙"), "line 2")
    assert (second.where, second.answer) == ("line 5", [1])


def test_an_unquoted_comma_makes_a_draft_and_not_a_wrong_answer():
    data = "题目,A,B,C,D,答案\n不对,有逗号?,1,2,3,B,C\n对?,1,2,3,4,C\n".encode()
    first, second = read(data, "bank.csv").drafts
    assert (first.status, first.answer, second.status) == ("draft", None, "ready")
    assert "row_too_long" in codes(first)


def test_an_unnamed_first_column_is_only_a_number():
    reading = read(b",Question,A,B,C,D,Answer\n0,1+1=?,1,2,3,4,B\n", "x.csv")
    assert (reading.drafts[0].stem, reading.drafts[0].answer) == ("1+1=?", [1])


def test_text_that_is_no_table_has_no_questions():
    reading = read("这是一篇文章，\n没有题目。\n".encode(), "x.txt")
    assert reading.counts["found"] == 0
    assert reading.problems[0].code == "no_questions_found"
