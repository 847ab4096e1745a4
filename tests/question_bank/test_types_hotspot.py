"""Hotspots: what a tap hits."""

import pytest

from question_bank.types import by_key
from question_bank.types.base import BadValue
from question_bank.types.regions import is_within
from tests.question_bank.kinds import SAMPLES, changed, clean, codes, tenths

PICTURE = SAMPLES["hotspot"]
RECT = {"shape": "rect", "points": [[200, 400], [100, 300]]}
CIRCLE = {"shape": "circle", "points": [[1000, 1000], [500, 0]]}
#: A U: open above, a notch between its arms.
HOLLOW = {
    "shape": "polygon",
    "points": [[0, 0], [100, 0], [100, 300], [200, 300], [200, 0], [300, 0], [300, 400], [0, 400]],
}


@pytest.mark.parametrize(
    ("region", "point", "hit"),
    [
        (RECT, [100, 300], True), (RECT, [150, 400], True), (RECT, [99, 350], False),
        (RECT, [150, 401], False),
        (CIRCLE, [1500, 1000], True), (CIRCLE, [1300, 1400], True), (CIRCLE, [1501, 1000], False),
        (CIRCLE, [1400, 1400], False),
        (HOLLOW, [50, 50], True), (HOLLOW, [150, 100], False), (HOLLOW, [150, 300], True),
        (HOLLOW, [150, 299], False), (HOLLOW, [150, 350], True), (HOLLOW, [0, 0], True),
        (HOLLOW, [0, 200], True), (HOLLOW, [200, 100], True), (HOLLOW, [150, 0], False),
        (HOLLOW, [301, 400], False), (HOLLOW, [400, 300], False), (HOLLOW, [300, 400], True),
    ],
)  # fmt: skip
def test_the_edge_belongs_to_a_region(region, point, hit):
    assert is_within(point, region) is hit
    backwards = {**region, "points": region["points"][::-1]}
    if region["shape"] != "circle":
        assert is_within(point, backwards) is hit


def test_a_slanting_edge_is_exact():
    triangle = {"shape": "polygon", "points": [[0, 0], [9, 3], [9, 9]]}
    assert is_within([3, 1], triangle) and is_within([6, 2], triangle)
    assert not is_within([4, 1], triangle)


def test_each_region_counts_once():
    assert tenths(PICTURE, [[1000, 1000], [1500, 2000], [1600, 2000], [2000, 3000]]) == 10
    assert tenths(PICTURE, [[1500, 1500], [5000, 5500], [9000, 8000], [0, 0]]) == 30
    assert tenths(PICTURE, [[0, 0]]) == tenths(PICTURE, []) == 0


def test_taps_are_counted_and_stay_in_the_picture():
    assert clean(PICTURE, [[0, 10_000]]) == [[0, 10_000]]
    few = changed("hotspot", details={"clicks": 3})
    for raw in ([[0, 0]] * 4, [[0, 10_001]], [[-1, 0]], [[0.5, 0]], [[0]], [0, 0], "x", {}):
        with pytest.raises(BadValue):
            clean(few, raw)


def test_without_a_number_there_are_as_many_taps_as_regions():
    data = PICTURE.to_json()
    del data["details"]["clicks"]
    question = type(PICTURE).from_json(data)
    assert codes(question) == set() and len(clean(question, [[0, 0]] * 3)) == 3
    with pytest.raises(BadValue):
        clean(question, [[0, 0]] * 4)


def test_its_picture_is_named():
    assert by_key("hotspot").pictures(PICTURE) == ("roadway.png",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": []}, "regions_missing"),
        ({"answer": [RECT] * 21, "details": {"clicks": 21}}, "list_too_long"),
        ({"answer": [{"shape": "star", "points": [[0, 0], [1, 1]]}]}, "region_wrong"),
        ({"answer": [{"shape": "rect", "points": [[0, 0], [0, 5]]}]}, "region_wrong"),
        ({"answer": [{"shape": "circle", "points": [[5, 5], [0, 0]]}]}, "region_wrong"),
        ({"answer": [{"shape": "polygon", "points": [[0, 0], [5, 5]]}]}, "region_wrong"),
        ({"answer": [{"shape": "polygon", "points": [[0, 0], [5, 5], [9, 9]]}]}, "region_wrong"),
        ({"answer": [[0, 0]]}, "region_wrong"),
        ({"details": {"picture": " "}}, "hotspot_without_picture"),
        ({"details": {"clicks": 2}}, "detail_wrong"),
        ({"details": {"clicks": 41}}, "detail_wrong"),
        ({"details": {"clicks": True}}, "detail_wrong"),
    ],
)  # fmt: skip
def test_hotspots_that_cannot_be_asked_are_named(changes, code):
    assert codes(changed("hotspot", **changes)) == {code}
