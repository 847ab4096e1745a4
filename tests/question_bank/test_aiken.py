"""Aiken: single choices, an option a line, the answer's letter below."""

from dataclasses import replace

import pytest
from hypothesis import given

from question_bank.formats import losses, read
from tests.question_bank.exchange import by_name, codes, damaged, outcome, questions
from tests.question_bank.kinds import SAMPLES

FORMAT = by_name("aiken")
GOOD = "瓦斯的主要成分是？\nA) 氧气\nB) 甲烷\nANSWER: B\n"


def aiken(text):
    return read(text.encode(), "x.txt", "aiken").drafts


@given(questions(["single_choice"]))
def test_what_can_be_carried_comes_back(question):
    question = replace(question, marks=1, difficulty=None, source="", tags=(), explanation="")
    said = [problem.code for problem in losses("aiken", [question])]
    file = FORMAT.write([question], {})
    assert (file == b"") == ("cannot_carry_type" in said)
    if not file:
        return
    (draft,) = read(file, "x.txt", "aiken").drafts
    if not said:
        assert (draft.status, codes(draft), draft.question()) == ("ready", [], question)
    elif draft.status == "ready":
        assert draft.answer == question.answer


@pytest.mark.parametrize("key", sorted(SAMPLES.keys() - {"single_choice"}))
def test_other_types_are_left_out(key):
    assert [p.code for p in losses("aiken", [SAMPLES[key]])] == ["cannot_carry_type"]


def test_losses_name_their_fields():
    question = replace(SAMPLES["single_choice"], tags=("x",), explanation="y", stem="a\nb\n\nc")
    said = [(p.where, p.params["en"]) for p in losses("aiken", [question])]
    assert said == [("1 marks", "the marks"), ("1 tags", "the tags"), ("1 stem", "line ends"),
                    ("1 explanation", "the explanation")]  # fmt: skip


def test_questions_are_read_and_located():
    first, second = aiken(f"{GOOD}\nSecond\nline?\nA. 1\nB. 2\nC. 3\nANSWER: C")
    assert (first.where, first.status, first.options) == ("line 1", "ready", ("氧气", "甲烷"))
    assert (first.answer, first.type) == ([1], "single_choice")
    assert (second.where, second.stem, second.answer) == ("line 6", "Second\nline?", [2])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q\nA) 1\nB) 2\n", "answer_missing"),
        ("Q\nA) 1\nB) 2\nANSWER:", "answer_missing"),
        ("Q\nA) 1\nB) 2\nANSWER: C", "answer_not_an_option"),
        ("Q\nA) 1\nB) 2\nANSWER: A, B", "answer_not_an_option"),
        ("Q\nA) 1\nA) 2\nANSWER: A", "option_letter_mismatch"),
        ("Q\nA) 1\nC) 2\nANSWER: A", "option_letter_mismatch"),
        ("Q\nA) 1\nmore\nB) 2\nANSWER: A", "aiken_stray_line"),
        ("Q\nA) 1\nB)\nANSWER: A", "option_empty"),
        ("Q\nA) 1\nB) 1\nANSWER: A", "options_identical"),
        ("Q\nANSWER: A", "too_few_options"),
    ],
)
def test_what_is_not_certain_is_a_draft_and_the_rest_goes_on(text, code):
    first, last = aiken(f"\n{text}\n\n{GOOD}")
    assert (first.where, first.status, first.answer) == ("line 2", "draft", None)
    assert code in codes(first)
    assert (last.status, last.answer) == ("ready", [1])


def test_an_answer_without_a_question_is_rejected():
    _, draft = aiken(f"{GOOD}\nANSWER: A")
    assert (draft.status, codes(draft)) == ("rejected", ["answer_not_an_option", "stem_missing"])


def test_feedback_is_left_out_and_said():
    first, second = aiken(f"{GOOD}FEEDBACK: why\n\nQ\nA) 1\nB) 2\nANSWER: A")
    assert (first.status, codes(first)) == ("ready", ["not_carried_over"])
    assert second.stem == "Q"


def test_texts_are_plain():
    text = "3 * 4 <b>5</b> *x*\nA) # 1\nB) 2_3\nANSWER: A\n"
    (draft,) = aiken(text)
    assert draft.stem == "3 * 4 \\<b>5\\</b> \\*x\\*"
    assert draft.options == ("\\# 1", "2_3")
    assert FORMAT.write([draft.question()], {}).decode() == text
    said = losses("aiken", [replace(draft.question(), stem="**b**")])
    assert [p.params["en"] for p in said] == ["the layout"]


def test_the_content_says_that_it_is_aiken():
    assert read(GOOD.encode(), "x").format == "aiken"
    assert not FORMAT.sniff("问？\nA. 1\nB. 2\n答案：A".encode(), "x.txt")


def test_damage_at_any_place_never_surprises():
    for broken in damaged((GOOD * 3).encode(), turns=100):
        outcome(broken, "aiken")
        outcome(broken, None)
