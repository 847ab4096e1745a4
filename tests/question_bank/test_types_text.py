"""Fill in the blanks, numbers and short answers: what people type and what it is worth."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import BadValue
from tests.question_bank.kinds import SAMPLES, changed, clean, codes, tenths

BLANKS, NUMBER, SHORT = SAMPLES["fill_blank"], SAMPLES["numeric"], SAMPLES["short_answer"]


def blank(*accepted, **details):
    return Question("fill_blank", "？", (), [list(accepted)], details=details)


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("1.0", "１．０"), ("CH4", "ch４"), ("CH4", "ＣＨ₄"), ("敲帮 问顶", "敲帮问顶"),
        ("以风定产，先抽后采", "以风定产,先抽后采"), ("（一）", "(一)"),
        ("“一通三防”", '"一通三防"'),
        ("停电。", "停电."), ("Power off", "power   OFF"), ("1—2", "1-2"), ("m³", "m3"),
        ("瓦斯", "瓦\u200b斯"), ("℃", "°C"), ("10²", "10^2"), ("1½", "1 1/2"),
    ],
)  # fmt: skip
def test_a_blank_is_compared_as_people_read(accepted, typed):
    assert tenths(blank(accepted), [typed]) == 10
    assert tenths(blank(typed), [accepted]) == 10


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [("10²", "102"), ("1½", "11/2"), ("瓦斯", "瓦期"), ("ab", "a b"), ("1", ""), ("1.5", "15")],
)
def test_what_reads_otherwise_is_wrong(accepted, typed):
    assert tenths(blank(accepted), [typed]) == 0


def test_case_counts_where_the_author_says_so():
    assert tenths(blank("MPa"), ["mpa"]) == 10
    assert tenths(blank("MPa", case_sensitive=True), ["mpa"]) == 0
    assert tenths(blank("MPa", case_sensitive=True), ["ＭＰａ"]) == 10


def test_each_blank_earns_its_part():
    assert [tenths(BLANKS, v) for v in (["甲烷", "1"], ["甲烷", ""], ["1", "甲烷"])] == [20, 10, 0]
    assert clean(BLANKS, [" 瓦斯 ", ""]) == ["瓦斯", ""]
    assert clean(BLANKS, ["", "  "]) is clean(BLANKS, []) is clean(BLANKS, None) is None


def test_in_any_order_the_best_assignment_counts_and_no_set_twice():
    question = Question(
        "fill_blank", "？", (), [["a", "b"], ["a"], ["c"]], marks=3, details={"any_order": True}
    )
    # a must leave the first set to b.
    assert tenths(question, ["a", "b", "c"]) == tenths(question, ["c", "a", "b"]) == 30
    assert tenths(question, ["a", "a", "a"]) == 20
    assert tenths(question, ["b", "b", "b"]) == tenths(question, ["", "", "c"]) == 10


@given(
    sets=st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3), min_size=1, max_size=4)
)
def test_the_best_assignment_is_the_best_of_all(sets):
    question = Question("fill_blank", "？", (), sets, marks=len(sets), details={"any_order": True})
    given_texts = [chr(ord("a") + i) for i in range(len(sets))]
    best = max(
        sum(text in accepted for text, accepted in zip(given_texts, order, strict=True))
        for order in permutations(sets)
    )
    assert tenths(question, given_texts) == best * 10


@pytest.mark.parametrize("raw", [["a"], ["a", "b", "c"], "ab", [1, 2], {"0": "a"}, ["a", None],
                                 ["长" * 201, ""], ["a\0", "b"], ["\ud800", "b"]])  # fmt: skip
def test_blanks_want_a_text_each(raw):
    with pytest.raises(BadValue):
        clean(BLANKS, raw)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": []}, "answer_missing"), ({"answer": ["瓦斯", "1"]}, "answer_missing"),
        ({"answer": [["瓦斯"]]}, "blanks_differ"),
        ({"answer": [["a"], []]}, "blank_without_answer"),
        ({"answer": [["a"], [" "]]}, "blank_without_answer"),
        ({"stem": "x", "answer": [["a"]] * 21}, "list_too_long"),
        ({"details": {"any_order": "yes"}}, "detail_wrong"),
    ],
)  # fmt: skip
def test_blanks_that_cannot_be_asked_are_named(changes, code):
    assert codes(changed("fill_blank", **changes)) == {code}


def test_a_stem_without_any_blank_may_ask_for_several():
    assert codes(changed("fill_blank", stem="写出两种有害气体。")) == set()
    assert codes(changed("fill_blank", stem="__和__")) == set()


@pytest.mark.parametrize(
    "typed",
    [
        "3.5", "３．５", " 3.5 ", "+3.5", "3.50", "3.5m/s", "3.5 m/s", "3.5ｍ／ｓ", "7/2", "3 1/2",
        "3½", "35e-1", "0.35×10^1", "0.35×10¹", "0.35x10^(1)", "35×10⁻¹", "3.4", "3.6", "3。5",
        "3.5。", "3.45",
    ],
)  # fmt: skip
def test_a_number_is_read_in_any_dress(typed):
    assert tenths(NUMBER, clean(NUMBER, typed)) == 20


@pytest.mark.parametrize(
    "typed",
    [
        "3,5", "3.39", "3.61", "-3.5", "3.5 km/h", "3.5 M/S", "m/s", "3.5.1", "1/0", "三点五",
        "3.5 3.5", "1e999999999", "nan", "inf", "--3.5", "3..5", "0x3", "m/s 3.5", "3.5^2",
    ],
)  # fmt: skip
def test_what_is_no_such_number_earns_nothing_and_breaks_nothing(typed):
    assert tenths(NUMBER, typed) == 0


def number(value, tolerance="0", **details):
    answer = [{"value": value, "tolerance": tolerance}]
    return Question("numeric", "？", (), answer, details=details)


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("1234567", "1,234,567"), ("1234.5", "1，234.5"), ("1000", "10³"), ("1000", "10^3"),
        ("-1000", "−10^3"), ("-2", "－２"), ("0.5", ".5"), ("5", "5."), ("0", "-0"),
        ("3500", "3.5E3"), ("1234567", "1 234 567"),
    ],
)  # fmt: skip
def test_signs_powers_and_thousands(value, typed):
    assert tenths(number(value), clean(number(value), typed)) == 10
    assert tenths(number("103"), clean(number("103"), "10³")) == 0


@pytest.mark.parametrize("typed", ["5 m³", "5m3", "5 m^3", "5㎥"])
def test_a_unit_is_compared_folded(typed):
    question = number("5", unit="m³", unit_required=True)
    assert tenths(question, clean(question, typed)) == 10


def test_a_unit_is_wanted_or_not():
    assert tenths(number("5", unit="MPa", unit_required=True), "5") == 0
    assert tenths(number("5", unit="MPa"), "5") == tenths(number("5", unit="%"), "5％") == 10
    assert tenths(number("5", unit="MPa"), "5 mPa") == tenths(number("5"), "5 MPa") == 0


def test_any_of_several_numbers_is_right_and_thirds_are_exact():
    both = changed("numeric", answer=[{"value": "1", "tolerance": "0"}, {"value": "1/3"}])
    assert [tenths(both, v) for v in ("1", "1/3", "2/6", "0.333")] == [20, 20, 20, 0]


def test_a_number_is_stored_as_typed():
    assert clean(NUMBER, " ３．５×10³ ｍ/ｓ ") == "3.5×10^3 m/s"
    assert clean(NUMBER, "  ") is None
    for raw in ("1" * 61, 3.5, ["3.5"], True):
        with pytest.raises(BadValue):
            clean(NUMBER, raw)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": []}, "answer_missing"), ({"answer": {"value": "1"}}, "numbers_wrong"),
        ({"answer": [{"value": 3.5}]}, "numbers_wrong"), ({"answer": ["3"]}, "numbers_wrong"),
        ({"answer": [{"value": "3m"}]}, "numbers_wrong"),
        ({"answer": [{"value": "3", "tolerance": "-1"}]}, "numbers_wrong"),
        ({"answer": [{"value": "1"}] * 11}, "numbers_wrong"),
        ({"details": {"unit": 5}}, "detail_wrong"), ({"details": {"unit": "^2"}}, "detail_wrong"),
        ({"details": {"unit": "", "unit_required": True}}, "detail_wrong"),
        ({"details": {"unit_required": 1}}, "detail_wrong"),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_asked_are_named(changes, code):
    assert codes(changed("numeric", **changes)) == {code}


def test_a_short_answer_waits_for_a_person():
    kind = by_key("short_answer")
    assert kind.by_person
    mark = kind.grade(SHORT, "发现危岩。")
    assert (mark.awarded, mark.possible, mark.right, mark.pending) == (0, 50, False, True)
    assert not kind.grade(SHORT, "  ").pending


def test_a_short_answer_is_a_text_of_limited_length():
    assert clean(SHORT, " 一\r\n二 ") == "一\n二"
    assert clean(changed("short_answer", details={"max_length": 3}), "一\r\n二") == "一\n二"
    for raw in ("长" * 501, ["x"], 5, "\0"):
        with pytest.raises(BadValue):
            clean(SHORT, raw)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": "text"}, "model_answers_wrong"), ({"answer": [""]}, "model_answers_wrong"),
        ({"details": {"max_length": 0}}, "detail_wrong"),
        ({"details": {"rubric": [{"text": "x"}]}}, "detail_wrong"),
        ({"details": {"rubric": [{"text": "x", "tenths": 45}]}}, "rubric_adds_up_wrong"),
    ],
)  # fmt: skip
def test_short_answers_that_cannot_be_asked_are_named(changes, code):
    assert codes(changed("short_answer", **changes)) == {code}


def test_a_short_answer_needs_neither_model_nor_rubric():
    assert codes(Question("short_answer", "谈谈体会。", (), [])) == set()
