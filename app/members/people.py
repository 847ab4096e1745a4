"""Reads of people for organisers, always inside their subtrees. One statement each, unless said."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.members.models import Member, RoleGrant
from app.members.queries import normal_no
from app.organisation.models import Branch

#: People shown at once; the search narrows.
SHOWN = 50


@dataclass(frozen=True)
class Person:
    """A person with the branch's name and the roles held, as (role, branch code, branch name)."""

    member: Member
    branch: str
    roles: Sequence[tuple[str, str, str]]


def under(paths: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a branch lies in the subtrees *paths*."""
    return or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))


def branches(session: Session, paths: Sequence[str]) -> list[Branch]:
    """Return the branches of the subtrees, parents first."""
    return list(session.scalars(select(Branch).where(under(paths)).order_by(Branch.path)))


def branch(session: Session, paths: Sequence[str], code: str) -> Branch:
    """Return the branch *code* of the subtrees.

    :raises NotFound: when it is not there or elsewhere.
    """
    found = session.scalar(select(Branch).where(under(paths), Branch.code == code))
    if found is None:
        raise NotFound()
    return found


def member(session: Session, paths: Sequence[str], member_id: int) -> Member:
    """Return a member of the subtrees.

    :raises NotFound: when not there or elsewhere.
    """
    query = select(Member).join(Branch, Branch.id == Member.branch_id).where(under(paths))
    found = session.scalar(query.where(Member.id == member_id))
    if found is None:
        raise NotFound()
    return found


def found(session: Session, paths: Sequence[str], query: str) -> list[Person]:
    """Return people whose number begins with or whose name contains *query*. Two statements."""
    people = select(Member, Branch.name).join(Branch, Branch.id == Member.branch_id)
    if query:
        people = people.where(
            or_(
                Member.no.startswith(normal_no(query), autoescape=True),
                Member.name.contains(query, autoescape=True),
            )
        )
    rows = session.execute(people.where(under(paths)).order_by(Member.no).limit(SHOWN)).all()
    held = session.execute(
        select(RoleGrant.member_id, RoleGrant.role, Branch.code, Branch.name)
        .join(Branch, Branch.id == RoleGrant.branch_id)
        .where(RoleGrant.member_id.in_([one.id for one, _ in rows]))
        .order_by(RoleGrant.id)
    ).all()
    return [
        Person(one, name, [(r, code, b) for id_, r, code, b in held if id_ == one.id])
        for one, name in rows
    ]
