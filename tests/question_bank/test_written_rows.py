"""Rows whose answers are words: ready when beyond doubt, else drafts that say why."""

from datetime import date

import pytest

from question_bank.types import by_key
from tests.question_bank.sheets import codes, drafts, one, row

NO_OPTIONS = {f"选项{c}": "" for c in "ABCD"}


def written(kind="填空题", **changes):
    return row(**{"题型": kind, **NO_OPTIONS, **changes})


def read(*args, **changes):
    [draft] = drafts(written(*args, **changes))
    return draft


@pytest.mark.parametrize(
    ("stem", "cell", "answer"),
    [
        ("主要是____。", "瓦斯", [["瓦斯"]]),
        ("主要是____。", "瓦斯/甲烷 ／ CH4", [["瓦斯", "甲烷", "CH4"]]),
        ("____和______", "瓦斯|煤尘", [["瓦斯"], ["煤尘"]]),
        ("____和____", "瓦斯 ； 煤尘/岩尘", [["瓦斯"], ["煤尘", "岩尘"]]),
        ("____和____", "瓦斯;1", [["瓦斯"], ["1"]]),
        ("包括____。", "瓦斯、煤尘", [["瓦斯、煤尘"]]),
        ("是____。", 1.5, [["1.5"]]),
        ("____和____", "1|2.5", [["1"], ["2.5"]]),
    ],
)
def test_blanks_are_read_when_their_number_fits(stem, cell, answer):
    draft = read(题干=stem, 答案=cell)
    assert (draft.status, draft.type, draft.answer) == ("ready", "fill_blank", answer)
    assert by_key("fill_blank").problems(draft.question()) == []


@pytest.mark.parametrize(
    ("stem", "cell"),
    [
        ("主要是什么？", "瓦斯"), ("主要是（　）。", "瓦斯"), ("____和____", "瓦斯"),
        ("____和____", "瓦斯、煤尘"), ("____", "瓦斯|煤尘"), ("____和____", "瓦斯|"),
        ("____、____和____", "一|二；三"), ("____", "1/2"), ("____", "3.5 m/s"),
        ("____", "第一空：瓦斯"), ("____和____", "1、瓦斯|2、煤尘"), ("____", "（1）瓦斯"),
        ("主要是____。\n一、单项选择题", "瓦斯"),
        ("____", "１／２"), ("____", "瓦斯//甲烷"), ("____", "瓦斯\n甲烷"), ("____", ""),
    ],
)  # fmt: skip
def test_blanks_in_doubt_stay_a_draft(stem, cell):
    draft = read(题干=stem, 答案=cell)
    assert (draft.status, draft.type, draft.answer) == ("draft", "fill_blank", None)
    assert codes(draft) == {"type_not_supported"}
    assert draft.problems[0].where == "Sheet1!A2"


@pytest.mark.parametrize("word", ["简答题", "问答题", "论述题"])
@pytest.mark.parametrize("cell", ["先撤人，再汇报。", "对\n因为停风必须撤人。", "A"])
def test_a_short_answer_keeps_its_whole_model_answer(word, cell):
    draft = read(word, 题干="停风怎么办？", 答案=cell)
    assert (draft.status, draft.type, draft.answer) == ("ready", "short_answer", [cell])
    assert draft.problems == ()


@pytest.mark.parametrize("cell", ["", "章节测验\n已完成"])
def test_a_short_answer_without_a_model_answer_stays_a_draft(cell):
    draft = read("简答题", 答案=cell)
    assert (draft.status, codes(draft)) == ("draft", {"type_not_supported"})


def test_other_doubts_keep_it_a_draft():
    assert codes(read("简答题", 分值=-5)) == {"marks_out_of_range"}
    draft = read("简答题", 答案=date(2026, 1, 2))
    assert (draft.status, draft.answer) == ("draft", None)
    assert codes(draft) == {"cell_is_date"}


@pytest.mark.parametrize(
    ("word", "key"),
    [("计算题", "numeric"), ("排序题", "ordering"), ("连线题", "matching")],
)
def test_types_that_no_sheet_can_hold_stay_drafts(word, key):
    draft = read(word, 答案="3.5")
    assert (draft.status, draft.type, draft.answer) == ("draft", key, None)
    assert codes(draft) == {"type_not_supported"}


def test_words_in_a_choice_are_doubtful():
    assert codes(one(题型="填空题", 题干="____")) == {"type_not_supported"}


def test_twins_in_words_are_compared():
    same = drafts(*[written(题干="主要是____。", 答案="瓦斯")] * 2)
    assert [d.status for d in same] == ["ready", "duplicate"]
    other = drafts(*[written(题干="主要是____。", 答案=a) for a in ("瓦斯", "煤尘")])
    assert [d.status for d in other] == ["draft", "draft"]
