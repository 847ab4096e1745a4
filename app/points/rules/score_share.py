"""Points in proportion to a score, e.g. up to 10 for a quiz."""

from collections.abc import Mapping
from typing import Any

from app.points.rules.amounts import amount_problems

KEY = "score_share"


def problems(config: Mapping[str, Any]) -> list[str]:
    """Return every problem of ``{"points": 10, "cap": 30}``."""
    return amount_problems(config)


def points(config: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """Return ``points × score / max_score``, rounded half up; 0 below 0 or without a maximum.

    ``score`` and ``max_score`` are in one unit, e.g. both in tenths of a mark; a score above
    the maximum counts as the maximum.
    """
    score, best = int(facts["score"]), int(facts["max_score"])
    if best <= 0 or score <= 0:
        return 0
    return (2 * int(config["points"]) * min(score, best) + best) // (2 * best)
