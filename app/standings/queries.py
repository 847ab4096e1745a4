"""Reads of totals for boards. Each function says how many statements it runs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, aliased

from app.members.models import Member
from app.organisation import queries as organisation
from app.organisation.models import Branch
from app.points import windows
from app.points.models import PointBucket, PointTotal
from app.points.totals import BUCKET
from app.standings.rules import Figures

#: Lines of a member board.
TOP = 100


@dataclass(frozen=True)
class Place:
    """A member's line on a board."""

    rank: int
    member_id: int
    name: str
    branch: str
    points: int
    mine: bool = False


def top_members(
    session: Session, window: str, branch_ids: Sequence[int] | None, limit: int
) -> list[tuple[int, str, str, int]]:
    """Return (member id, name, branch name, points) of the best, in the board's total order.

    One statement over the index of the order, however many members there are.
    """
    query = (
        select(PointTotal.member_id, Member.name, Branch.name, PointTotal.points)
        .join(Member, Member.id == PointTotal.member_id)
        .join(Branch, Branch.id == PointTotal.branch_id)
        .where(PointTotal.window == window, PointTotal.points > 0)
        .order_by(PointTotal.points.desc(), PointTotal.reached_at, PointTotal.member_id)
        .limit(limit)
    )
    if branch_ids is not None:
        query = query.where(PointTotal.branch_id.in_(branch_ids))
    return [tuple(row) for row in session.execute(query)]  # type: ignore[misc]


def place(
    session: Session, window: str, member: Member, branch_ids: Sequence[int] | None
) -> Place | None:
    """Return the member's exact place, or None without points in this window. One statement.

    Over the whole organisation the rank is the histogram's buckets above plus a count inside
    the member's own; inside some branches it is a count over their index.
    """
    mine = aliased(PointTotal)
    other = aliased(PointTotal)
    better = select(func.count()).where(other.window == window, other.points > mine.points)
    if branch_ids is None:
        bucket = mine.points // BUCKET
        near = better.where(other.points < (bucket + 1) * BUCKET)
        far = select(func.coalesce(func.sum(PointBucket.members), 0)).where(
            PointBucket.window == window, PointBucket.bucket > bucket
        )
        above = far.correlate(mine).scalar_subquery() + near.correlate(mine).scalar_subquery()
    else:
        inside = better.where(other.branch_id.in_(branch_ids))
        above = inside.correlate(mine).scalar_subquery()
    query = (
        select(mine.points, Branch.name, above + 1)
        .join(Branch, Branch.id == mine.branch_id)
        .where(mine.window == window, mine.member_id == member.id, mine.points > 0)
    )
    if branch_ids is not None:
        query = query.where(mine.branch_id.in_(branch_ids))
    row = session.execute(query).first()
    if row is None:
        return None
    points, branch, rank = row
    return Place(rank, member.id, member.name, branch, points, mine=True)


def figures(session: Session, window: str, today: date) -> list[Figures]:
    """Return the figures of every competing branch, groups counted in, by code.

    Three statements, two of them over all members: keep the answer for a few seconds.
    """
    tree = organisation.tree(session)
    competing = [branch for branch in tree if branch.level == "branch"]
    home = {
        branch.id: one.id
        for branch in tree
        for one in competing
        if branch.path.startswith(one.path)
    }
    eligible: dict[int, int] = defaultdict(int)
    for branch_id, members in _eligible(session):
        eligible[home.get(branch_id, 0)] += members
    day = windows.key_for("day", today)
    moves = began_before(window, today)
    points: dict[tuple[str, int], int] = defaultdict(int)
    active: dict[int, int] = defaultdict(int)
    for key, branch_id, total, participants in _totals(session, {window, day}):
        points[key, home.get(branch_id, 0)] += total
        active[home.get(branch_id, 0)] += participants if key == window else 0
    return [
        Figures(
            branch_id=one.id,
            code=one.code,
            name=one.name,
            path=one.path,
            eligible=eligible[one.id],
            participants=active[one.id],
            points=points[window, one.id],
            points_before=points[window, one.id] - points[day, one.id] if moves else None,
        )
        for one in sorted(competing, key=lambda one: one.code)
    ]


def began_before(window: str, today: date) -> bool:
    """Tell whether the window runs and began before *today*, so that places can have moved."""
    first, last = windows.first_day(window), windows.last_day(window)
    return first is None or last is None or first < today <= last


def _eligible(session: Session) -> list[tuple[int, int]]:
    query = select(Member.branch_id, func.count()).where(Member.active).group_by(Member.branch_id)
    return [(branch_id, members) for branch_id, members in session.execute(query)]


def _totals(session: Session, keys: set[str]) -> list[tuple[str, int, int, int]]:
    takes_part = case((and_(Member.active, PointTotal.points > 0), 1), else_=0)
    query = (
        select(
            PointTotal.window,
            PointTotal.branch_id,
            func.sum(PointTotal.points),
            func.sum(takes_part),
        )
        .join(Member, Member.id == PointTotal.member_id)
        .where(PointTotal.window.in_(sorted(keys)))
        .group_by(PointTotal.window, PointTotal.branch_id)
    )
    return [(w, b, int(total), int(part)) for w, b, total, part in session.execute(query)]
