"""GIFT: what is certain is read, what is broken is named by its line, and all of it is written."""

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given

from question_bank.formats import losses, read
from question_bank.question import Question
from tests.question_bank.exchange import by_name, codes, damaged, outcome, questions
from tests.question_bank.kinds import SAMPLES, changed
from tests.question_bank.sheets import refusal

FORMAT = by_name("gift")
CARRIED = ("single_choice", "multiple_choice", "true_false", "fill_blank", "numeric", "matching",
           "short_answer")  # fmt: skip


def gift(text):
    return read(text.encode(), "x.gift", "gift")


def one(text):
    (draft,) = gift(text).drafts
    return draft


def meant(question):
    """Return the question without what only says the usual, and what GIFT says it loses."""
    details = {k: v for k, v in question.details.items() if v not in (False, "")}
    lost = {problem.where.split(".")[0] for problem in losses("gift", [question])}
    return replace(question, answer=question.answer or [], details=details), lost


def carried(question):
    data = changed(question.type).to_json() | question.to_json() | {"source": "", "marks": 1}
    data |= {"difficulty": None}
    if question.type == "fill_blank":
        data |= {"answer": data["answer"][:1], "stem": data["stem"].replace("_", "-")}
    if question.type == "short_answer":
        data |= {"answer": [], "details": {}}
    if question.type == "numeric":
        data["details"] = {}
    return Question.from_json(data)


@given(questions(CARRIED))
def test_what_can_be_carried_comes_back(question):
    question = carried(question)
    said = [problem.code for problem in losses("gift", [question])]
    file = FORMAT.write([question], {})
    assert (file == b"") == ("cannot_carry_type" in said)
    if not file:
        return
    (draft,) = read(file, "x.gift").drafts
    wanted, _ = meant(question)
    got, _ = meant(draft.question())
    assert (draft.status, codes(draft)) == ("ready", [])
    if said == []:
        assert got == wanted
    else:
        assert got.type == wanted.type
        assert got.options == tuple(text.strip(" \t") for text in wanted.options)
    if got.type != "matching":
        assert [str(x).strip() for x in got.answer] == [str(x).strip() for x in wanted.answer] or (
            got.type == "fill_blank" and said
        )


def test_most_of_it_is_carried():
    lossless = 0
    for key in CARRIED:
        question = carried(SAMPLES[key])
        lossless += losses("gift", [question]) == []
        (draft,) = read(FORMAT.write([question], {}), "x").drafts
        assert draft.question().stem == question.stem
    assert lossless == len(CARRIED) - 1  # the right side of the sample is in another order


@pytest.mark.parametrize("key", sorted(SAMPLES.keys() - set(CARRIED)))
def test_types_that_gift_does_not_know_are_left_out(key):
    assert [p.code for p in losses("gift", [SAMPLES[key]])] == ["cannot_carry_type"]
    assert FORMAT.write([SAMPLES[key]], {}) == b""


def test_losses_name_their_fields():
    question = changed("numeric", source="s", tags=["a"], difficulty=0.5)
    said = [(p.where, p.params["en"]) for p in losses("gift", [question])]
    assert said == [("1 marks", "the marks"), ("1 difficulty", "the difficulty"),
                    ("1 source", "the source"), ("1 details", "the unit")]  # fmt: skip
    assert losses("gift", [Question("", "x", (), None)])[0].code == "cannot_carry_type"
    assert losses("gift", [Question("numeric", "x", (), None)])[0].code == "cannot_carry_type"


@pytest.mark.parametrize(
    ("text", "kind", "options", "answer"),
    [
        ("Q{=a ~b ~c}", "single_choice", ("a", "b", "c"), [0]),
        ("Q{~%50%a ~%50%b ~%-100%c}", "multiple_choice", ("a", "b", "c"), [0, 1]),
        ("Q{~%100%a ~%-50%b}", "multiple_choice", ("a", "b"), [0]),
        ("Q{~%33.333%a ~%33.333%b ~%33.333%c ~d}", "multiple_choice", tuple("abcd"), [0, 1, 2]),
        ("Q{=a ~%-25%b}", "single_choice", ("a", "b"), [0]),
        ("Q{T}", "true_false", (), [True]),
        ("Q{false#no#yes}", "true_false", (), [False]),
        ("Q{=a =b}", "fill_blank", (), [["a", "b"]]),
        ("Q{=a\\*b =%0%*#no}", "fill_blank", (), [["a*b"]]),
        ("Q{#3}", "numeric", (), [{"value": "3", "tolerance": "0"}]),
        ("Q{#-1.5:.5}", "numeric", (), [{"value": "-1.5", "tolerance": ".5"}]),
        ("Q{#-2..3}", "numeric", (), [{"value": "0.5", "tolerance": "2.5"}]),
        ("Q{#=1:0 =%100%3:1 =%0%9:1#no ~#no}", "numeric", (),
         [{"value": "1", "tolerance": "0"}, {"value": "3", "tolerance": "1"}]),
        ("Q{=a -> x =b -> y =c->x}", "matching", ("a", "b", "c"), [[0, 0], [1, 1], [2, 0]]),
        ("Q{}", "short_answer", (), []),
        ("Q{####why}", "short_answer", (), []),
    ],
)  # fmt: skip
def test_kinds(text, kind, options, answer):
    draft = one(text)
    assert (draft.status, draft.type) == ("ready", kind), draft.problems
    assert (draft.stem, draft.options, draft.answer) == ("Q", options, answer)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("Two {=2 ~3} one.", "Two ____ one."),
        ("瓦斯{=甲烷 ~氧}是。", "瓦斯____是。"),
        ("Two is {#2}.", "Two is ____."),
        ("It is so.{T}.", "It is so.."),
        ("a\\:b\\{c\\}\\~\\=\\#\\\\d\\e{T}", "a:b{c}~=#\\d\\e"),
        ("[plain]a\\nb *c*{T}", "a\nb \\*c\\*"),
        ("[markdown]a *c*{T}", "a *c*"),
        ("[html]a <b>c</b>{T}", "a **c**"),
        ("a <i>c</i>\nd{T}", "a *c*\nd"),
        ("\ufeff::t::Q{T}", "Q"),
        ("Q\n// no\nR{T}", "Q\nR"),
    ],
)
def test_stems(text, stem):
    draft = one(text)
    assert (draft.status, draft.stem) == ("ready", stem)


def test_what_stands_around_a_question():
    text = "$CATEGORY: $course$/top/瓦斯\\: 一/a//b\n\n// [tag:甲] [id:7] [tag:x\\]y]\nQ{T####why}"
    draft = one(text)
    assert draft.tags == ("瓦斯: 一/a/b", "甲", "x]y")
    assert (draft.where, draft.explanation) == ("line 4", "why")
    assert [p.params for p in draft.problems] == [{"names": "[id:7]"}]
    assert draft.problems[0].is_warning


def test_feedback_is_left_out_and_named_once():
    draft = one("::t::Q{=a#good ~b#[html]<b>bad</b>}")
    (problem,) = draft.problems
    assert (draft.status, problem.code) == ("ready", "not_carried_over")
    assert problem.params["names"] == "::t::、#good、#[html]<b>bad</b>"


def test_scripts_are_taken_out_and_named_once():
    draft = one("[html]<script>x()</script>Q{=<p onclick\\=a>y</p> ~z}")
    assert draft.options == ("y", "z")
    assert [p.params["names"] for p in draft.problems] == ["onclick、script"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q{=a ~b", "gift_no_end"),
        ("Q{=a {b}", "gift_no_end"),
        ("Q =a ~b}", "gift_no_start"),
        ("Q{=a}}", "gift_no_start"),
        ("Q{T}\nR{F}", "gift_two_answers"),
        ("Q{a b}", "gift_unmarked"),
        ("Q{a =b ~c}", "gift_unmarked"),
        ("Q{~a ~b}", "no_right_marked"),
        ("Q{=a =b ~c}", "weights_not_carried"),
        ("Q{=%50%a ~b}", "weights_not_carried"),
        ("Q{~%50%a ~%30%b ~c}", "weights_not_carried"),
        ("Q{~%60%a ~%40%b ~c}", "weights_not_carried"),
        ("Q{=a ~%50%b ~c}", "weights_not_carried"),
        ("Q{=a =%50%b}", "weights_not_carried"),
        ("Q{=%0%a}", "no_right_marked"),
        ("Q{=a*}", "gift_wildcard"),
        ("Q{=a -> x =b}", "gift_pair_wrong"),
        ("Q{=a -> x}", "list_too_short"),
        ("Q{#x}", "gift_number_wrong"),
        ("Q{#5..1}", "gift_number_wrong"),
        ("Q{#1:-1}", "gift_number_wrong"),
        ("Q{#*}", "gift_number_wrong"),
        ("Q{#}", "no_right_marked"),
        ("Q{#=1:0 =%50%1:2}", "weights_not_carried"),
        ("Q{#=5:2 =%0%6:0}", "weights_not_carried"),
        ('Q{~<a href="x">y</a> =b}', "gift_unescaped"),
        ("Q{\n~a=b\n=c\n}", "gift_unescaped"),
        ("Q{~http://x?a=b ~c =d}", "gift_unescaped"),
        ("Q{\n=2 + 2 = 4\n~5\n}", "gift_unescaped"),
        ("Q{=a}", None),
        ("Q{=a ~a}", "options_identical"),
        ("Q ___ ___{=a}", "blanks_differ"),
        ("[html]<math>x</math>Q{T}", "markup_lost"),
        ("[html]<img src\\=\"@@PLUGINFILE@@/a.png\">Q{T}", "picture_absent"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_a_draft_and_the_rest_goes_on(text, code):
    first, *_, last = gift(f"\n{text}\n\nS{{F}}").drafts
    assert first.where == "line 2"
    assert (last.stem, last.status, last.answer) == ("S", "ready", [False])
    if code:
        assert (first.status, first.answer) == ("draft", None)
        assert code in codes(first)
        assert all(p.where == "line 2" for p in first.problems)


def test_a_blank_line_within_answers_does_not_end_them():
    draft = one("Q{\n\n=a\n\n~b\n}")
    assert (draft.status, draft.options) == ("ready", ("a", "b"))


def test_a_text_without_answers_is_a_description_and_said_to_be_left_out():
    reading = gift("Read this.\n\nQ{T}")
    assert [(p.where, p.code, p.found) for p in reading.problems] == [
        ("line 1", "gift_description", "Read this.")
    ]
    assert reading.counts["ready"] == 1


def test_western_letters_are_read_with_a_warning():
    reading = read("::é::Où est-ce qu'il est, là?{T}\n".encode("cp1252"), "x.gift")
    assert (reading.encoding, reading.drafts[0].stem) == (
        "windows-1252",
        "Où est-ce qu'il est, là?",
    )
    assert [p.code for p in reading.problems] == ["encoding_assumed"]
    big5 = "題目，這個學習紀錄應該怎麼處理？{T}".encode("big5")
    assert refusal(big5, "x.gift") == "encoding_unclear"
    assert read("瓦斯的主要成分是甲烷。{T}".encode("gb18030"), "x").encoding == "gb18030"


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("Q{T}", "gift"),
        ("$CATEGORY: a\n\nx", "gift"),
        ("题目,A,B,答案\n求 {=1} ？,1,2,A", "csv"),
        ('{"a": "{=x ~y}"}', None),
        ("plain text", "csv"),
    ],
)
def test_the_content_says_that_it_is_gift(text, format):
    found = [
        one.name for one in map(by_name, ("json", "gift", "csv")) if one.sniff(text.encode(), "x")
    ]
    assert found[0] == (format or "json")


HOSTILE = ["{", "}", "{}", "{=", "~", "=", "::", "\\", "{=<a", "$CATEGORY:/", "//[tag:", "#"]


@pytest.mark.parametrize("text", [*HOSTILE, "{#1..", "\n{=a\n\n"])
def test_hostile_files_take_little_time(text):
    before = perf_counter()
    outcome((text * (400_000 // len(text))).encode(), "gift")
    outcome(("Q{" + text * (400_000 // len(text)) + "}").encode(), "gift")
    assert perf_counter() - before < 10


def test_damage_at_any_place_never_surprises():
    every = [carried(SAMPLES[key]) for key in CARRIED]
    more = b"$CATEGORY: a\n\n::t::[html]<b>Q</b>{~%50%a#x ~%50%[plain]b ####[html]<i>c</i>} d\n"
    for broken in damaged(FORMAT.write(every, {}) + more, turns=200):
        outcome(broken, "gift")
        outcome(broken, None)
