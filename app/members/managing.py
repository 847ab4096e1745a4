"""What an organiser does to people: each change is audited, none locks the organisation out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.core import audit, stale
from app.core.errors import DomainError, Invalid
from app.members import choosing, naming, queries, services
from app.members.models import Member, Membership, RoleGrant
from app.organisation.models import Branch


class LastOrganiser(DomainError):
    """Nobody would be left who may manage the whole organisation."""

    error = "last_organiser"
    title = _l("不能没有组织者")
    detail = _l("这是最后一位管整个组织的组织者。请先把这个角色授予另一个人。")


class OutOfReach(DomainError):
    """The person holds a role outside the organiser's subtrees, so their login is not theirs."""

    status = 403
    error = "out_of_reach"
    title = _l("没有权限")
    detail = _l("这个人还有你管不到的角色，请由管整个组织的组织者来做。")


class Myself(DomainError):
    """Nobody does this to themselves."""

    error = "myself"
    detail = _l("不能停用自己。请让另一位组织者来做。")


def add_person(
    session: Session,
    no: str,
    name: str,
    branch: Branch,
    password: str,
    *,
    by: int | None,
    at: datetime,
    work: tuple[int | None, int | None] = (None, None),
) -> Member:
    """Add a person with a first password, or none: no login is possible then. Flushes.

    :param work: ids of the post and the rota, each None without one.
    :raises Invalid: naming every field that is wrong.
    :raises NumberTaken: when the staff number is in use.
    """
    wrong: dict[str, Any] = naming.problems(no, name)
    weak = choosing.problem(password, queries.normal_no(no), name.strip()) if password else ""
    if weak:
        wrong["password"] = weak
    if wrong:
        raise Invalid(wrong)
    member = services.add_member(
        session, no, name, branch, at=at, password=password, post_id=work[0], rota_id=work[1]
    )
    _note(session, "member.add", member, by, at, no=member.no, branch=branch.code)
    return member


def stamp(member: Member) -> str:
    """Return what changes with the name, the branch and whether the person is active."""
    return stale.stamp_of(member.name, member.branch_id, member.active)


def rename(
    session: Session, member: Member, name: str, *, seen: str, by: int, at: datetime
) -> None:
    """Give *member* another name; the same again changes nothing.

    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: naming a name that will not do.
    """
    stale.refuse_stale(stamp(member), seen)
    before, called = member.name, naming.clean_name(name)
    if before != called:
        member.name = called
        _note(session, "member.rename", member, by, at, before=before, after=called)


def move(
    session: Session, member: Member, branch: Branch, *, seen: str, by: int, at: datetime
) -> None:
    """Let *member* belong to *branch* from now on; earlier points stay where they were earned.

    :raises ChangedMeanwhile: when the form is stale.
    """
    stale.refuse_stale(stamp(member), seen)
    if branch.id == member.branch_id:
        return
    before = session.get_one(Branch, member.branch_id).code
    lasting = Membership.member_id == member.id, Membership.until.is_(None)
    session.execute(update(Membership).where(*lasting).values(until=at))
    session.add(Membership(member_id=member.id, branch_id=branch.id, since=at))
    member.branch_id = branch.id
    _note(session, "member.move", member, by, at, before=before, after=branch.code)


def set_active(
    session: Session, member: Member, active: bool, *, seen: str, by: int, at: datetime
) -> None:
    """Let *member* log in again, or end every login and token and allow no new login.

    :raises ChangedMeanwhile: when the form is stale.
    :raises Myself: for one's own.
    :raises LastOrganiser: when nobody would be left to manage everything.
    """
    stale.refuse_stale(stamp(member), seen)
    if active == member.active:
        return
    if not active:
        if member.id == by:
            raise Myself()
        _keep_one(session, member)
        services.end_logins(session, member, at=at)
    member.active = active
    _note(session, "member.activate" if active else "member.deactivate", member, by, at)


def revoke(
    session: Session, member: Member, role: str, branch: Branch, *, by: int, at: datetime
) -> None:
    """Take a role over *branch* from *member*; a second time changes nothing.

    :raises LastOrganiser: when nobody would be left to manage everything.
    """
    held = select(RoleGrant).filter_by(member_id=member.id, role=role, branch_id=branch.id)
    found = session.scalar(held)
    if found is None:
        return
    if role == "organiser" and branch.parent_id is None and member.active:
        _keep_one(session, member)
    session.delete(found)
    _note(session, "role.revoke", member, by, at, role=role, over=branch.code)


def need_reach(session: Session, member: Member, paths: Sequence[str]) -> None:
    """Refuse to take over the login of somebody who holds a role outside the subtrees *paths*.

    :raises OutOfReach: when there is such a role.
    """
    if not reaches(session, member, paths):
        raise OutOfReach()


def reaches(session: Session, member: Member, paths: Sequence[str]) -> bool:
    """Tell whether every role of *member* lies in the subtrees *paths*. One statement."""
    held = select(Branch.path).join(RoleGrant, RoleGrant.branch_id == Branch.id)
    over = session.scalars(held.where(RoleGrant.member_id == member.id))
    return all(path.startswith(tuple(paths)) for path in over)


def _keep_one(session: Session, leaving: Member) -> None:
    """Refuse unless another organiser of everything can log in; two at once wait here."""
    session.execute(
        select(Branch.id).where(Branch.parent_id.is_(None)).with_for_update(key_share=True)
    )
    others = (
        select(func.count(Member.id.distinct()))
        .join(RoleGrant, RoleGrant.member_id == Member.id)
        .join(Branch, Branch.id == RoleGrant.branch_id)
        .where(RoleGrant.role == "organiser", Branch.parent_id.is_(None))
        .where(Member.active, Member.password_hash != "", Member.id != leaving.id)
    )
    mine = (
        select(RoleGrant.id)
        .join(Branch, Branch.id == RoleGrant.branch_id)
        .where(RoleGrant.role == "organiser", Branch.parent_id.is_(None))
        .where(RoleGrant.member_id == leaving.id)
    )
    if session.scalar(mine) is not None and not session.scalar(others):
        raise LastOrganiser()


def _note(
    session: Session, action: str, member: Member, by: int | None, at: datetime, **detail: Any
) -> None:
    audit.record(session, action, f"member:{member.id}", actor_id=by, at=at, **detail)
    session.flush()
