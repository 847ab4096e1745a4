"""Totals per window and the histogram over them, moved in the award's own transaction."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case
from sqlalchemy.orm import Session

from app.core.upserts import insert_into, later
from app.points.models import PointBucket, PointEntry, PointTotal
from app.points.windows import windows_of

#: Width of a histogram bucket in points: a day spreads over a few, a year over some hundred.
BUCKET = 20

#: A window and a member.
Subject = tuple[str, int]


@dataclass(frozen=True)
class Figure:
    """A member's total in one window, its branch, and when it was reached."""

    points: int
    branch_id: int
    reached_at: datetime


def bucket_of(points: int) -> int:
    """Return the histogram bucket of a total."""
    return points // BUCKET


def figures(entries: Iterable[PointEntry]) -> dict[Subject, Figure]:
    """Return every total that *entries*, in the order of their ids, add up to. Pure.

    The branch is that of the newest award: a reversal belongs to the branch of the entry it takes
    back, which may be one that the member has left since.
    """
    found: dict[Subject, Figure] = {}
    for entry in entries:
        if entry.amount == 0:
            continue
        for window in windows_of(entry.local_day):
            old = found.get((window, entry.member_id))
            found[window, entry.member_id] = _plus(old, entry)
    return found


def _plus(old: Figure | None, entry: PointEntry) -> Figure:
    if old is None:
        return Figure(entry.amount, entry.branch_id, entry.occurred_at)
    branch_id = old.branch_id if entry.reverses_id else entry.branch_id
    reached_at = max(old.reached_at, entry.occurred_at)
    return Figure(old.points + entry.amount, branch_id, reached_at)


def row(subject: Subject, figure: Figure) -> dict[str, Any]:
    """Return the columns of a total."""
    return {
        "window": subject[0],
        "member_id": subject[1],
        "branch_id": figure.branch_id,
        "points": figure.points,
        "reached_at": figure.reached_at,
    }


def add(session: Session, entries: Iterable[PointEntry]) -> None:
    """Add *entries*, just written, to their totals and move the histogram.

    At most two statements. Rows are taken in one order by everybody, so awards cannot deadlock.
    """
    written = sorted(entries, key=lambda entry: entry.id)
    changes = figures(written)
    if not changes:
        return
    rows = [row(subject, change) for subject, change in sorted(changes.items())]
    new = insert_into(session, PointTotal)
    keep_branch = all(entry.reverses_id for entry in written)
    moved = session.execute(
        new.on_conflict_do_update(
            index_elements=["window", "member_id"],
            set_={
                "points": PointTotal.points + new.excluded.points,
                "reached_at": later(session, PointTotal.reached_at, new.excluded.reached_at),
                "branch_id": PointTotal.branch_id if keep_branch else new.excluded.branch_id,
            },
        ).returning(PointTotal.window, PointTotal.member_id, PointTotal.points),
        rows,
    )
    shifts: dict[tuple[str, int], int] = defaultdict(int)
    for window, member_id, points in moved:
        shift(shifts, window, points - changes[window, member_id].points, points)
    _move(session, {key: n for key, n in shifts.items() if n})


def shift(counts: dict[tuple[str, int], int], window: str, old: int, new: int) -> None:
    """Move one member of *window* from total *old* to *new* in *counts*.

    Only totals above 0 are counted: nobody ranks with less, and a row of 0 looks like no row.
    """
    if old > 0:
        counts[window, bucket_of(old)] -= 1
    if new > 0:
        counts[window, bucket_of(new)] += 1


def _move(session: Session, shifts: dict[tuple[str, int], int]) -> None:
    if not shifts:
        return
    # Those who leave are taken off by the CASE: a CHECK is tested on the proposed row already.
    rows = [
        {"window": window, "bucket": bucket, "members": max(0, n)}
        for (window, bucket), n in sorted(shifts.items())
    ]
    new = insert_into(session, PointBucket).values(rows)
    leaving = [
        (and_(PointBucket.window == window, PointBucket.bucket == bucket), -n)
        for (window, bucket), n in sorted(shifts.items())
        if n < 0
    ]
    members = PointBucket.members + new.excluded.members
    session.execute(
        new.on_conflict_do_update(
            index_elements=["window", "bucket"],
            set_={"members": members - case(*leaving, else_=0) if leaving else members},
        )
    )
