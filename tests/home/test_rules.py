"""A streak is counted in worked shifts; what passes the branch ahead is true."""

from datetime import date, datetime, time, timedelta

import pytest

from app.home.rules import is_over, people_to_pass, streak
from app.standings.rules import shrunk_mean

TODAY = date(2026, 11, 21)


def days(*ago: int) -> set[date]:
    return {TODAY - timedelta(days=n) for n in ago}


@pytest.mark.parametrize(
    ("active", "cycle", "count"),
    [
        (days(), None, 0),
        (days(0, 1, 2), None, 3),
        (days(1, 2), None, 2),
        (days(0, 2), None, 1),
        (days(0, 2), ["early", None], 2),
        (days(1), ["early", None], 0),
        (days(0, 1, 2), ["early", None], 2),
        (days(0, 3), ["early", None], 1),
    ],
)
def test_days_off_do_not_break_a_streak(
    active: set[date], cycle: list[str | None] | None, count: int
) -> None:
    assert streak(active, cycle, TODAY, TODAY) == count


@pytest.mark.parametrize(
    ("starts", "ends", "now", "over"),
    [(0, 8, 7, False), (0, 8, 8, True), (0, 8, 18, True), (16, 0, 23, False), (22, 6, 23, False)],
)
def test_a_shift_is_over_when_its_hours_are(starts: int, ends: int, now: int, over: bool) -> None:
    at = datetime(2026, 11, 21, now)
    assert is_over(time(starts), time(ends), at) == over


def test_so_many_more_people_really_pass_the_branch_ahead() -> None:
    mine, ahead = shrunk_mean(300, 30, 10.0), 11.7
    more = people_to_pass(mine, ahead, 30, 20)
    assert shrunk_mean(300 + 20 * more, 30, 10.0) > ahead
    assert shrunk_mean(300 + 20 * (more - 1), 30, 10.0) <= ahead
