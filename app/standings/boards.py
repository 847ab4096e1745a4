"""Boards 榜单: who stands where in a window, of members or of branches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from flask import current_app
from sqlalchemy.orm import Session

from app.core import clock
from app.members.models import Member
from app.organisation.models import Branch
from app.points.windows import key_for, kind_of
from app.standings import queries, rules
from app.standings.keeping import Kept
from app.standings.queries import Place
from app.standings.rules import BranchRow, Figures

T = TypeVar("T")

#: Seconds for which a branch board may lag behind the ledger, unless BOARD_SECONDS says otherwise.
LAG = 5.0


@dataclass(frozen=True)
class Board(Generic[T]):
    """The lines of a board, best first, and the reader's own line wherever it stands."""

    #: Key of the window, e.g. ``2026-W47``.
    window: str
    rows: Sequence[T]
    mine: T | None
    as_of: datetime


@dataclass(frozen=True)
class BranchBoard(Board[BranchRow]):
    """A board of branches, with the mean that small ones are drawn towards."""

    #: Points per active member over all branches of the board.
    mean: float


def window_key(given: str, today: date) -> str | None:
    """Return the window's key for ``today``, ``week`` … or a key itself; None if there is none."""
    kind = "day" if given == "today" else given
    if kind in ("day", "week", "month", "all"):
        return key_for(kind, today)
    return given if kind_of(given) else None


def member_board(
    session: Session,
    window: str,
    *,
    at: datetime,
    branch_ids: Sequence[int] | None = None,
    limit: int = queries.TOP,
    me: Member | None = None,
) -> Board[Place]:
    """Return the best *limit* members of a window, and where *me* stands. Two statements at most.

    Equal points share a rank; among them stands first who got there first.

    :param branch_ids: only members whose points were earned last in one of these branches.
    """
    top = queries.top_members(session, window, branch_ids, limit)
    places = rules.ranks([points for _id, _name, _branch, points in top])
    my_id = me.id if me else 0
    rows = [
        Place(rank, member_id, name, branch, points, member_id == my_id)
        for rank, (member_id, name, branch, points) in zip(places, top, strict=True)
    ]
    mine = next((row for row in rows if row.mine), None)
    if mine is None and me is not None and len(rows) == limit:
        mine = queries.place(session, window, me, branch_ids)
    return Board(window, rows, mine, at)


def branch_board(
    session: Session,
    window: str,
    *,
    at: datetime,
    me_branch: Branch | None = None,
    under: str = "",
) -> BranchBoard:
    """Return every competing branch of a window in order. Three statements, at most every LAG.

    :param under: only branches whose path begins so; they are ranked among themselves.
    """
    figures, as_of = _figures(session, window, at)
    shown = [one for one in figures if one.path.startswith(under)]
    rows = rules.branch_rows(shown, me_branch.path if me_branch else "")
    mine = next((row for row in rows if row.mine), None)
    return BranchBoard(window, rows, mine, as_of, rules.overall_mean(shown))


def _figures(session: Session, window: str, at: datetime) -> tuple[list[Figures], datetime]:
    today = clock.local_day(at)
    kept: Kept[tuple[list[Figures], datetime]] = current_app.extensions.setdefault(
        "mingdeng.boards", Kept(current_app.config.get("BOARD_SECONDS", LAG))
    )
    return kept.get((window, today), lambda: (queries.figures(session, window, today), at))
