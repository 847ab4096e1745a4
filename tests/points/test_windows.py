"""Windows: a day's keys, and which keys name a window."""

from datetime import date

import pytest

from app.points import windows


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 21), "2026-W47"),
        (date(2026, 11, 22), "2026-W47"),
        (date(2026, 11, 23), "2026-W48"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_day_belongs_to_four_windows(day, week) -> None:
    assert windows.windows_of(day) == ("all", str(day), week, str(day)[:7])
    for key in windows.windows_of(day)[1:]:
        first, last = windows.first_day(key), windows.last_day(key)
        assert first and last and first <= day <= last


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("all", "all"),
        ("2026-11", "month"),
        ("2026-13", None),
        ("2026-W47", "week"),
        ("2026-W54", None),
        ("2026-02-29", None),
        ("2028-02-29", "day"),
        ("2026-2-3", None),
        ("", None),
        ("week", None),
        ("٢٠٢٦-11", None),
    ],
)
def test_only_real_windows_have_a_kind(key, kind) -> None:
    assert windows.kind_of(key) == kind
