"""Points only when a named fact holds, e.g. for a passed quiz."""

from collections.abc import Mapping
from typing import Any

from app.points.rules.amounts import amount_problems

KEY = "when"


def problems(config: Mapping[str, Any]) -> list[str]:
    """Return every problem of ``{"points": 10, "when": "passed", "cap": 20}``."""
    found = amount_problems(config)
    if not isinstance(config.get("when"), str) or not config["when"]:
        found.append("when 应写明条件的名称，例如 passed。")
    return found


def points(config: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """Return the rule's points if the fact named by ``when`` is true, else 0."""
    return int(config["points"]) if facts[config["when"]] else 0
