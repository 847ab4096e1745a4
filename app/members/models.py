"""Members, their roles, logins and tokens as stored."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, UtcDateTime
from app.organisation.models import Branch, Post, Rota

#: Every role; each is held over a branch subtree. All active people are members as well.
ROLES = ("secretary", "author", "judge", "organiser", "auditor")


class Member(Base):
    """A person with a login: 党员 or 职工."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Staff number 工号, NFKC and upper case: what one logs in with.
    no: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    #: Argon2id; empty means that no login is possible yet.
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    rota_id: Mapped[int | None] = mapped_column(ForeignKey("rota.id"))
    active: Mapped[bool] = mapped_column(default=True)
    #: zh or en; empty follows the browser.
    locale: Mapped[str] = mapped_column(String(8), default="")
    #: light, dark; empty follows the phone.
    theme: Mapped[str] = mapped_column(String(8), default="")
    #: Large-type mode 大字版.
    large_type: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    branch: Mapped[Branch] = relationship(lazy="raise")
    post: Mapped[Post | None] = relationship(lazy="raise")
    rota: Mapped[Rota | None] = relationship(lazy="raise")


class Membership(Base):
    """The branch a member belonged to, from when to when: history is kept."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None while it lasts.
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(
            "uq_membership_current",
            "member_id",
            unique=True,
            sqlite_where=until.is_(None),
            postgresql_where=until.is_(None),
        ),
    )


class RoleGrant(Base):
    """A role that a member holds over a branch and everything below it."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    #: One of ROLES.
    role: Mapped[str] = mapped_column(String(20))
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("member_id", "role", "branch_id", name="uq_role_grant_held_once"),
        CheckConstraint(
            "role IN ('secretary', 'author', 'judge', 'organiser', 'auditor')", name="role_known"
        ),
    )


class LoginSession(Base):
    """One login on one device; the cookie holds only its id, so it can be ended from here."""

    __tablename__ = "login_session"

    #: 128 random bits, URL-safe.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Absolute end, set at login.
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApiToken(Base):
    """A bearer token of the JSON interface; only its hash is kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    #: SHA-256 of the token, hexadecimal.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
