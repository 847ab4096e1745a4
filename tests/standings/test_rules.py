"""Pure rules of standings."""

import pytest

from app.standings import rules
from app.standings.rules import Figures


def figures(
    code: str, eligible: int, points: int, before: int | None = None, path: str = ""
) -> Figures:
    return Figures(
        1, code, code, path or f"ROOT/{code}/", eligible, min(eligible, points), points, before
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], []), ([5], [1]), ([9, 9, 7, 7, 7, 1], [1, 1, 3, 3, 3, 6]), ([3, 2, 1], [1, 2, 3])],
)
def test_equal_values_share_a_rank_and_the_next_is_skipped(values, expected) -> None:
    assert rules.ranks(values) == expected


def test_a_small_lucky_branch_does_not_top_the_board() -> None:
    rows = rules.branch_rows(
        [figures("tiny", 1, 30), figures("large", 80, 1600), figures("rest", 50, 100)]
    )
    assert [row.figures.code for row in rows] == ["large", "tiny", "rest"]
    mean = rules.overall_mean([row.figures for row in rows])
    assert rows[1].score == round((30 + 20 * mean) / 21, 2)


def test_a_small_branch_that_works_can_still_win() -> None:
    rows = rules.branch_rows([figures("small", 8, 800), figures("large", 80, 1600)])
    assert rows[0].figures.code == "small"


def test_places_move_since_yesterday_and_equals_share() -> None:
    rows = rules.branch_rows(
        [figures("a", 10, 100, 10), figures("b", 10, 50, 50), figures("c", 10, 50, 50)]
    )
    assert [(r.figures.code, r.rank, r.delta) for r in rows] == [
        ("a", 1, 2),
        ("b", 2, -1),
        ("c", 2, -1),
    ]
    first_day = rules.branch_rows([figures("a", 10, 100, None), figures("b", 10, 50, None)])
    nothing_yet = rules.branch_rows([figures("a", 10, 100, 0), figures("b", 10, 50, 0)])
    assert {r.delta for r in first_day + nothing_yet} == {None}


def test_my_branch_is_the_one_my_group_belongs_to_and_an_empty_one_does_not_stand() -> None:
    rows = rules.branch_rows(
        [figures("B1", 3, 1), figures("B11", 3, 2), figures("B2", 0, 0)], "ROOT/B1/G3/"
    )
    assert [(r.figures.code, r.mine) for r in rows] == [("B11", False), ("B1", True)]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳小三", "欧*三"),
        ("王", "王"),
        ("", ""),
        ("Ana Lee", "A*e"),
    ],
)
def test_names_are_masked_on_a_wall(name, masked) -> None:
    assert rules.masked_name(name) == masked


@pytest.mark.parametrize(
    ("part", "of", "percent"),
    [
        (0, 0, 0),
        (0, 9, 0),
        (2, 3, 67),
        (102, 119, 86),
        (3, 3, 100),
        (4, 3, 100),
        (999, 1000, 99),
        (1, 1000, 1),
    ],
)
def test_participation_is_a_per_cent_of_active_members(part, of, percent) -> None:
    assert rules.participation(part, of) == percent
