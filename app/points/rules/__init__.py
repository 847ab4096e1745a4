"""Kinds of points rule: what an event is worth. Pure; one file a kind, listed here."""

from collections.abc import Mapping
from typing import Any, Protocol

from app.points.rules import fixed, manual, score_share, when


class Kind(Protocol):
    """What every kind of rule offers."""

    KEY: str

    def problems(self, config: Mapping[str, Any]) -> list[str]:
        """Return every problem of *config* as sentences for its author."""

    def points(self, config: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
        """Return what an event with *facts* is worth under *config*, before any cap."""


#: In the order in which they are offered.
KINDS: dict[str, Kind] = {kind.KEY: kind for kind in (fixed, score_share, when, manual)}


def problems(kind: str, config: Mapping[str, Any]) -> list[str]:
    """Return every problem of a rule's *config* as sentences; empty when it can be used."""
    if kind not in KINDS:
        return [f"没有这种积分规则：{kind}"]
    return KINDS[kind].problems(config)


def points(kind: str, config: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """Return what an event with *facts* is worth, before any cap; 0 means nothing to write.

    :raises KeyError: for an unknown kind or a fact that the rule needs and the event lacks.
    """
    return KINDS[kind].points(config, facts)
