"""Question types: what they refuse, how they clean an answer, how they mark it."""

import pytest

from question_bank.grading import grade_paper
from question_bank.question import Question
from question_bank.types import OFFERED, TYPES, by_key, is_offered
from question_bank.types.base import RULES, BadValue, UnknownType

SINGLE = Question("single_choice", "1+1=?", ("1", "2", "3"), [1], marks=2)
MULTIPLE = Question("multiple_choice", "偶数？", ("2", "3", "4", "5"), [0, 2], marks=3)
TRUE = Question("true_false", "地球是圆的。", (), [True])


@pytest.mark.parametrize("question", [SINGLE, MULTIPLE, TRUE])
def test_a_good_question_has_no_problem_and_its_answer_earns_all(question):
    kind = by_key(question.type)
    assert kind.problems(question) == []
    mark = kind.grade(question, kind.right_answer(question))
    assert (mark.awarded, mark.right) == (mark.possible, True)
    assert mark.possible == question.marks * 10


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"stem": " "}, {"stem_missing"}),
        ({"stem": "长" * 10_001}, {"text_too_long"}),
        ({"options": ("1",)}, {"too_few_options", "answer_not_an_option"}),
        ({"options": tuple(map(str, range(50)))}, {"too_many_options"}),
        ({"options": ("1", "1 ", "3")}, {"options_identical"}),
        ({"options": ("1", "", "3")}, {"option_empty"}),
        ({"answer": []}, {"answer_missing"}),
        ({"answer": [0, 1]}, {"single_with_many"}),
        ({"answer": [9]}, {"answer_not_an_option"}),
        ({"answer": [True]}, {"answer_not_an_option"}),
        ({"marks": 0}, {"marks_out_of_range"}),
        ({"marks": 101, "difficulty": 3.0}, {"marks_out_of_range", "difficulty_out_of_range"}),
    ],
)
def test_every_problem_is_named_at_once(changes, codes):
    question = Question.from_json({**SINGLE.to_json(), **changes})
    assert {p.code for p in by_key("single_choice").problems(question)} == codes


@pytest.mark.parametrize("answer", [None, [], ["true"], [True, False], [1]])
def test_true_false_wants_one_truth_value(answer):
    assert by_key("true_false").problems(Question("true_false", "x", (), answer))


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (SINGLE, [1], [1]), (SINGLE, None, None), (SINGLE, [], None), (MULTIPLE, [2, 0], [0, 2]),
        (TRUE, False, False), (TRUE, [True], True), (TRUE, None, None),
    ],
)  # fmt: skip
def test_an_answer_is_cleaned(question, raw, value):
    assert by_key(question.type).clean(question, raw) == value


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        (SINGLE, [0, 1]), (SINGLE, [3]), (SINGLE, [-1]), (SINGLE, ["1"]), (SINGLE, [True]),
        (SINGLE, "1"), (SINGLE, {}), (MULTIPLE, [0, 0]), (MULTIPLE, [1.0]), (TRUE, 1),
        (TRUE, "true"), (TRUE, [True, True]),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_and_earns_nothing(question, raw):
    kind = by_key(question.type)
    with pytest.raises(BadValue):
        kind.clean(question, raw)
    assert kind.grade(question, raw).awarded == 0


@pytest.mark.parametrize(
    ("value", "tenths"),
    [
        ([0, 2], [30, 30, 30, 30]), ([0], [0, 15, 23, 15]), ([0, 1], [0, 0, 15, 0]),
        ([0, 1, 2], [0, 0, 23, 15]), ([1], [0, 0, 8, 0]), ([1, 3], [0, 0, 0, 0]),
        ([0, 1, 2, 3], [0, 0, 15, 0]), (None, [0, 0, 0, 0]),
    ],
)  # fmt: skip
def test_multiple_choice_is_marked_by_an_explicit_rule(value, tenths):
    kind = by_key("multiple_choice")
    assert [kind.grade(MULTIPLE, value, rule).awarded for rule in RULES] == tenths


def test_where_all_options_are_right_a_part_of_them_earns_its_part():
    question = Question("multiple_choice", "？", ("1", "2", "3"), [0, 1, 2], marks=3)
    kind = by_key("multiple_choice")
    assert [kind.grade(question, [0, 1], rule).awarded for rule in RULES] == [0, 15, 20, 20]


def test_an_attempt_knows_options_by_ids():
    kind, ids = by_key("multiple_choice"), ("p", "q", "r", "s")
    assert kind.hidden(MULTIPLE) == 4
    assert kind.shown(MULTIPLE, [0, 2], ids) == ["p", "r"]
    assert kind.indexed(MULTIPLE, ["r", "p"], ids) == [0, 2]
    assert kind.indexed(MULTIPLE, [], ids) is kind.shown(MULTIPLE, None, ids) is None
    for shown in (["x"], [0], ["p", "p"], [["p"]], "p", {"p": "q"}):
        with pytest.raises(BadValue):
            kind.indexed(MULTIPLE, shown, ids)


def test_a_paper_adds_up_in_tenths_and_slots_start_at_1():
    mark = grade_paper([(SINGLE, 2), (MULTIPLE, 1), (TRUE, 5)], {1: [1], 2: [0]}, RULES[1])
    assert (mark.slots, mark.total, mark.possible) == ((20, 5, 0), 25, 80)
    with pytest.raises(ValueError, match="rule"):
        grade_paper([(SINGLE, 2)], {}, "generous")


def test_types_are_found_by_key():
    assert [by_key(kind.key) for kind in TYPES] == list(TYPES)
    with pytest.raises(UnknownType):
        by_key("essay")


def test_what_pages_can_ask_is_said_apart_from_what_can_be_marked():
    assert {kind.key for kind in TYPES} >= set(OFFERED)
    assert is_offered("true_false") and not is_offered("essay") and not is_offered(None)
