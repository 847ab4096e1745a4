"""What holds for every type: samples are sound, values survive ids, nonsense is refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.question import Question
from question_bank.types import OFFERED, TYPES, by_key
from question_bank.types.base import BadValue
from tests.question_bank.kinds import SAMPLES, changed, codes

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
POINT = st.lists(st.integers(0, 10_000), min_size=2, max_size=2)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["1", "2", "points", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def raw_values(question):
    """Return a strategy of what members may send, with indexes."""
    count = len(question.options)
    indexes = st.integers(0, count - 1) if count else st.nothing()
    kind = by_key(question.type)
    if question.type in ("matching", "classify"):
        target = st.none() | st.integers(0, len(kind.targets(question)) - 1)
        return st.lists(target, min_size=count, max_size=count)
    if question.type == "case":
        parts = enumerate(kind.parts(question), 1)
        values = {str(n): st.none() | raw_values(part) for n, (_, part) in parts}
        return st.fixed_dictionaries({}, optional=values)
    texts = st.lists(TEXT, min_size=len(question.answer), max_size=len(question.answer))
    return {
        "single_choice": st.lists(indexes, max_size=1),
        "multiple_choice": st.lists(indexes, unique=True),
        "true_false": st.none() | st.booleans(),
        "fill_blank": texts,
        "numeric": TEXT,
        "ordering": st.permutations(range(count)),
        "hotspot": st.lists(POINT, max_size=4),
        "short_answer": TEXT,
        "card": st.sampled_from([None, "again", "hard", "good", "easy"]),
    }[question.type]


def ids_for(question):
    return [f"id{n}" for n in range(by_key(question.type).hidden(question))]


def test_there_is_a_sample_of_every_type_in_their_order():
    assert list(SAMPLES) == [kind.key for kind in TYPES]
    assert [kind.key for kind in TYPES][: len(OFFERED)] == list(OFFERED)


@pytest.mark.parametrize("question", SAMPLES.values(), ids=list(SAMPLES))
def test_a_sample_has_no_problem_and_its_answer_earns_what_it_can(question):
    kind = by_key(question.type)
    assert kind.problems(question) == []
    assert Question.from_json(json.loads(json.dumps(question.to_json()))) == question
    right = kind.right_answer(question)
    mark = kind.grade(question, right)
    assert mark.possible == question.marks * 10
    if kind.is_scored and not mark.pending and question.type != "case":
        assert (mark.awarded, mark.right, mark.pending) == (mark.possible, True, False)
    assert kind.clean(question, right) == right


@pytest.mark.parametrize("key", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_value_comes_back_from_its_ids(key, data):
    question, kind = SAMPLES[key], by_key(key)
    value = kind.clean(question, data.draw(raw_values(question)))
    ids = ids_for(question)
    shown = kind.shown(question, value, ids)
    assert kind.indexed(question, json.loads(json.dumps(shown)), ids) == value
    assert kind.clean(question, value) == value
    mark = kind.grade(question, value)
    assert 0 <= mark.awarded <= mark.possible
    assert not (value is None and (mark.awarded or mark.pending))


@pytest.mark.parametrize("key", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(raw=JSON)
def test_nonsense_is_refused_or_cleaned_and_never_breaks(key, raw):
    question, kind = SAMPLES[key], by_key(key)
    for read in (kind.clean, lambda q, r: kind.indexed(q, r, ids_for(q))):
        try:
            value = read(question, raw)
        except BadValue:
            continue
        assert kind.clean(question, value) == value
    assert kind.grade(question, raw).possible == question.marks * 10


@pytest.mark.parametrize("key", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_malformed_questions_are_described_and_never_break(key, data):
    given = SAMPLES[key].to_json()
    names = sorted(given.get("details", {}))
    details = {n: data.draw(JSON) for n in names if data.draw(st.booleans())}
    question = changed(key, answer=data.draw(JSON), details=details)
    for problem in by_key(key).problems(question):
        assert problem.message("zh") and problem.message("en")


@pytest.mark.parametrize("key", [k for k in SAMPLES if k != "card"])
def test_no_answer_earns_nothing_and_waits_for_nobody(key):
    mark = by_key(key).grade(SAMPLES[key], None)
    assert (mark.awarded, mark.right, mark.pending) == (0, False, False)


@pytest.mark.parametrize("key", ["fill_blank", "numeric", "hotspot", "short_answer", "card"])
def test_types_without_options_say_so(key):
    assert "options_not_used" in codes(changed(key, options=["A", "B"]))


LONG = "长" * 10_001


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("fill_blank", {"answer": [["长" * 201], ["1"]]}),
        ("matching", {"details": {"choices": [LONG, "a", "b"]}}),
        ("classify", {"details": {"groups": [LONG, "a"]}}),
        ("short_answer", {"answer": [LONG]}),
        ("short_answer", {"details": {"rubric": [{"text": LONG, "tenths": 50}]}}),
        ("card", {"details": {"back": LONG}}),
        ("case", {"details": {"parts": [{**SAMPLES["card"].to_json(), "type": "true_false",
                                         "answer": [True], "details": {}, "stem": LONG}]}}),
    ],
)  # fmt: skip
def test_every_text_has_a_limit(key, changes):
    assert codes(changed(key, **changes)) == {"text_too_long"}
