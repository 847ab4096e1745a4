"""A final round: the invited are ranked; nobody advances further."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.competitions.formats.base import Format, Placed, Result, in_order


class Final(Format):
    """``{}``: needs no configuration."""

    key = "final"

    def problems(self, config: Mapping[str, Any]) -> list[str]:
        """Return nothing: there is nothing to get wrong."""
        return []

    def place(self, results: Sequence[Result], config: Mapping[str, Any]) -> list[Placed]:
        """Rank by score, then time."""
        return [Placed(result, rank, False) for rank, result in in_order(results)]
