"""Points that a person gives or takes by hand; the event itself says how many."""

from collections.abc import Mapping
from typing import Any

KEY = "manual"


def problems(config: Mapping[str, Any]) -> list[str]:
    """Return every problem of the config, which must be empty: a cap would hide a decision."""
    return ["人工记分不设 points 和 cap，分值写在每一笔里。"] if config else []


def points(config: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """Return the event's own ``points``, which may be negative."""
    return int(facts["points"])
