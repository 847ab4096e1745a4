"""Sheets as people make them: titles above, several sheets, options in one cell, no header."""

import pytest

from question_bank.formats import read
from tests.question_bank.sheets import GOOD, HEADER, codes, row, workbook

ABCD = ["题目", "A", "B", "C", "D", "答案"]
QUESTIONS = [
    [f"第{i}个问题问的是什么内容？", f"甲{i}", f"乙{i}", f"丙{i}", f"丁{i}", "ABCD"[i % 4]]
    for i in range(8)
]


def ready(data, name="bank.xlsx"):
    reading = read(data, name)
    assert reading.counts["ready"] == reading.counts["found"], reading.all_problems()
    return reading.drafts


def test_the_header_may_stand_under_titles():
    titles = [["2026年安全知识题库"], ["说明：", "每题 2 分"], [], ["单位", "某矿"], [], []]
    [draft] = ready(workbook([*titles, HEADER, GOOD]))
    assert draft.where == "Sheet1!A8"


@pytest.mark.parametrize(
    "header",
    [
        ["类型", "试题内容", "选项 A", "选项 B", "选项 C", "选项 D", "标准答案", "解析", "分数"],
        ["*题型", "题干（必填）", "选项1", "选项2", "选项3", "选项4", "正确答案(必填)", "", "分值"],
        ["type", "Question", "Option A", "Option B", "Option C", "Option D", "Answer", "", "Score"],
        ["题目类型", "问题", "选项一", "选项二", "选项三", "选项四", "参考答案", "解析", "分值"],
        ["题型", "试题", "选项（A）", "选项（B）", "选项（C）", "选项（D）", "答 案", "", "分值"],
        ["题型", "题目", "A选项", "B选项", "C选项", "D选项", "正确选项", "解析", "每题分值"],
        ["题型", "题目", "答案A", "答案B", "答案C", "答案D", "正确答案", "解析", "分值"],
        ["题型", "考题正文", "A", "B", "C", "D", "答案", "解析", "分值"],
    ],
)  # fmt: skip
def test_columns_are_known_by_many_names(header):
    [draft] = ready(workbook([header, GOOD]))
    assert (draft.type, draft.answer, draft.marks) == ("single_choice", [1], 2)
    assert draft.options == ("1", "2", "3", "4")


@pytest.mark.parametrize(
    "cell",
    [
        "A. 甲|B. 乙|C. 丙", "A.甲 B.乙 C.丙", "A、甲\nB、乙\nC、丙", "A.甲B.乙C.丙",
        "甲|乙|丙", "甲\n乙\n丙",

        "甲；乙；丙", "A．甲；B．乙；C．丙；", "(A)甲 (B)乙 (C)丙",
        "Ａ：甲　Ｂ：乙　Ｃ：丙", "甲;乙;丙",
    ],
)  # fmt: skip
def test_options_may_share_a_cell(cell):
    [draft] = ready(workbook([["题目", "选项", "答案"], ["选哪个？", cell, "C"]]))
    assert (draft.options, draft.answer) == (("甲", "乙", "丙"), [2])


@pytest.mark.parametrize("cell", ["甲 乙 丙", "A.甲 C.丙", "甲", "甲||丙", "B.甲 A.丙"])
def test_options_that_cannot_be_told_apart_are_a_draft(cell):
    [draft] = read(workbook([["题目", "选项", "答案"], ["选哪个？", cell, "A"]]), "x").drafts
    assert draft.status == "draft"
    assert "options_not_split" in codes(draft)


def test_options_may_follow_in_the_cell_of_the_question():
    [draft] = ready(workbook([["题目", "答案"], ["选哪个？\nA. 甲\nB. 乙\nC. 丙", "B"]]))
    assert (draft.stem, draft.options, draft.answer) == ("选哪个？", ("甲", "乙", "丙"), [1])


def test_a_sheet_for_kahoot_is_found():
    header = ["", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2",
              "Time limit (sec)", "Correct answer(s) - choose at least one"]  # fmt: skip
    rows = [[], ["Kahoot quiz"], header, [1, "1+1?", "2", "3", 20, "A"], [2, "?", "a", "b", 5, "1"]]
    first, second = read(workbook(rows), "x").drafts
    assert (first.status, first.answer, second.status) == ("ready", [0], "draft")


def test_every_sheet_has_its_own_header_or_shares_the_first():
    other = ["答案", "题目", "A", "B", "C", "D"]
    data = workbook(
        [ABCD, *QUESTIONS[:3]],
        [other, [QUESTIONS[3][5], *QUESTIONS[3][:5]]],
        QUESTIONS[4:6],
        [["说明"], ["请按模板填写"]],
    )
    reading = read(data, "bank.xlsx")
    assert reading.counts["ready"] == 6
    assert {d.answer[0] for d in reading.drafts} == {0, 1, 2, 3}
    assert [p.code for p in reading.problems] == ["header_guessed", "sheet_without_table"]


def test_sheets_and_headings_may_say_the_type():
    truth = [["题目", "答案"], ["地球是圆的。", "1"], ["太阳绕着地球转。", "0"]]
    [*_, first, second] = ready(workbook(单选题=[ABCD, *QUESTIONS[:2]], 判断题=truth))
    assert (first.type, first.answer, second.answer) == ("true_false", [True], [False])
    several = [
        ABCD,
        ["一、单选题（每题2分）"],
        QUESTIONS[0],
        ["二、多选题"],
        [*QUESTIONS[1][:5], "AB"],
    ]
    assert [d.type for d in ready(workbook(several))] == ["single_choice", "multiple_choice"]


def test_a_table_without_header_is_read_on_strong_evidence():
    reading = read(workbook([[i, *question] for i, question in enumerate(QUESTIONS, 1)]), "x")
    assert reading.counts["ready"] == 8
    assert [d.answer for d in reading.drafts] == [[i % 4] for i in range(8)]
    assert [p.code for p in reading.problems] == ["header_guessed"]


@pytest.mark.parametrize(
    "rows",
    [
        QUESTIONS[:2],
        [[*question[:5], "见书"] for question in QUESTIONS],
        [[f"人{i}", "男", "采煤", "早班", "井下", "C"] for i in range(8)],
    ],
)
def test_a_table_without_header_is_left_alone_without_evidence(rows):
    reading = read(workbook(rows), "x")
    assert reading.counts["ready"] == 0


def test_one_row_per_option_is_put_together():
    header = ["题目序号", "题目类型", "题目内容", "是否正确项", "选项内容"]
    rows = [
        [1, 1, "一加一？", 0, "1"], [1, "", "", 1, "2"], [2, 2, "偶数？", "是", "2"],
        [2, "", "", "否", "3"], [2, "", "", "是", "4"], [3, 3, "地球是圆的。", 1, "正确"],
        [3, "", "", 0, "错误"], [4, 2, "多选却只标一个？", 1, "x"], [4, "", "", 0, "y"],
    ]  # fmt: skip
    drafts = read(workbook([["试题"], header, *rows]), "x").drafts
    assert [(d.type, d.answer) for d in drafts] == [
        ("single_choice", [1]),
        ("multiple_choice", [0, 2]),
        ("true_false", [True]),
        ("multiple_choice", None),
    ]
    assert [d.status for d in drafts] == ["ready"] * 3 + ["draft"]


def test_codes_of_types_count_from_0_where_the_rows_say_so():
    many = {"答案": "AB", "题干": "二？"}
    rows = [row(题型=0), row(题型=1, **many), row(题型=0, 题干="三？")]
    drafts = read(workbook([HEADER, *rows]), "x").drafts
    assert [d.type for d in drafts] == ["single_choice", "multiple_choice", "single_choice"]
    contradictory = [row(题型=1), row(题型=1, **many), row(题型=3, 题干="三？")]
    drafts = read(workbook([HEADER, *contradictory]), "x").drafts
    assert {d.status for d in drafts} == {"draft"}


def test_tags_difficulty_and_source_come_along():
    header = [*ABCD, "章节", "知识点", "难度", "出处"]
    [draft] = ready(
        workbook([header, [*QUESTIONS[0], "一、通风、瓦斯", "瓦斯；通风", "难", "第三条"]])
    )
    assert draft.tags == ("一、通风、瓦斯", "瓦斯", "通风")
    assert (draft.difficulty, draft.source) == (0.8, "第三条")


def test_a_picture_in_the_row_makes_a_draft():
    [draft] = read(workbook([[*ABCD, "题目图片"], [*QUESTIONS[0], "a.png"]]), "x").drafts
    assert (draft.status, codes(draft)) == ("draft", {"picture_missing"})
