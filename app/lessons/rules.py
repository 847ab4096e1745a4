"""Pure rules of completing a lesson."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Thousandths that count as read to the end: the last screen seldom shows the very end.
READ_TO_THE_END = 900


@dataclass(frozen=True)
class Missing:
    """What a member still has to do: read on, answer checks rightly, stay a while (seconds)."""

    read: bool
    checks: int
    seconds: int

    @property
    def nothing(self) -> bool:
        """Tell whether the lesson may be completed."""
        return not self.read and not self.checks and not self.seconds


def missing(
    completion: Mapping[str, Any], *, position: int, checks: Mapping[str, bool], seconds: int
) -> Missing:
    """Return what is missing for *completion*, e.g. ``{"read": true, "checks_right": 2}``.

    :param position: how far it was read, in thousandths.
    :param checks: check question number → answered rightly at least once.
    :param seconds: since the lesson was first opened.
    """
    right = sum(1 for ok in checks.values() if ok)
    return Missing(
        read=bool(completion.get("read")) and position < READ_TO_THE_END,
        checks=max(0, int(completion.get("checks_right", 0)) - right),
        seconds=max(0, int(completion.get("seconds", 0)) - seconds),
    )
