"""The windows 周期 a day belongs to, by the keys under which totals are kept."""

import re
from datetime import date, timedelta

#: Kinds of window, as boards offer them, shortest first.
KINDS = ("day", "week", "month", "all")

#: The window that never ends.
ALL = "all"

#: Windows of other years are mistakes, and dates beside them may not exist.
YEARS = "2"

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def windows_of(day: date) -> tuple[str, str, str, str]:
    """Return the keys of all time, the day, its ISO week and its month, e.g. ``2026-W47``."""
    return ALL, key_for("day", day), key_for("week", day), key_for("month", day)


def key_for(kind: str, day: date) -> str:
    """Return the key of the window of *kind* that *day* falls in.

    :raises ValueError: for a kind that does not exist.
    """
    if kind == "day":
        return day.isoformat()
    if kind == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if kind == "month":
        return f"{day.year:04}-{day.month:02}"
    if kind == "all":
        return ALL
    raise ValueError(f"no window kind {kind!r}")


def kind_of(key: str) -> str | None:
    """Return the kind of the window *key*, or None if there is no such window."""
    if key == ALL:
        return "all"
    if not key.startswith(YEARS):
        return None
    kind = "day" if _DAY.fullmatch(key) else "week" if _WEEK.fullmatch(key) else "month"
    try:
        return kind if key_for(kind, first_day(key) or date.min) == key else None
    except ValueError:
        return None


def first_day(key: str) -> date | None:
    """Return the first day of the window *key*; None for all time.

    :raises ValueError: if *key* names no window.
    """
    if key == ALL:
        return None
    if week := _WEEK.fullmatch(key):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1)
    if month := _MONTH.fullmatch(key):
        return date(int(month[1]), int(month[2]), 1)
    if not _DAY.fullmatch(key):
        raise ValueError(f"no window {key!r}")
    return date.fromisoformat(key)


def last_day(key: str) -> date | None:
    """Return the last day of the window *key*; None for all time.

    :raises ValueError: if *key* names no window.
    """
    first = first_day(key)
    if first is None:
        return None
    kind = kind_of(key)
    if kind == "week":
        return first + timedelta(days=6)
    if kind == "month":
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first
