"""The same points for every event, e.g. 5 for a completed lesson."""

from collections.abc import Mapping
from typing import Any

from app.points.rules.amounts import amount_problems

KEY = "fixed"


def problems(config: Mapping[str, Any]) -> list[str]:
    """Return every problem of ``{"points": 5, "cap": 15}``."""
    return amount_problems(config)


def points(config: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """Return the rule's points, whatever the facts."""
    return int(config["points"])
