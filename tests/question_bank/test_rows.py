"""Rows of a sheet: what is ready, what stays a draft and why."""

from datetime import date

import pytest

from tests.question_bank.sheets import Formula, Padded, Percent, codes, drafts, one, row


def test_a_good_row_is_ready_with_everything_in_it():
    draft = one()
    assert (draft.status, draft.where, draft.problems) == ("ready", "Sheet1!A2", ())
    assert (draft.type, draft.answer, draft.options) == ("single_choice", [1], ("1", "2", "3", "4"))
    assert (draft.explanation, draft.marks) == ("数一数。", 2)


@pytest.mark.parametrize(
    ("answer", "indexes"),
    [
        ("B", [1]), (" b ", [1]), ("Ｂ", [1]), ("B\n", [1]), ("B.", [1]), ("（B）", [1]),
        ("答案：B", [1]), ("选B", [1]), ("【B】", [1]), ("В", [1]), (2, [1]), ("B、2", [1]),
        ("B 2", [1]),
    ],
)  # fmt: skip
def test_a_single_answer_is_read_in_any_dress(answer, indexes):
    draft = one(答案=answer)
    assert (draft.status, draft.answer) == ("ready", indexes)


@pytest.mark.parametrize(
    "answer",
    ["AC", "CA", "A|C", "A,C", "A，C", "A、C", "a;c", "Ａ Ｃ", "A\nC", "A和C", "1|3", "1、3"],
)
def test_several_answers_are_read_with_any_separator(answer):
    draft = one(题型="多选题", 答案=answer)
    assert (draft.status, draft.type, draft.answer) == ("ready", "multiple_choice", [0, 2])


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        ("√", True), ("对", True), ("正确", True), ("T", True), ("true", True), (1, True),
        (True, True), ("Y", True), ("是", True), ("×", False), ("错", False), ("错误", False),
        ("F", False), ("FALSE", False), ("0", False), ("X", False), ("否", False), ("x", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("options", [(), ("正确", "错误"), ("对", "错")])
def test_true_or_false_is_read_in_any_word(answer, truth, options):
    given = dict(zip(["选项A", "选项B"], [*options, "", ""][:2], strict=True))
    draft = one(题型="判断题", 选项C="", 选项D="", 答案=answer, **given)
    assert (draft.status, draft.type, draft.answer) == ("ready", "true_false", [truth])
    assert draft.options == ()


@pytest.mark.parametrize(("letter", "truth"), [("A", False), ("B", True)])
def test_letters_mean_the_words_of_true_false_options(letter, truth):
    draft = one(题型="判断题", 选项A="错误", 选项B="正确", 选项C="", 选项D="", 答案=letter)
    assert (draft.status, draft.answer) == ("ready", [truth])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"答案": "E"}, "answer_not_an_option"),
        ({"答案": ""}, "answer_missing"),
        ({"答案": "AB"}, "single_with_many"),
        ({"答案": "BB"}, "answer_repeats"),
        ({"答案": "见课本"}, "answer_not_understood"),
        ({"答案": "A-C"}, "answer_not_understood"),
        ({"答案": "B、3"}, "answer_letter_and_text_differ"),
        ({"答案": "C", "选项A": "C"}, "answer_ambiguous"),
        ({"答案": 9}, "answer_not_understood"),
        ({"答案": "2", "选项A": "2", "选项B": "1"}, "answer_ambiguous"),
        ({"答案": "B\n或者C也算对"}, "answer_has_more_text"),
        ({"题型": "多选题"}, "multiple_with_one"),
        ({"题型": "脑筋急转弯"}, "type_unknown"),
        ({"题型": "填空题"}, "type_not_supported"),
        ({"题型": "简答题"}, "type_not_supported"),
        ({"题型": "排序题"}, "type_not_supported"),
        ({"题型": "判断题"}, "answer_not_understood"),
        ({"题型": "判断题", "选项A": "", "选项B": "", "选项C": "", "选项D": ""},
         "truth_letter_without_options"),
        ({"题型": "", "选项A": "", "选项B": "", "选项C": "", "选项D": "", "答案": "1"},
         "type_unclear"),
        ({"题型": "", "题干": "哪些是偶数？（多选）"}, "multiple_with_one"),
        ({"选项C": "1"}, "options_identical"),
        ({"选项C": " １ "}, "options_identical"),
        ({"选项C": ""}, "option_empty"),
        ({"选项B": "", "选项C": "", "选项D": "", "答案": "A"}, "too_few_options"),
        ({"选项C": "元代 D.清代", "选项D": ""}, "option_holds_another"),
        ({"选项A": "B.1", "选项B": "C.2", "选项C": "D.3", "选项D": "E.4"},
         "option_letter_mismatch"),
        ({"题干": "长" * 10_001}, "text_too_long"),
        ({"题干": "一加一等于（ C ）。"}, "answer_in_stem_differs"),
        ({"分值": -5}, "marks_out_of_range"),
        ({"分值": 1e9}, "marks_out_of_range"),
        ({"分值": "=A1"}, "marks_out_of_range"),
        ({"分值": "1.55"}, "marks_out_of_range"),
        ({"选项B": date(2026, 1, 2)}, "cell_is_date"),
        ({"答案": Formula("=G1")}, "cell_formula_without_value"),
        ({"题干": '=DISPIMG("ID_1",1)'}, "picture_missing"),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_a_draft_with_its_reason(changes, code):
    draft = one(**changes)
    assert draft.status == "draft"
    assert code in codes(draft)
    [problem] = [p for p in draft.problems if p.code == code]
    assert problem.where.startswith("Sheet1!") and problem.where.endswith("2")


def test_a_problem_names_its_cell():
    [problem] = one(答案="E").problems
    assert (problem.where, problem.found) == ("Sheet1!G2", "E")
    assert "A–D" in problem.message()


@pytest.mark.parametrize(("marks", "value"), [("１０", 10), ("2分", 2), (1.5, 1.5), ("", 1)])
def test_marks_are_read_in_any_digits(marks, value):
    draft = one(分值=marks)
    assert (draft.status, float(draft.marks)) == ("ready", value)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"题干": "一加一\u200b等于\x00几\u202e？"}, "invisible_removed"),
        ({"题干": "一加一等于（ B ）。"}, "answer_in_stem_blanked"),
        ({"解析": "<script>alert(1)</script>"}, "markup_kept_as_text"),
        ({"答案": "В"}, "lookalike_answer"),
        ({"答案": "B\n已完成"}, "answer_text_moved"),
        ({"选项B": Percent(0.05)}, "number_shown_differently"),
        ({"选项B": Padded(7)}, "number_shown_differently"),
    ],
)
def test_a_warning_leaves_the_question_ready(changes, code):
    draft = one(**changes)
    assert draft.status == "ready"
    assert codes(draft) == {code}


def test_cells_read_as_excel_shows_them():
    draft = one(选项A=Percent(0.05), 选项B=Padded(7), 选项C=1994.0, 选项D=0.1)
    assert draft.options == ("5%", "007", "1994", "0.1")
    assert one(题干="一加一\u200b等于\x00几？").stem == "一加一等于几？"
    assert one(题干="一加一等于（ B ）。").stem == "一加一等于（\u3000）。"


@pytest.mark.parametrize(
    "stem", ["噪声限值是85dB(B)？", "材料的延伸率（B）是指？", "维生素(C)是？"]
)
def test_units_and_symbols_in_brackets_are_no_answers(stem):
    draft = one(题干=stem)
    assert (draft.status, draft.stem, draft.problems) == ("ready", stem, ())


def test_answers_in_brackets_are_blanked_where_the_whole_table_has_them():
    rows = [row(题干=f"第{i}题的答案是（{a}）。", 答案=a) for i, a in enumerate("ABCD")]
    found = drafts(*rows, row(题干="噪声限值是85dB(A)吗（）", 答案="A"))
    assert [d.stem[-4:] for d in found[:4]] == ["是（\u3000）。"[-4:]] * 4
    assert found[4].stem == "噪声限值是85dB(A)吗（）"
    assert all(d.status == "ready" for d in found)


def test_an_explanation_under_the_answer_becomes_the_explanation():
    draft = one(答案="B\n答案解析：\n一加一得二。", 解析="")
    assert (draft.status, draft.answer, draft.explanation) == ("ready", [1], "一加一得二。")


def test_letters_before_options_go_where_all_have_them():
    lettered = {f"选项{c}": f"{c}. {i}" for i, c in enumerate("ABCD", 1)}
    assert one(**lettered).options == ("1", "2", "3", "4")
    assert one(选项A="A.I.技术").options[0] == "A.I.技术"
    pairs = {"选项A": "A、B", "选项B": "B、C", "选项C": "C、D", "选项D": "D、A"}
    assert one(**pairs).options == ("A、B", "B、C", "C、D", "D、A")


def test_a_row_without_text_is_rejected_and_an_unfilled_one_is_no_row():
    found = drafts(row(题干=""), ["单选题"], ["", ""], row(题干="   "))
    assert [(d.status, d.where) for d in found] == [
        ("rejected", "Sheet1!A2"),
        ("rejected", "Sheet1!A5"),
    ]
    assert codes(found[0]) == {"stem_missing"}


def test_the_same_question_again_is_a_duplicate():
    again = row(题干="一加一 等于几?", 选项A="2", 选项B="1", 答案="A")
    found = drafts(row(), again, row(题干="二加二等于几？", 答案="D"))
    assert [d.status for d in found] == ["ready", "duplicate", "ready"]
    assert "Sheet1!A2" in found[1].problems[0].message()


def test_twins_with_different_answers_are_both_in_doubt():
    found = drafts(row(), row(答案="C"))
    assert [(d.status, d.answer) for d in found] == [("draft", None)] * 2
    assert codes(found[0]) == codes(found[1]) == {"duplicate_other_answer"}


def test_an_indefinite_choice_may_have_one_answer():
    draft = one(题型="不定项选择题")
    assert (draft.status, draft.type, draft.answer) == ("ready", "multiple_choice", [1])
