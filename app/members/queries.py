"""Reads of people. Each function says how many statements it runs."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from app.members.models import ApiToken, LoginSession, Member, RoleGrant
from app.organisation.models import Branch


@dataclass(frozen=True)
class Found:
    """A member with their branch loaded, and (role, branch path) of every grant."""

    member: Member
    grants: tuple[tuple[str, str], ...]


def normal_no(no: str) -> str:
    """Return the staff number as stored: NFKC, no spaces, upper case."""
    return "".join(unicodedata.normalize("NFKC", no).split()).upper()


def token_hash(token: str) -> str:
    """Return the SHA-256 that stands for a token in the database, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def _people() -> Select[Member, str | None, str | None]:
    held = Branch.__table__.alias("held")
    return (
        select(Member, RoleGrant.role, held.c.path)
        .join(Branch, Branch.id == Member.branch_id)
        .outerjoin(RoleGrant, RoleGrant.member_id == Member.id)
        .outerjoin(held, held.c.id == RoleGrant.branch_id)
        .options(contains_eager(Member.branch))
        .where(Member.active)
    )


def _found(session: Session, query: Select[Member, str | None, str | None]) -> Found | None:
    rows = session.execute(query).all()
    if not rows:
        return None
    grants = tuple((role, path) for _, role, path in rows if role is not None and path is not None)
    return Found(rows[0][0], grants)


def login(session: Session, login_id: str, *, at: datetime) -> Found | None:
    """Return the active member behind a login that has not ended, or None. One statement."""
    query = _people().join(LoginSession, LoginSession.member_id == Member.id)
    alive = (LoginSession.ended_at.is_(None), LoginSession.expires_at > at)
    return _found(session, query.where(LoginSession.id == login_id, *alive))


def token_owner(session: Session, token: str) -> Found | None:
    """Return the active member who owns the bearer *token*, or None. One statement."""
    query = _people().join(ApiToken, ApiToken.member_id == Member.id)
    mine = (ApiToken.token_hash == token_hash(token), ApiToken.ended_at.is_(None))
    return _found(session, query.where(*mine))


def by_no(session: Session, no: str) -> Member | None:
    """Return the member with this staff number, active or not, or None. One statement."""
    return session.scalar(select(Member).where(Member.no == normal_no(no)))
