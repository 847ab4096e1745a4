"""JSON: our own format loses nothing; what others write is read as far as it is certain."""

import base64
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.formats import FileUnreadable, losses, read, wire
from question_bank.question import Question
from tests.question_bank.exchange import by_name, codes, damaged, outcome, questions
from tests.question_bank.kinds import SAMPLES
from tests.question_bank.sheets import refusal

PNG = b"\x89PNG\r\n\x1a\n0"
NAME = hashlib.sha256(PNG).hexdigest() + ".png"
FORMAT = by_name("json")
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8
)


def read_json(content):
    text = content if isinstance(content, str) else json.dumps(content)
    return read(text.encode(), "bank.json")


def own(*items, **more):
    content = {"format": "mingdeng-questions", "version": 1, "questions": items, **more}
    return read_json(content).drafts


@given(questions(texts=ANY_TEXT))
def test_every_question_comes_back_exactly(question):
    data = question.to_json()
    if question.type == "hotspot":
        data["details"]["picture"] = NAME
    question = Question.from_json(data)
    assert losses("json", [question]) == []
    reading = read(FORMAT.write([question], {NAME: PNG}), "x")
    (draft,) = reading.drafts
    assert (draft.status, codes(draft), draft.question()) == ("ready", [], question)
    assert reading.pictures == {NAME: PNG}
    assert wire.loads(wire.dumps(reading)) == reading


def test_a_bare_list_of_ours_is_read():
    items = [q.to_json() for q in SAMPLES.values() if q.type != "hotspot"]
    reading = read_json(items)
    assert [draft.question().to_json() for draft in reading.drafts] == items
    assert {draft.status for draft in reading.drafts} == {"ready"}


GOOD = SAMPLES["single_choice"].to_json()


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"answer": [7]}, "draft", "answer_not_an_option"),
        ({"answer": {"x": 1}}, "draft", "answer_not_an_option"),
        ({"answer": "B"}, "draft", "answer_not_an_option"),
        ({"options": "ABC"}, "draft", "detail_wrong"),
        ({"options": [1, 2]}, "draft", "detail_wrong"),
        ({"marks": 1e9}, "draft", "marks_out_of_range"),
        ({"marks": "1e999999999"}, "draft", "marks_out_of_range"),
        ({"marks": True}, "draft", "marks_out_of_range"),
        ({"marks": [1]}, "draft", "marks_out_of_range"),
        ({"difficulty": "hard"}, "draft", "detail_wrong"),
        ({"difficulty": 2}, "draft", "difficulty_out_of_range"),
        ({"details": [1]}, "draft", "detail_wrong"),
        ({"tags": "x"}, "draft", "detail_wrong"),
        ({"type": "riddle"}, "draft", "type_unknown"),
        ({"type": None}, "draft", "type_unclear"),
        ({"stem": " "}, "rejected", "stem_missing"),
        ({"stem": None}, "rejected", "stem_missing"),
        ({"stem": f"![]({NAME})"}, "draft", "picture_absent"),
        ({"stem": "a\ud800\0b"}, "ready", "invisible_removed"),
        ({"hint": "x"}, "ready", "not_carried_over"),
    ],
)
def test_what_somebody_changed_is_said(change, status, code):
    (draft,) = own({**GOOD, **change})
    assert (draft.status, draft.where) == (status, "item 1")
    assert code in codes(draft)
    doubt = change.keys() & {"answer", "options", "type"} or status == "rejected"
    assert draft.answer == (None if doubt else GOOD["answer"])


def test_an_item_that_is_no_question_is_rejected():
    first, second = own(3, {**GOOD, "stem": "二？"})
    assert (first.status, codes(first), second.status) == (
        "rejected",
        ["json_no_question"],
        "ready",
    )


def test_a_name_that_stands_twice_decides_nothing():
    text = '[{"type":"true_false","stem":"s","answer":[true],"answer":[false]}]'
    (draft,) = read_json(text).drafts
    assert (draft.status, codes(draft), draft.answer) == ("draft", ["json_name_twice"], None)
    text = '[{"question":"一？","A":"1","B":"2","answer":"A","answer":"B"}]'
    (draft,) = read_json(text).drafts
    assert "json_name_twice" in codes(draft) and draft.status == "draft"
    twice = read_json('{"一？|1|2":"1","一？|1|2":"2"}').drafts
    assert [codes(draft) for draft in twice] == [["duplicate_other_answer"]] * 2


def test_pictures_must_be_what_their_names_say():
    coded = base64.b64encode(PNG).decode()
    reading = read_json(
        {
            "format": "mingdeng-questions",
            "version": 1,
            "questions": [{**GOOD, "stem": f"![]({NAME})"}],
            "pictures": {NAME: coded, "../../a.png": coded, "b": "?", "c": 3},
        }
    )
    assert reading.drafts[0].status == "ready"
    assert reading.pictures == {NAME: PNG}
    assert [p.code for p in reading.problems] == ["picture_kind"] * 3


COMMON = {
    "letters": {"question": "一？", "A": "1", "B": "2", "answer": "B"},
    "lettered list": {"question": "一？", "options": ["A. 1", "B. 2"], "answer": "B"},
    "object": {"question": "一？", "options": {"A": "1", "B": "2"}, "answer": "B"},
    "words": {"题目": "一？", "选项": ["1", "2"], "正确答案": ["B"], "题型": "单选题"},
    "data set": {"passage": None, "question": "一？", "options": ["(A)1", "(B)2"], "label": "B",
                 "answer": None, "other": {"source": "卷一"}},
    "ours by letters": {"type": "single_choice", "stem": "一？", "options": ["1", "2"],
                        "answer": ["B"]},
}  # fmt: skip


@pytest.mark.parametrize("name", COMMON)
def test_common_shapes_are_read(name):
    for content in ([COMMON[name]], {"data": [COMMON[name]]}):
        (draft,) = read_json(content).drafts
        assert (draft.status, draft.type) == ("ready", "single_choice"), draft.problems
        assert (draft.stem, draft.options, draft.answer) == ("一？", ("1", "2"), [1])


def test_one_object_a_line_is_read_and_located():
    lines = [json.dumps(COMMON["letters"]), "", json.dumps({**COMMON["letters"], "answer": "E"})]
    first, second = read_json("\n".join(lines)).drafts
    assert (first.where, first.status) == ("line 1", "ready")
    assert (second.where, second.status) == ("line 3", "draft")


@pytest.mark.parametrize(
    ("answer", "status", "right"),
    [("2", "ready", [1]), ("1", "ready", [0]), ("3", "draft", None), ("A", "draft", None)],
)
def test_an_object_of_questions_and_right_options_goes_by_words_only(answer, status, right):
    both = read_json({"二？|3|4": "4", "三？|5|6": "6", "一？|1|2": answer}).drafts
    assert (both[2].status, both[2].answer) == (status, right)


@pytest.mark.parametrize("answer", [1, 0, 2, [0], ["A", "B"], {"a": 1}, None])
def test_an_answer_that_may_count_from_0_or_1_is_not_taken(answer):
    item = {"question": "一？", "type": "单选题", "options": ["x", "y"], "answer": answer}
    (draft,) = read_json([item]).drafts
    assert (draft.status, draft.answer) == ("draft", None)


def test_a_passage_stands_before_its_question():
    (draft,) = read_json([{**COMMON["letters"], "passage": "甲乙。"}]).drafts
    assert draft.stem == "甲乙。\n\n一？"


def test_what_is_not_taken_over_is_said_once():
    reading = read_json({"name": "x", "items": [{**COMMON["letters"], "hint": "h", "index": 3}]})
    assert [p.code for p in reading.all_problems()] == ["not_carried_over"] * 2
    assert reading.problems[0].params["names"] == "name"
    assert reading.drafts[0].problems[0].params["names"] == "hint"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}", "json_without_questions"),
        ('{"a": {"b": 1}}', "json_without_questions"),
        ('["a", "b"]', "json_without_questions"),
        ('[{"question": "x",\n}]', "json_wrong"),
        ('{"question": "x"}\n{"question": "y"', "json_wrong"),
        ("[" * 100_000, "too_much_inside"),
        ('{"format":"mingdeng-questions","version":2,"questions":[]}', "json_newer"),
        ('{"format":"mingdeng-questions","version":1}', "json_without_questions"),
        (json.dumps([{}] * 5001), "too_many_rows"),
    ],
)
def test_a_file_without_questions_says_so(text, code):
    assert refusal(text.encode(), format="json") == code


def test_the_line_is_named():
    with pytest.raises(FileUnreadable, match="第 3 行"):
        read_json('[{"a": 1},\n{"b": 2},\n{c: 3}]')


def test_damage_at_any_place_never_surprises():
    file = FORMAT.write(list(SAMPLES.values()), {NAME: PNG})
    others = json.dumps(list(COMMON.values()), ensure_ascii=False).encode()
    for data in (file, others, '{"一？|1|2":"1","二？|1|2":"2"}'.encode()):
        for broken in damaged(data):
            outcome(broken, None)
