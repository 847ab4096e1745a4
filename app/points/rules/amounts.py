"""Checks of the numbers that several kinds of rule share."""

from collections.abc import Mapping
from typing import Any

#: No single award is worth more.
LARGEST = 1000


def amount_problems(config: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with ``points`` and ``cap``: whole numbers from 1, the cap optional."""
    found = []
    if not _whole(config.get("points"), 1, LARGEST):
        found.append(f"points 应为 1 到 {LARGEST} 的整数。")
    if "cap" in config and not _whole(config["cap"], 1, 100 * LARGEST):
        found.append(f"cap 应为 1 到 {100 * LARGEST} 的整数；不设上限时不要填写。")
    return found


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
