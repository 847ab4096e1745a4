"""What a hall screen shows: branches under its branch, or the members of a single one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.live.rules import Part, part
from app.organisation import queries as organisation
from app.organisation.models import Branch
from app.standings.boards import branch_board, member_board
from app.standings.rules import masked_name

#: Members ranked on the wall of a single branch.
MEMBERS = 24


@dataclass(frozen=True)
class Line:
    """One line on the wall."""

    rank: int
    name: str
    #: Small words after the name; empty for none.
    sub: str
    value: str
    #: Per cent that take part; None on a line of a person.
    participation: int | None = None
    delta: int | None = None


def lines(session: Session, branch: Branch, window: str, *, at: datetime) -> Part[Line]:
    """Return the lines on the wall at this moment; empty while nobody has points."""
    board = branch_board(session, window, at=at, under=branch.path)
    if len(board.rows) > 1:
        rows = [
            Line(
                row.rank,
                row.figures.name,
                "",
                f"{row.score:.2f}",
                row.participation,
                row.delta,
            )
            for row in board.rows
        ]
        return part(rows if board.mean > 0 else [], at)
    ids = organisation.subtree_ids(session, branch.path)
    members = member_board(session, window, at=at, branch_ids=ids, limit=MEMBERS)
    people = [Line(m.rank, masked_name(m.name), "", str(m.points)) for m in members.rows]
    return part(people, at)
