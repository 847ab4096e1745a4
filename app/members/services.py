"""Writes about people: adding them, their roles, logins and tokens."""

import secrets
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import audit, stale
from app.core.errors import DomainError, Invalid
from app.members import naming, passwords, queries
from app.members.models import ROLES, ApiToken, LoginSession, Member, Membership, RoleGrant
from app.organisation.models import Branch, Rota


class WrongPassword(DomainError):
    """The number and the password do not belong together; does not say which is wrong."""

    status = 422
    error = "wrong_password"
    title = _l("登录没有成功")
    detail = _l("工号或密码不对。请检查后再试；忘记密码请联系支部书记。")


class NumberTaken(DomainError):
    """Another person has this staff number."""

    error = "number_taken"
    detail = _l("这个工号已经有人使用。")


def add_member(
    session: Session,
    no: str,
    name: str,
    branch: Branch,
    *,
    at: datetime,
    password: str = "",
    post_id: int | None = None,
    rota_id: int | None = None,
) -> Member:
    """Add a person to *branch*. Flushes, so that the id is known.

    :raises NumberTaken: when the staff number is in use.
    :raises Invalid: naming a number or name that will not do.
    """
    wrong = naming.problems(no, name)
    if wrong:
        raise Invalid(wrong)
    number, called = naming.clean_no(no), naming.clean_name(name)
    if queries.by_no(session, number) is not None:
        raise NumberTaken()
    member = Member(
        no=number,
        name=called,
        branch_id=branch.id,
        post_id=post_id,
        rota_id=rota_id,
        password_hash=passwords.hashed(password) if password else "",
        created_at=at,
    )
    try:
        with session.begin_nested():
            session.add(member)
            session.flush()
    except IntegrityError as taken:
        raise NumberTaken() from taken
    session.add(Membership(member_id=member.id, branch_id=branch.id, since=at))
    return member


def grant(
    session: Session, member: Member, role: str, branch: Branch, *, by: int | None, at: datetime
) -> None:
    """Give *member* a role over the subtree of *branch*; a second time changes nothing.

    :raises Invalid: for a role that does not exist.
    """
    if role not in ROLES:
        raise Invalid({"role": _l("没有这个角色。")})
    held = select(RoleGrant).filter_by(member_id=member.id, role=role, branch_id=branch.id)
    if session.scalar(held) is None:
        session.add(
            RoleGrant(
                member_id=member.id, role=role, branch_id=branch.id, granted_by_id=by, granted_at=at
            )
        )
        audit.record(
            session,
            "role.grant",
            f"member:{member.id}",
            actor_id=by,
            at=at,
            role=role,
            over=branch.code,
        )
        session.flush()


def sign_in(session: Session, no: str, password: str, *, at: datetime) -> LoginSession:
    """Open a login for the right password. Takes as long for an unknown number.

    :raises WrongPassword: the same for a wrong password, an unknown and an inactive number.
    """
    member = queries.by_no(session, no)
    right = passwords.matches(member.password_hash if member else "", password)
    if member is None or not right or not member.active:
        raise WrongPassword()
    return open_login(session, member, at=at)


def open_login(session: Session, member: Member, *, at: datetime) -> LoginSession:
    """Open a login for *member* under a fresh random id."""
    opened = LoginSession(
        id=secrets.token_urlsafe(16),
        member_id=member.id,
        created_at=at,
        expires_at=at + timedelta(hours=current_app.config["LOGIN_HOURS"]),
    )
    session.add(opened)
    audit.record(session, "sign_in", f"member:{member.id}", actor_id=member.id, at=at)
    return opened


def end_login(session: Session, login_id: str, *, at: datetime) -> None:
    """End a login; ending it again changes nothing."""
    alive = LoginSession.id == login_id, LoginSession.ended_at.is_(None)
    session.execute(update(LoginSession).where(*alive).values(ended_at=at))


def set_password(
    session: Session, member: Member, password: str, *, by: int | None, at: datetime
) -> None:
    """Set a new password and end every login and bearer token of the member.

    :param by: who sets it; None for a command.
    """
    member.password_hash = passwords.hashed(password)
    end_logins(session, member, at=at)
    audit.record(session, "password.set", f"member:{member.id}", actor_id=by, at=at)


def end_logins(session: Session, member: Member, *, at: datetime) -> None:
    """End every login and bearer token of *member*."""
    mine = LoginSession.member_id == member.id, LoginSession.ended_at.is_(None)
    session.execute(update(LoginSession).where(*mine).values(ended_at=at))
    tokens = ApiToken.member_id == member.id, ApiToken.ended_at.is_(None)
    session.execute(update(ApiToken).where(*tokens).values(ended_at=at))


def set_look(member: Member, *, locale: str, theme: str, large_type: bool) -> None:
    """Remember how *member* wants to see pages; see ``Member`` for the values."""
    member.locale, member.theme, member.large_type = locale, theme, large_type


def create_token(session: Session, member: Member, *, at: datetime) -> str:
    """Return a new bearer token of *member*; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    session.add(ApiToken(member_id=member.id, token_hash=queries.token_hash(token), created_at=at))
    return token


def set_work(
    session: Session,
    member: Member,
    post_id: int | None,
    rota_id: int | None,
    *,
    seen: str,
    by: int,
    at: datetime,
) -> None:
    """Give *member* a post and a rota, or none; the same again changes nothing. Flushes.

    :param seen: the stamp of the work that the form was opened with, from ``work_stamp``.
    :raises ChangedMeanwhile: when somebody else changed it since.
    """
    stale.refuse_stale(work_stamp(member), seen)
    before, after = [member.post_id, member.rota_id], [post_id, rota_id]
    if before != after:
        member.post_id, member.rota_id = post_id, rota_id
        subject = f"member:{member.id}"
        audit.record(
            session, "member.work", subject, actor_id=by, at=at, before=before, after=after
        )
        session.flush()


def work_stamp(member: Member) -> str:
    """Return what changes whenever the post or the rota of *member* does."""
    return stale.stamp_of(member.post_id, member.rota_id)


def give_rota(session: Session, rota: Rota, branch: Branch, *, by: int, at: datetime) -> int:
    """Let every active person of *branch* itself follow *rota*; return how many did not before."""
    theirs = Member.branch_id == branch.id, Member.active, Member.rota_id.is_distinct_from(rota.id)
    given = session.execute(
        update(Member).where(*theirs).values(rota_id=rota.id).returning(Member.id)
    )
    count = len(given.all())
    if count:
        audit.record(
            session,
            "rota.give",
            f"rota:{rota.id}",
            actor_id=by,
            at=at,
            branch=branch.code,
            people=count,
        )
    return count
