"""Reads of hall screens. Each function runs one statement."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.live.models import ScreenToken
from app.organisation.models import Branch


@dataclass(frozen=True)
class Screen:
    """A hall screen and the branch whose board it shows."""

    row: ScreenToken
    branch: Branch

    @property
    def key(self) -> str:
        """Return what names the screen in an address of the organiser; not its token."""
        return self.row.token_hash[:16]


def token_hash(token: str) -> str:
    """Return the SHA-256 that stands for a token in the database, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def screen(session: Session, token: str, *, at: datetime) -> Screen:
    """Return the screen that *token* opens.

    :raises NotFound: alike for an unknown, an expired and a revoked token.
    """
    query = (
        select(ScreenToken, Branch)
        .join(Branch, Branch.id == ScreenToken.branch_id)
        .where(
            ScreenToken.token_hash == token_hash(token),
            ScreenToken.expires_at > at,
            ScreenToken.ended_at.is_(None),
        )
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound()
    return Screen(*found)


def screens(session: Session, paths: Sequence[str], *, at: datetime) -> list[Screen]:
    """Return the screens that work now and show branches under *paths*, newest first."""
    query = (
        select(ScreenToken, Branch)
        .join(Branch, Branch.id == ScreenToken.branch_id)
        .where(
            or_(*(Branch.path.startswith(path, autoescape=True) for path in paths)),
            ScreenToken.expires_at > at,
            ScreenToken.ended_at.is_(None),
        )
        .order_by(ScreenToken.id.desc())
    )
    return [Screen(row, branch) for row, branch in session.execute(query)]


def own_screen(session: Session, paths: Sequence[str], key: str) -> Screen:
    """Return the screen with this key under *paths*, ended or not.

    :raises NotFound: alike if there is none and if it is elsewhere.
    """
    query = (
        select(ScreenToken, Branch)
        .join(Branch, Branch.id == ScreenToken.branch_id)
        .where(
            ScreenToken.token_hash.startswith(key, autoescape=True),
            or_(*(Branch.path.startswith(path, autoescape=True) for path in paths)),
        )
    )
    found = session.execute(query).first() if len(key) == 16 else None
    if found is None:
        raise NotFound()
    return Screen(*found)
