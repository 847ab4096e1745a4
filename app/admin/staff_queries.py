"""Reads for the pages of branches, posts and rotas: each with how many people it has."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.members import people
from app.members.models import Member
from app.organisation import queries as organisation
from app.organisation.models import Branch, Post, Rota


@dataclass
class Node:
    """A branch with how many active people it has itself, and what hangs below."""

    branch: Branch
    people: int
    below: list["Node"] = field(default_factory=list)


def tree(session: Session, paths: Sequence[str]) -> list[Node]:
    """Return the tops of the subtrees with everything below, by code. One statement."""
    rows = session.execute(
        select(Branch, func.count(Member.id))
        .outerjoin(Member, and_(Member.branch_id == Branch.id, Member.active))
        .where(people.under(paths))
        .group_by(Branch.id)
    ).all()
    # Sorted here: a database may order "/" differently than by its code.
    nodes = sorted((Node(*row) for row in rows), key=lambda one: one.branch.path.split("/"))
    known = {one.branch.id: one for one in nodes}
    tops: list[Node] = []
    for one in nodes:
        above = known.get(one.branch.parent_id or 0)
        (above.below if above else tops).append(one)
    return tops


def people_in(session: Session, branch: Branch) -> int:
    """Return how many people belong to the branch itself, former ones included. One statement."""
    return session.scalar(select(func.count(Member.id)).filter_by(branch_id=branch.id)) or 0


def has_below(session: Session, branch: Branch) -> bool:
    """Tell whether branches hang below this one. One statement."""
    query = select(Branch.id).where(Branch.parent_id == branch.id).order_by(Branch.id).limit(1)
    return session.scalar(query) is not None


def posts(session: Session) -> list[tuple[Post, int]]:
    """Return every post by name with its active people. Two statements."""
    counts = _counts(session, Member.post_id)
    return [(one, counts.get(one.id, 0)) for one in organisation.posts(session)]


def rotas(session: Session) -> list[tuple[Rota, int]]:
    """Return every rota by code with its active people. Two statements."""
    counts = _counts(session, Member.rota_id)
    return [(one, counts.get(one.id, 0)) for one in organisation.rotas(session)]


def _counts(session: Session, column: InstrumentedAttribute[int | None]) -> dict[int | None, int]:
    query = select(column, func.count()).where(Member.active).group_by(column)
    return {row[0]: row[1] for row in session.execute(query)}
