"""Ordering, matching and classifying."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import BadValue
from tests.question_bank.kinds import SAMPLES, changed, clean, codes, tenths

ORDER, MATCH, CLASSES = (SAMPLES[key] for key in ("ordering", "matching", "classify"))


def order(answer, scoring):
    options = tuple(f"第{n}步" for n in range(len(answer)))
    details = {"scoring": scoring} if scoring else {}
    return Question("ordering", "？", options, answer, marks=len(answer), details=details)


@pytest.mark.parametrize("scoring", ["exact", None])
def test_an_order_is_right_or_wrong(scoring):
    question = order([2, 0, 1, 3], scoring)
    assert [tenths(question, v) for v in ([2, 0, 1, 3], [0, 1, 2, 3])] == [40, 0]


@pytest.mark.parametrize(
    ("value", "earned"),
    [
        ([2, 0, 1, 3], 40), ([0, 2, 1, 3], 30), ([0, 1, 2, 3], 30), ([3, 2, 0, 1], 30),
        ([1, 3, 2, 0], 20), ([3, 1, 0, 2], 0),
    ],
)  # fmt: skip
def test_an_order_may_earn_its_longest_common_subsequence(value, earned):
    assert tenths(order([2, 0, 1, 3], "subsequence"), value) == earned


def longest_common(a, b):
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            same = rows[i][j] + 1 if one == other else 0
            rows[i + 1][j + 1] = max(same, rows[i][j + 1], rows[i + 1][j])
    return rows[-1][-1]


@given(answer=st.integers(1, 7).flatmap(lambda n: st.permutations(range(n))), data=st.data())
def test_the_subsequence_is_the_longest(answer, data):
    value = data.draw(st.permutations(answer))
    length = longest_common(answer, value)
    wanted = 10 * length if length > 1 or len(answer) == 1 else 0
    assert tenths(order(list(answer), "subsequence"), list(value)) == wanted


@pytest.mark.parametrize(
    "raw", [[0, 1], [0, 1, 1], [0, 1, 3], "012", {}, [0, 1, True], [0, 1, 2.0]]
)
def test_an_order_names_every_step_once(raw):
    with pytest.raises(BadValue):
        clean(ORDER, raw)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"answer": []}, {"answer_missing"}), ({"answer": [0, 1]}, {"order_wrong"}),
        ({"answer": [0, 1, 1]}, {"order_wrong"}),
        ({"options": ["a"], "answer": [0]}, {"list_too_short"}),
        ({"options": [str(n) for n in range(13)], "answer": list(range(13))}, {"list_too_long"}),
        ({"options": ["a", " ａ", ""]}, {"items_identical", "item_empty"}),
        ({"details": {"scoring": "mild"}}, {"detail_wrong"}),
    ],
)  # fmt: skip
def test_orders_that_cannot_be_asked_are_named(changes, found):
    assert codes(changed("ordering", **changes)) == found


def test_each_pair_earns_its_part():
    values = ([1, 0, 1], [1, 0, None], [0, 1, 2], [None, None, 1])
    assert [tenths(MATCH, value) for value in values] == [30, 20, 0, 10]
    assert [tenths(CLASSES, v) for v in ([1, 0, 1, 0], [1, 1, 1, 1])] == [40, 20]


def test_pairs_may_stand_in_any_order():
    turned = changed("matching", answer=[[2, 1], [0, 1], [1, 0]])
    assert by_key("matching").right_answer(turned) == [1, 0, 1]
    assert codes(turned) == set()


def test_no_pair_at_all_is_no_answer():
    for raw in (None, [], [None, None, None]):
        assert clean(MATCH, raw) is None
    assert by_key("matching").indexed(MATCH, {}, list("abcdef")) is None


@pytest.mark.parametrize("raw", [[0, 1], [0, 1, 3], [0, 1, -1], [0, 1, True], [[0, 1]], "010", {}])
def test_a_pairing_has_a_place_for_every_item(raw):
    with pytest.raises(BadValue):
        clean(MATCH, raw)


def test_a_pairing_is_shown_as_ids_left_to_right():
    kind, ids = by_key("matching"), list("abcxyz")
    assert kind.hidden(MATCH) == 6
    assert kind.shown(MATCH, [1, None, 1], ids) == {"a": "y", "c": "y"}
    assert kind.indexed(MATCH, {"c": "y", "a": "y"}, ids) == [1, None, 1]
    for shown in ({"a": "b"}, {"x": "y"}, {"a": None}, {"a": ["x"]}, {"q": "x"}, ["a"], "a"):
        with pytest.raises(BadValue):
            kind.indexed(MATCH, shown, ids)


@pytest.mark.parametrize(
    ("key", "changes", "found"),
    [
        ("matching", {"answer": None}, {"answer_missing"}),
        ("matching", {"answer": [[0, 1], [1, 0]]}, {"pairs_wrong"}),
        ("matching", {"answer": [[0, 1], [0, 0], [2, 1]]}, {"pairs_wrong"}),
        ("matching", {"answer": [[0, 1], [1, 3], [2, 1]]}, {"pairs_wrong"}),
        ("matching", {"answer": [0, 1, 2]}, {"pairs_wrong"}),
        ("matching", {"details": {"choices": ["a"]}}, {"list_too_short", "pairs_wrong"}),
        ("matching", {"details": {"choices": "abc"}}, {"list_too_short", "pairs_wrong"}),
        ("matching", {"details": {"choices": ["a", "a", "b"]}}, {"items_identical"}),
        ("matching", {"options": ["a", "b", "b"]}, {"items_identical"}),
        ("classify", {"details": {"groups": [str(n) for n in range(9)]}}, {"list_too_long"}),
        ("classify", {"details": {"groups": ["a", ""]}}, {"item_empty"}),
    ],
)  # fmt: skip
def test_pairings_that_cannot_be_asked_are_named(key, changes, found):
    assert codes(changed(key, **changes)) == found
