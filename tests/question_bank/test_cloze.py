"""Cloze: a text with answers in it becomes blanks or a case, or says what cannot be kept."""

import pytest

from question_bank.formats import read
from question_bank.question import Question
from tests.question_bank.exchange import by_name, codes, damaged, outcome


def one(text):
    reading = read(text.encode(), "x.txt")
    assert reading.format == "cloze"
    (draft,) = reading.drafts
    return draft


def test_gaps_that_are_typed_are_blanks():
    draft = one(
        "\nThe capital of France is {1:SHORTANSWER:=Paris~%100%paris~Lyon#No} on the {:SA:=Seine}."
    )
    assert (draft.where, draft.status, draft.type) == ("line 2", "ready", "fill_blank")
    assert draft.stem == "The capital of France is ____ on the ____."
    assert (draft.answer, draft.marks) == ([["Paris", "paris"], ["Seine"]], 2)
    assert codes(draft) == ["not_carried_over"]


def test_gaps_of_several_kinds_are_the_parts_of_a_case():
    draft = one(
        "甲烷{1:MULTICHOICE:有毒~=易燃~%0%无害}，上限{2:NUMERICAL:=1.5:0.1}，"
        "是{1:MULTIRESPONSE:=%50%a~%50%b~c}，写作{1:SAC:=CH4}。"
    )
    assert (draft.status, draft.type, draft.marks) == ("ready", "case", 5), draft.problems
    assert draft.stem == "甲烷(1) ____，上限(2) ____，是(3) ____，写作(4) ____。"
    parts = [Question.from_json(part) for part in draft.details["parts"]]
    assert [(p.type, p.options, p.answer, p.marks) for p in parts] == [
        ("single_choice", ("有毒", "易燃", "无害"), [1], 1),
        ("numeric", (), [{"value": "1.5", "tolerance": "0.1"}], 2),
        ("multiple_choice", ("a", "b", "c"), [0, 1], 1),
        ("fill_blank", (), [["CH4"]], 1),
    ]
    assert parts[3].details == {"case_sensitive": True}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a {1:SA:=b", "gift_no_end"),
        ("a {1:SA:=b} c}", "gift_no_start"),
        ("a {1:SA:=b~%50%c}", "weights_not_carried"),
        ("a {1:SA:=b*}", "gift_wildcard"),
        ("a {1:SA:=<b>b</b>}", "markup_lost"),
        ("a {1:SA:b}", "no_right_marked"),
        ("a {1:NM:=zero}", "gift_number_wrong"),
        ("a {1:NM:=5:2~%0%6}", "weights_not_carried"),
        ("a {1:MC:b~c}", "no_right_marked"),
        ("a {1:MC:=b~=c}", "weights_not_carried"),
        ("a {1:MC:=b}", "too_few_options"),
        ("a ___ {1:SA:=b}", "blanks_differ"),
    ],
)
def test_what_is_not_certain_is_a_draft(text, code):
    draft = one(text)
    assert (draft.status, draft.answer, draft.where) == ("draft", None, "line 1")
    assert code in codes(draft)
    assert draft.details == {}


def test_a_file_of_gift_stays_one():
    reading = read(b"a {1:SA:=b}\n\nQ{=c ~d}", "x.txt")
    assert (reading.format, reading.counts["ready"], reading.counts["draft"]) == ("gift", 1, 1)


def test_nothing_of_it_is_written():
    assert by_name("cloze").ending == ""


def test_damage_at_any_place_never_surprises():
    text = "a {1:SA:=b~%50%c#d}\n{2:MC:=x~y#\\}z} {1:NM:=3:1} <b>e</b>"
    for broken in damaged(text.encode(), turns=200):
        outcome(broken, None)
        outcome(broken, "cloze")
