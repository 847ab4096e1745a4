"""Pure rules of the rota."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import groupby


def shift_on(cycle: Sequence[str | None], anchor: date, day: date) -> str | None:
    """Return the shift code worked on *day*, or None on a day off or without a cycle."""
    if not cycle:
        return None
    return cycle[(day - anchor).days % len(cycle)]


def runs(cycle: Sequence[str | None]) -> list[tuple[str | None, int]]:
    """Return the cycle as (shift code or None, days on end), e.g. ``[("early", 2), (None, 1)]``."""
    return [(code, len(list(days))) for code, days in groupby(cycle)]


def days_from(
    cycle: Sequence[str | None], anchor: date, first: date, count: int
) -> list[tuple[date, str | None]]:
    """Return the shift code of each of *count* days from *first*, None on a day off."""
    days = [first + timedelta(days=n) for n in range(count)]
    return [(day, shift_on(cycle, anchor, day)) for day in days]


def minutes_long(starts_at: time, ends_at: time) -> int:
    """Return how many minutes a shift lasts, 1 to 1439; an end before the start is the next day."""
    start, end = (t.hour * 60 + t.minute for t in (starts_at, ends_at))
    return (end - start) % (24 * 60)
