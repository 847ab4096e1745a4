"""Pure rules of standings: the shrunk mean, shared ranks, participation, movement."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Imaginary average members that every branch gets.
PRIOR = 20


@dataclass(frozen=True)
class Figures:
    """What a branch's place is made of; points of one window."""

    branch_id: int
    code: str
    name: str
    #: Codes from the root down; members of its groups count with it.
    path: str
    #: Active members now.
    eligible: int
    #: Active members with points in the window.
    participants: int
    points: int
    #: Points at the end of yesterday; None when the window began today or is over.
    points_before: int | None = None


@dataclass(frozen=True)
class BranchRow:
    """A branch's place on a board."""

    rank: int
    figures: Figures
    #: Shrunk mean, points per member, rounded to 2 places: what is shown is what ranks.
    score: float
    #: Per cent of the active members with points, 0 to 100, rounded down.
    participation: int
    #: Places won (+) or lost (-) since yesterday; None when there is nothing to compare with.
    delta: int | None
    mine: bool = False


def shrunk_mean(points: int, eligible: int, overall_mean: float, *, prior: int = PRIOR) -> float:
    """Return a branch's points per eligible member, drawn towards the overall mean.

    With *prior* imaginary average members added, a branch of 8 cannot top (or tail) the
    board by luck alone. ``0 <= eligible``; points per person.
    """
    return (points + prior * overall_mean) / (eligible + prior)


def overall_mean(figures: Sequence[Figures]) -> float:
    """Return the points per active member over all branches; 0 without members."""
    eligible = sum(one.eligible for one in figures)
    return sum(one.points for one in figures) / eligible if eligible else 0.0


def ranks(values: Sequence[float]) -> list[int]:
    """Return the rank of each of *values*, best first: equals share, the next rank is skipped."""
    found: list[int] = []
    for place, value in enumerate(values, 1):
        shared = place > 1 and value == values[place - 2]
        found.append(found[-1] if shared else place)
    return found


def participation(participants: int, eligible: int) -> int:
    """Return the per cent of members who take part, 0 to 100, rounded half up.

    100 means everybody and 0 nobody: short of that it is 99 or 1.
    """
    if not participants or not eligible:
        return 0
    if participants >= eligible:
        return 100
    return min(99, max(1, (200 * participants + eligible) // (2 * eligible)))


def branch_rows(figures: Sequence[Figures], my_path: str = "") -> list[BranchRow]:
    """Return the board of the branches with members: score, then points, then code.

    :param my_path: path of the reader's branch, which may be a group inside a competing one.
    """
    standing = [one for one in figures if one.eligible]
    scores = _scores({one.code: one.points for one in standing}, standing)
    order = sorted(standing, key=lambda one: (-scores[one.code], -one.points, one.code))
    before = _ranks_before(standing)
    return [
        BranchRow(
            rank=rank,
            figures=one,
            score=scores[one.code],
            participation=participation(one.participants, one.eligible),
            delta=before[one.code] - rank if before else None,
            mine=my_path.startswith(one.path),
        )
        for one, rank in zip(order, ranks([scores[one.code] for one in order]), strict=True)
    ]


def _scores(points: dict[str, int], standing: Sequence[Figures]) -> dict[str, float]:
    eligible = sum(one.eligible for one in standing)
    mean = sum(points.values()) / eligible if eligible else 0.0
    return {
        one.code: round(shrunk_mean(points[one.code], one.eligible, mean), 2) for one in standing
    }


def _ranks_before(standing: Sequence[Figures]) -> dict[str, int]:
    points = {one.code: one.points_before for one in standing if one.points_before is not None}
    if len(points) < len(standing) or not any(points.values()):
        return {}
    scores = sorted(_scores(points, standing).items(), key=lambda pair: -pair[1])
    places = ranks([score for _code, score in scores])
    return {code: place for (code, _score), place in zip(scores, places, strict=True)}


def masked_name(name: str) -> str:
    """Return a person's name for a public wall: 张*三, 王*, J*n."""
    if len(name) < 2:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}*{name[-1]}"
