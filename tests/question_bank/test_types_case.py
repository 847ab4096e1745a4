"""Cases and cards."""

from decimal import Decimal

import pytest

from question_bank.question import Question
from question_bank.types import PART_TYPES, by_key
from question_bank.types.base import BadValue
from tests.question_bank.kinds import SAMPLES, changed, clean, codes, tenths

CASE, CARD = SAMPLES["case"], SAMPLES["card"]
KIND = by_key("case")
PARTS = CASE.details["parts"]


def test_parts_weigh_by_their_marks():
    value = {"1": [0, 1], "2": [0, 0], "3": "1%"}
    mark = KIND.grade(CASE, value)
    assert (mark.awarded, mark.possible, mark.pending) == (40, 100, False)
    assert KIND.grade(CASE, value, marks=5).awarded == 20
    assert tenths(CASE, {"1": [0]}, "part_when_too_few") == 10


def test_halves_of_tenths_are_rounded_up_exactly():
    marks = [{"type": "true_false", "stem": str(n), "answer": [True], "marks": 1} for n in range(6)]
    question = changed("case", details={"parts": marks})
    # 5/6 of 3 tenths are 2½ tenths.
    value = {str(n): True for n in range(1, 6)}
    assert KIND.grade(question, value, marks=Decimal("0.3")).awarded == 3


def test_a_case_waits_for_a_person_when_such_a_part_is_answered():
    assert KIND.grade(CASE, {"1": [0, 1], "4": "培训。"}).pending
    assert not KIND.grade(CASE, {"1": [0, 1], "4": "  "}).pending
    full = KIND.grade(CASE, {**KIND.right_answer(CASE), "4": "培训。"})
    assert (full.awarded, full.right, full.pending) == (50, False, True)


def test_a_value_keeps_answered_parts_only():
    assert clean(CASE, {"1": [1, 0], "2": [None, None], "3": "", "4": None}) == {"1": [0, 1]}
    for raw in (None, {}, {"1": []}, {"2": [None, None], "4": " "}):
        assert clean(CASE, raw) is None


@pytest.mark.parametrize(
    "raw", [{"5": True}, {"0": [0]}, {"01": [0]}, {1: [0]}, {"1": "x"}, {"2": [9, 9]}, [[0]], "1"]
)
def test_a_value_fits_its_parts(raw):
    with pytest.raises(BadValue):
        clean(CASE, raw)


def test_ids_stand_part_by_part():
    ids = list("abcdefg")
    assert KIND.hidden(CASE) == 7
    value = {"1": [0, 2], "2": [1, None], "3": "1", "4": "好"}
    shown = {"1": ["a", "c"], "2": {"d": "g"}, "3": "1", "4": "好"}
    assert KIND.shown(CASE, value, ids) == shown
    assert KIND.indexed(CASE, shown, ids) == value
    for wrong in ({"1": ["d"]}, {"2": {"a": "g"}}, {"5": []}, []):
        with pytest.raises(BadValue):
            KIND.indexed(CASE, wrong, ids)


def test_pictures_of_all_parts_are_named_once():
    parts = [SAMPLES["hotspot"].to_json()] * 2
    assert KIND.pictures(changed("case", details={"parts": parts})) == ("roadway.png",)


def test_every_type_but_case_and_card_may_be_a_part():
    parts = [SAMPLES[kind.key].to_json() for kind in PART_TYPES]
    question = changed("case", details={"parts": parts})
    assert codes(question) == set()
    right = KIND.right_answer(question)
    assert clean(question, right) == right


@pytest.mark.parametrize(
    ("parts", "where", "code"),
    [
        ([], "details.parts", "parts_missing"), ("x", "details.parts", "parts_missing"),
        ([PARTS[0]] * 21, "details.parts", "list_too_long"),
        ([PARTS[0], CASE.to_json()], "details.parts.1.type", "part_type_wrong"),
        ([CARD.to_json()], "details.parts.0.type", "part_type_wrong"),
        ([{**PARTS[0], "type": "essay"}], "details.parts.0.type", "part_type_wrong"),
        (["x"], "details.parts.0", "part_wrong"),
        ([{"stem": "x"}], "details.parts.0", "part_wrong"),
        ([{**PARTS[0], "marks": "many"}], "details.parts.0", "part_wrong"),
        ([{**PARTS[0], "options": [1, 2]}], "details.parts.0", "part_wrong"),
        ([{**PARTS[0], "answer": [7]}], "details.parts.0.answer", "answer_not_an_option"),
        ([{**PARTS[0], "marks": 0}], "details.parts.0.marks", "marks_out_of_range"),
    ],
)  # fmt: skip
def test_cases_that_cannot_be_asked_are_named(parts, where, code):
    [problem] = KIND.problems(changed("case", details={"parts": parts}))
    assert (problem.where, problem.code) == (where, code)


def test_a_card_is_graded_by_oneself_and_earns_nothing():
    kind = by_key("card")
    assert not kind.is_scored
    for word in ("again", "hard", "good", "easy"):
        mark = kind.grade(CARD, word)
        assert (mark.awarded, mark.possible, mark.right, mark.pending) == (0, 10, False, False)
    for raw in ("great", 1, ["good"], True):
        with pytest.raises(BadValue):
            clean(CARD, raw)


@pytest.mark.parametrize("back", ["", " ", None, 5])
def test_a_card_has_a_back(back):
    assert codes(Question("card", "正面", (), [], details={"back": back})) == {"card_without_back"}
