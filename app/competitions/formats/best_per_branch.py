"""A qualifying round: everyone may enter, the best N of each branch advance."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from app.competitions.formats.base import Format, Placed, Result, in_order

#: More than this of one branch would be no selection.
MOST = 50


class BestPerBranch(Format):
    """``{"best_per_branch": N}``, N from 1 to 50; equals at the border all advance."""

    key = "best_per_branch"

    def problems(self, config: Mapping[str, Any]) -> list[str]:
        """Return ``best_per_branch_range`` unless N is a whole number from 1 to 50."""
        number = config.get("best_per_branch")
        right = isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= MOST
        return [] if right else ["best_per_branch_range"]

    def place(self, results: Sequence[Result], config: Mapping[str, Any]) -> list[Placed]:
        """Rank all together; within each branch those ranked N or better advance."""
        by_branch: dict[int, list[Result]] = defaultdict(list)
        for result in results:
            by_branch[result.branch_id].append(result)
        through = {
            result.member_id
            for mine in by_branch.values()
            for rank, result in in_order(mine)
            if rank <= config["best_per_branch"]
        }
        return [Placed(r, rank, r.member_id in through) for rank, r in in_order(results)]
