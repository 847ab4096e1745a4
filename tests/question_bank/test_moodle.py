"""Moodle XML: what is certain is read, what has no place is named, and all of it is written."""

import base64
import re
from dataclasses import replace

import pytest
from hypothesis import given

from question_bank.formats import FileUnreadable, losses, read
from question_bank.question import Question
from tests.question_bank.exchange import PICTURE, by_name, codes, damaged, outcome, questions
from tests.question_bank.kinds import SAMPLES, changed
from tests.question_bank.sheets import refusal

FORMAT = by_name("moodle-xml")
CARRIED = ("single_choice", "multiple_choice", "true_false", "fill_blank", "numeric", "ordering",
           "matching", "short_answer")  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
ENCODED = base64.b64encode(PNG).decode()


def quiz(*bodies):
    return ("<?xml version='1.0'?>\n<quiz>" + "".join(bodies) + "</quiz>").encode()


def question(kind, text="Q", own="", name=""):
    head = f"<questiontext format='html'><text><![CDATA[{text}]]></text>{name}</questiontext>"
    return f"<question type='{kind}'>{head}{own}</question>"


def one(kind, own="", text="Q", name=""):
    (draft,) = read(quiz(question(kind, text, own, name)), "x.xml").drafts
    return draft


def answers(*shares):
    return "".join(
        f"<answer fraction='{share}'><text>{text}</text></answer>" for text, share in shares
    )


def meant(question):
    details = {k: v for k, v in question.details.items() if v not in (False, "", "exact")}
    return replace(question, answer=question.answer or [], details=details)


def carried(question):
    data = question.to_json() | {"source": "", "difficulty": None}
    if question.type == "fill_blank":
        data |= {"answer": data["answer"][:1], "stem": data["stem"].replace("_", "-")}
    if question.type == "short_answer":
        data |= {"answer": [], "details": {}}
    if question.type == "ordering":
        data["answer"] = list(range(len(data["options"])))
    if question.type == "matching":
        data["answer"] = [[i, i] for i in range(len(data["options"]))]
    return Question.from_json(data)


@given(questions(CARRIED))
def test_what_can_be_carried_comes_back(question):
    question = carried(question)
    said = losses("moodle-xml", [question])
    reading = read(FORMAT.write([question], {}), "x.xml")
    assert (reading.drafts == []) == ("cannot_carry_type" in [p.code for p in said])
    if not reading.drafts:
        return
    (draft,) = reading.drafts
    assert (draft.status, codes(draft)) == ("ready", [])
    if said == []:
        assert meant(draft.question()) == meant(question)
    else:
        assert draft.type == question.type
        assert draft.options == tuple(text.strip() for text in question.options)


def test_all_of_it_is_carried():
    for key in CARRIED:
        question = carried(SAMPLES[key])
        assert losses("moodle-xml", [question]) == []
        (draft,) = read(FORMAT.write([question], {}), "x").drafts
        assert meant(draft.question()) == meant(question)


@pytest.mark.parametrize("key", sorted(SAMPLES.keys() - set(CARRIED)))
def test_types_that_moodle_does_not_know_are_left_out(key):
    assert [p.code for p in losses("moodle-xml", [SAMPLES[key]])] == ["cannot_carry_type"]
    assert b"<question" not in FORMAT.write([SAMPLES[key]], {})


def test_losses_name_their_fields():
    said = losses("moodle-xml", [changed("short_answer", source="s", difficulty=0.5, tags=["a "])])
    assert {(p.where, p.params["en"]) for p in said} >= {
        ("1 source", "the source"), ("1 difficulty", "the difficulty"),
        ("1 answer", "the model answers"), ("1 details", "the rubric"),
        ("1 tags", "spaces at the ends"),
    }  # fmt: skip


def test_pictures_go_and_come_back():
    name = next(iter(read(quiz(question("essay", f'<img src="data:image/png;base64,{ENCODED}">')),
                          "x").pictures))  # fmt: skip
    text = f"Look: ![a plan]({name})"
    question_ = changed("single_choice", stem=text, options=[text, "b"], answer=[0])
    file = FORMAT.write([question_], {name: PNG})
    assert file.count(b"<file") == 2 and losses("moodle-xml", [question_]) == []
    reading = read(file, "x.xml")
    assert reading.pictures == {name: PNG}
    assert reading.drafts[0].question() == question_
    (draft,) = read(FORMAT.write([question_], {}), "x.xml").drafts
    assert (draft.status, codes(draft)) == ("draft", ["picture_absent"])


@pytest.mark.parametrize(
    ("kind", "own", "type", "options", "answer"),
    [
        ("multichoice", "<single>true</single>" + answers(("a", 100), ("b", 0), ("c", -25)),
         "single_choice", ("a", "b", "c"), [0]),
        ("multichoice", "<single>false</single>" + answers(("a", 50), ("b", 50), ("c", -100)),
         "multiple_choice", ("a", "b", "c"), [0, 1]),
        ("multichoice", "<single>0</single>"
         + answers(("a", 33.33333), ("b", 33.33333), ("c", 33.33333), ("d", 0)),
         "multiple_choice", ("a", "b", "c", "d"), [0, 1, 2]),
        ("truefalse", answers(("true", 0), ("false", 100)), "true_false", (), [False]),
        ("shortanswer", answers(("a*b".replace("*", "\\*"), 100), ("c", 100), ("*", 0)),
         "fill_blank", (), [["a*b", "c"]]),
        ("numerical", "<answer fraction='100'><text>3.5</text><tolerance>0.1</tolerance></answer>"
         "<answer fraction='0'><text>*</text></answer>",
         "numeric", (), [{"value": "3.5", "tolerance": "0.1"}]),
        ("matching", "<subquestion><text>l</text><answer><text>x</text></answer></subquestion>"
         "<subquestion><text>m</text><answer><text>y</text></answer></subquestion>"
         "<subquestion><text></text><answer><text>z</text></answer></subquestion>",
         "matching", ("l", "m"), [[0, 0], [1, 1]]),
        ("essay", "", "short_answer", (), []),
        ("ordering", answers(("b", "2.0000000"), ("a", "1.0000000")),
         "ordering", ("b", "a"), [1, 0]),
        ("gapselect", "", None, (), None),
    ],
)  # fmt: skip
def test_kinds(kind, own, type, options, answer):
    draft = one(kind, own)
    assert (draft.type, draft.options, draft.answer) == (type, options, answer), draft.problems
    assert draft.status == ("ready" if type else "draft")


@pytest.mark.parametrize(
    ("kind", "own", "code"),
    [
        ("multichoice", answers(("a", 100), ("b", 50)), "weights_not_carried"),
        ("multichoice", answers(("a", 90), ("b", 0)), "weights_not_carried"),
        ("multichoice", answers(("a", "lots"), ("b", 0)), "weights_not_carried"),
        ("multichoice", "<single>false</single>" + answers(("a", 75), ("b", 25)),
         "weights_not_carried"),
        ("multichoice", answers(("a", 0), ("b", 0)), "answer_missing"),
        ("multichoice", answers(("a", 100)), "too_few_options"),
        ("truefalse", answers(("true", 0), ("false", 0)), "answer_missing"),
        ("truefalse", answers(("yes", 100)), "answer_not_understood"),
        ("shortanswer", answers(("a", 50)), "weights_not_carried"),
        ("shortanswer", answers(("a*", 100)), "gift_wildcard"),
        ("shortanswer", "", "answer_missing"),
        ("numerical", answers(("about 3", 100)), "number_wrong"),
        ("numerical", answers(("3", 100)) + "<units><unit><multiplier>1</multiplier><unit_name>m"
         "</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit>"
         "</units>", "units_not_carried"),
        ("numerical", answers(("3", 100)) + "<units><unit><unit_name>m</unit_name></unit></units>"
         "<unitgradingtype>1</unitgradingtype><unitpenalty>0.1</unitpenalty>",
         "weights_not_carried"),
        ("matching", "<subquestion><text>l</text></subquestion>", "pair_incomplete"),
        ("ordering", answers(("a", 1), ("b", 1)), "weights_not_carried"),
        ("essay", "<responseformat>noinline</responseformat>", "interaction_not_supported"),
        ("calculated", answers(("{a}+{b}", 100)), "interaction_not_supported"),
        ("essay", "<defaultgrade>0.3333333</defaultgrade>", "marks_out_of_range"),
        ("essay", "<defaultgrade>1e999999</defaultgrade>", "marks_out_of_range"),
    ],
)  # fmt: skip
def test_what_is_not_certain_waits_as_a_draft(kind, own, code):
    draft = one(kind, own)
    assert (draft.status, draft.answer, code in codes(draft)) == ("draft", None, True), codes(draft)


def test_embedded_answers_are_blanks_or_a_case():
    draft = one("cloze", text="<p>Two: {1:SA:=2~=two}, <b>three</b>: {1:SA:=3}</p>")
    assert (draft.status, draft.type, draft.stem) == ("ready", "fill_blank",
                                                      "Two: ____, **three**: ____")  # fmt: skip
    assert (draft.answer, draft.marks) == ([["2", "two"], ["3"]], 2)
    draft = one("multianswer", text="<p>{1:MC:=<i>a</i>~b} {2:NM:=3:1}</p>")
    assert (draft.status, draft.type) == ("ready", "case")
    assert [part["type"] for part in draft.details["parts"]] == ["single_choice", "numeric"]
    assert draft.details["parts"][0]["options"] == ["*a*", "b"]
    draft = one("cloze", text="{1:SA:=2")
    assert (draft.status, codes(draft)) == ("draft", ["gift_no_end"])


def test_gaps_with_boxes_are_choices():
    boxes = "".join(
        f"<dragbox><text>{text}</text><group>{group}</group></dragbox>"
        for text, group in (("fox", 1), ("jumps", 2), ("dog", 1), ("sits", 2))
    )
    draft = one("ddwtos", boxes, "The [[1]] [[2]] over the [[3]].")
    assert (draft.status, draft.type) == ("ready", "case"), draft.problems
    assert draft.stem == "The (1) ____ (2) ____ over the (3) ____."
    parts = draft.details["parts"]
    assert [part["options"] for part in parts] == [
        ["fox", "dog"],
        ["jumps", "sits"],
        ["fox", "dog"],
    ]
    assert [part["answer"] for part in parts] == [[0], [0], [1]]
    draft = one("gapselect", boxes.replace("dragbox", "selectoption"), "A [[3]].")
    assert (draft.type, draft.answer, draft.stem) == ("single_choice", [1], "A ____.")
    assert codes(one("ddwtos", boxes, "A [[9]].")) == ["gap_without_box"]


def test_beside_the_question():
    own = ("<generalfeedback><text>why</text></generalfeedback><defaultgrade>2.0000000"
           "</defaultgrade><tags><tag><text>t</text></tag></tags><hint><text>h</text></hint>"
           "<idnumber>7</idnumber>" + answers(("true", 100)))  # fmt: skip
    category = ("<question type='category'><category><text>$course$/top/A/B//C</text></category>"
                "</question>")  # fmt: skip
    described = question("description", "Only read this")
    reading = read(quiz(category, described, question("truefalse", "S", own)), "x.xml")
    (draft,) = reading.drafts
    assert (draft.where, draft.explanation, draft.marks) == ("question 3", "why", 2)
    assert draft.tags == ("A/B/C", "t")
    assert codes(draft) == ["not_carried_over"] and draft.status == "ready"
    assert draft.problems[0].params == {"names": "hint、idnumber"}
    assert [(p.where, p.code) for p in reading.problems] == [("question 2", "description_left_out")]


def test_files_are_shown_or_named():
    file = f"<file name='p q.png' path='/' encoding='base64'>{ENCODED}</file>"
    draft = one("essay", text='See <img src="@@PLUGINFILE@@/p%20q.png" alt="x">', name=file)
    assert re.fullmatch(r"See !\[x\]\([0-9a-f]{64}\.png\)", draft.stem) and draft.status == "ready"
    for src, code in (("@@PLUGINFILE@@/no.png", "picture_absent"),
                      ("http://a.example/b.png", "picture_not_fetched")):  # fmt: skip
        assert code in codes(one("essay", text=f'See <img src="{src}">'))
    svg = "<file name='a.svg' encoding='base64'>PHN2Zz48L3N2Zz4=</file>"
    draft = one("essay", text='See <img src="@@PLUGINFILE@@/a.svg">', name=svg)
    assert (draft.status, codes(draft)) == ("draft", ["picture_kind"])
    assert codes(one("essay", name=svg)) == ["file_not_taken"]
    broken = "<file name='a.png' encoding='base64'>%%%</file>"
    assert codes(one("essay", text='<img src="@@PLUGINFILE@@/a.png"> x', name=broken)) == [
        "picture_kind"
    ]


def test_what_is_no_moodle_is_refused():
    for data, name in ((b"<examview/>", "ExamView"), (b"<POOL/>", "Blackboard"), (b"<x/>", "“x”")):
        with pytest.raises(FileUnreadable, match=name):
            read(b"<?xml version='1.0'?>" + data, "x.xml")
    assert refusal(b"<quiz><question></quiz>") == "xml_broken"
    bomb = b"<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>"
    for data in (bomb, b"<?xml version='1.0'?>" + bomb, bomb.decode().encode("utf-16")):
        assert refusal(data) == "xml_doctype"
    assert refusal(b"<quiz>" + b"<a>" * 300 + b"</a>" * 300 + b"</quiz>") == "too_much_inside"
    assert refusal(quiz("<question/>" * 5001)) == "too_many_rows"
    assert [p.code for p in read(b"<quiz/>", "x").problems] == ["text_without_questions"]


def test_encodings():
    text = "<?xml version='1.0' encoding='{}'?><quiz>" + question("essay", "瓦斯") + "</quiz>"
    for encoding in ("utf-8", "gb2312", "GBK", "utf-16"):
        assert read(text.format(encoding).encode(encoding), "x").drafts[0].stem == "瓦斯"


def test_damage_never_surprises():
    data = FORMAT.write([carried(SAMPLES[key]) for key in CARRIED], {PICTURE: PNG})
    for broken in damaged(data, turns=120):
        outcome(broken, None)
        outcome(broken, "moodle-xml")
