"""Round formats are pure: ranks start at 1, ties share, the order is total."""

import itertools

import pytest

from app.competitions.formats import BY_KEY, FORMATS
from app.competitions.formats.base import Result


def result(member: int, score: int, seconds: int = 60, branch: int = 1) -> Result:
    return Result(member, branch, member, score, seconds)


@pytest.mark.parametrize("format_key", [f.key for f in FORMATS])
def test_ranks_start_at_one_ties_share_and_any_input_order_gives_the_same(format_key: str) -> None:
    found = [result(1, 80), result(2, 90), result(3, 80), result(4, 80, 50)]
    config = {"best_per_branch": 1}
    placed = BY_KEY[format_key].place(found, config)
    assert [(p.result.member_id, p.rank) for p in placed] == [(2, 1), (4, 2), (1, 3), (3, 3)]
    for shuffled in itertools.permutations(found):
        assert BY_KEY[format_key].place(shuffled, config) == placed


@pytest.mark.parametrize(
    ("best", "through"), [(1, {1, 4, 5}), (2, {1, 2, 4, 5}), (50, {1, 2, 3, 4, 5})]
)
def test_the_best_of_each_branch_advance_and_equals_together(best: int, through: set[int]) -> None:
    first = [result(1, 90), result(2, 80), result(3, 70)]
    second = [result(4, 60, branch=2), result(5, 60, branch=2)]
    placed = BY_KEY["best_per_branch"].place(first + second, {"best_per_branch": best})
    assert {p.result.member_id for p in placed if p.advanced} == through


@pytest.mark.parametrize("bad", [0, 51, "2", None, 1.5, True])
def test_a_number_that_selects_nobody_or_everybody_is_a_problem(bad: object) -> None:
    assert BY_KEY["best_per_branch"].problems({"best_per_branch": bad}) == ["best_per_branch_range"]
    assert BY_KEY["best_per_branch"].problems({"best_per_branch": 2}) == []


def test_an_empty_round_has_no_places() -> None:
    assert all(f.place([], {"best_per_branch": 1}) == [] for f in FORMATS)
