"""Pure rules of the rota."""

from collections.abc import Sequence
from datetime import date


def shift_on(cycle: Sequence[str | None], anchor: date, day: date) -> str | None:
    """Return the shift code worked on *day*, or None on a day off or without a cycle."""
    if not cycle:
        return None
    return cycle[(day - anchor).days % len(cycle)]
