"""What a round's format is: pure rules that rank results and say who advances."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """One member's best attempt in a round. Marks in tenths, time used in seconds."""

    member_id: int
    branch_id: int
    attempt_id: int
    score_tenths: int
    seconds: int


@dataclass(frozen=True)
class Placed:
    """A result with its rank, from 1 and shared by equals, and whether it advances."""

    result: Result
    rank: int
    advanced: bool


class Format(ABC):
    """One way to run a round."""

    key: str

    @abstractmethod
    def problems(self, config: Mapping[str, Any]) -> list[str]:
        """Return stable words for everything wrong with *config*; empty if it can be used."""

    @abstractmethod
    def place(self, results: Sequence[Result], config: Mapping[str, Any]) -> list[Placed]:
        """Return *results* in their final order. The order is total: the same input, any order."""


def in_order(results: Sequence[Result]) -> list[tuple[int, Result]]:
    """Return (rank, result): higher score first, then less time; equals share a rank.

    The member id only fixes the order of equals on the page, never a rank.
    """
    ordered = sorted(results, key=lambda r: (-r.score_tenths, r.seconds, r.member_id))
    ranked: list[tuple[int, Result]] = []
    for position, result in enumerate(ordered, 1):
        rank = position
        if ranked:
            last_rank, last = ranked[-1]
            if (last.score_tenths, last.seconds) == (result.score_tenths, result.seconds):
                rank = last_rank
        ranked.append((rank, result))
    return ranked
