"""A reading goes to another process and comes back the same."""

from decimal import Decimal

import pytest

from question_bank.formats import Draft, FileUnreadable, Reading, read, wire
from question_bank.problems import Problem
from tests.question_bank.sheets import GOOD, HEADER, row, workbook

ROWS = [HEADER, GOOD, row(答案="E"), row(题型="填空题"), row(分值=2.5), row(题干="\u200b甲？")]


def sent(reading):
    return wire.loads(wire.dumps(reading))


def test_a_reading_comes_back_the_same():
    before = read(workbook(ROWS), "bank.xlsx")
    assert sent(before) == before
    assert {draft.status for draft in before.drafts} > {"ready"}


@pytest.mark.parametrize("marks", [2, Decimal("2.5"), 2.5, "many"])
def test_marks_keep_their_kind(marks):
    problem = Problem("line 1", "sheet_hidden", {"sheet": "\ud800"}, "\n")
    draft = Draft(
        "line 2", "draft", None, "问", ("甲", ""), [0], "析", marks, 0.5, ("标",), "源", (problem,)
    )
    before = Reading("csv", "gb18030", [draft], [problem])
    assert sent(before) == before
    assert type(sent(before).drafts[0].marks) is type(marks)


def test_a_refusal_is_raised_again_with_its_sentence():
    before = FileUnreadable("too_many_columns", count=70, limit=60)
    with pytest.raises(FileUnreadable) as after:
        sent(before)
    assert after.value.message("en") == before.message("en")


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"reading":{}}', b"\xff", b"3"])
def test_anything_else_is_no_reading(data):
    with pytest.raises(ValueError, match="."):
        wire.loads(data)
