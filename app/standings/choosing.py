"""Which board a reader asks for: its key and window, or 404."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.organisation import queries as organisation
from app.organisation.models import Branch
from app.standings.boards import window_key

#: Prefix of the key of one branch's member board.
BRANCH = "branch-"


@dataclass(frozen=True)
class Choice:
    """A board's key and window; for one branch's members the branch and the ids below it."""

    key: str
    window: str
    branch: Branch | None = None
    branch_ids: Sequence[int] | None = None


def chosen(session: Session, key: str, window: str, today: date) -> Choice:
    """Return what ``/boards/<key>?window=`` means. Two statements for one branch, else none.

    :raises NotFound: for a board or window that does not exist.
    """
    found = window_key(window or "week", today)
    if found is None:
        raise NotFound()
    if key in ("members", "branches"):
        return Choice(key, found)
    if not key.startswith(BRANCH):
        raise NotFound()
    branch = organisation.by_code(session, key.removeprefix(BRANCH))
    if branch is None:
        raise NotFound()
    return Choice(key, found, branch, organisation.subtree_ids(session, branch.path))
