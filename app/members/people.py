"""Reads of people for organisers, always inside their subtrees. One statement each, unless said."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core.errors import Invalid, NotFound
from app.members.models import Member, RoleGrant
from app.members.queries import normal_no
from app.organisation.models import Branch

#: People on one page.
SHOWN = 30
#: What the database takes for an id at all.
LARGEST_ID = 2**31 - 1


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


def chosen(session: Session, paths: Sequence[str], code: str) -> Branch:
    """Return the branch *code* that a form chose.

    :raises Invalid: when the list had no such branch.
    """
    try:
        return branch(session, paths, code)
    except NotFound as elsewhere:
        raise Invalid({"branch": _l("请从列表里选一个。")}) from elsewhere


def member(session: Session, paths: Sequence[str], member_id: int, *, lock: bool = False) -> Member:
    """Return a member of the subtrees, active or not.

    :param lock: let another change of this member wait for this one.
    :raises NotFound: when not there or elsewhere.
    """
    query = select(Member).join(Branch, Branch.id == Member.branch_id).where(under(paths))
    if member_id > LARGEST_ID:
        raise NotFound()
    if lock:
        query = query.with_for_update(of=Member).execution_options(populate_existing=True)
    found = session.scalar(query.where(Member.id == member_id))
    if found is None:
        raise NotFound()
    return found


def found(
    session: Session, paths: Sequence[str], query: str, after: str = ""
) -> tuple[list[Person], str]:
    """Return a page of people whose number begins with or whose name contains *query*, by number.

    :param after: the number after which the page begins.
    :returns: the people, and the number after which the next page begins, empty at the end.
        Two statements.
    """
    people = select(Member, Branch.name).join(Branch, Branch.id == Member.branch_id)
    if query:
        people = people.where(
            or_(
                Member.no.startswith(normal_no(query), autoescape=True),
                Member.name.contains(query, autoescape=True),
            )
        )
    if after:
        people = people.where(Member.no > after)
    wanted = people.where(under(paths)).order_by(Member.no).limit(SHOWN + 1)
    rows = session.execute(wanted).all()
    more = rows[SHOWN - 1][0].no if len(rows) > SHOWN else ""
    held = roles_of(session, paths, [one.id for one, _ in rows[:SHOWN]])
    return [Person(one, name, held.get(one.id, [])) for one, name in rows[:SHOWN]], more


def roles_of(
    session: Session, paths: Sequence[str], ids: Sequence[int]
) -> dict[int, list[tuple[str, str, str]]]:
    """Return the roles over branches of the subtrees of each member, as in ``Person``."""
    rows = session.execute(
        select(RoleGrant.member_id, RoleGrant.role, Branch.code, Branch.name)
        .join(Branch, Branch.id == RoleGrant.branch_id)
        .where(RoleGrant.member_id.in_(ids), under(paths))
        .order_by(RoleGrant.id)
    )
    held: dict[int, list[tuple[str, str, str]]] = {}
    for member_id, role, code, name in rows:
        held.setdefault(member_id, []).append((role, code, name))
    return held


def holds(session: Session, who: Member, role: str) -> bool:
    """Tell whether *who* holds *role* anywhere."""
    query = select(RoleGrant.id).where(RoleGrant.member_id == who.id, RoleGrant.role == role)
    return session.scalar(query.order_by(RoleGrant.id).limit(1)) is not None
