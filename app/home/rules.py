"""Pure rules of the today page."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from app.organisation.rules import shift_on

#: A streak longer than this is shown as this.
LONGEST = 60


def streak(
    active: Collection[date], cycle: Sequence[str | None] | None, anchor: date | None, today: date
) -> int:
    """Return how many worked days in a row, up to today, had at least one entry.

    A day off neither counts nor breaks it; today does not break it while it lasts. Without a rota
    every day is a worked day.
    """
    count, day = 0, today
    while count < LONGEST and (today - day).days < 3 * LONGEST:
        worked = not cycle or anchor is None or shift_on(cycle, anchor, day) is not None
        if worked and day in active:
            count += 1
        elif worked and day != today:
            break
        day -= timedelta(days=1)
    return count


def is_over(starts: time, ends: time, now: datetime) -> bool:
    """Tell whether the shift that began today has ended; one that crosses midnight has not."""
    return starts < ends <= now.time()


def people_to_pass(mine: float, ahead: float, eligible: int, gain: int, *, prior: int = 20) -> int:
    """Return how many more people of *gain* points each lift *mine* above *ahead*.

    Both are shrunk means, points per person; one person's points count divided by eligible + prior.
    """
    if ahead < mine:
        return 0
    each = gain / (eligible + prior)
    return int((ahead - mine) / each) + 1
