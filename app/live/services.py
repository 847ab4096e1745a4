"""Writes of the hall screen: opening and ending the right to show a board."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import Invalid
from app.live.models import ScreenToken
from app.live.queries import token_hash
from app.organisation.models import Branch

#: What a token looks like: 192 random bits.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")

#: Days for which a screen may be opened.
LONGEST = 366


def new_token() -> str:
    """Return a fresh random token."""
    return secrets.token_urlsafe(24)


def create_screen(
    session: Session,
    title: str,
    branch: Branch,
    *,
    by: int | None,
    at: datetime,
    days: int = 30,
    token: str = "",
) -> str:
    """Open a screen for the boards under *branch* and return its token; only its hash is kept.

    :param token: made beforehand by :func:`new_token`, so that a repeated form opens one screen.
    :raises Invalid: for a title without text, too many days, or a token that is not ours.
    """
    words = title.strip()[:80]
    chosen = token or new_token()
    found = problems(words, days, chosen)
    if found:
        raise Invalid(found)
    hashed = token_hash(chosen)
    if session.scalar(select(ScreenToken.id).filter_by(token_hash=hashed)) is None:
        session.add(
            ScreenToken(
                token_hash=hashed,
                title=words,
                branch_id=branch.id,
                created_by_id=by,
                created_at=at,
                expires_at=at + timedelta(days=days),
            )
        )
        audit.record(
            session, "screen.create", f"screen:{hashed[:16]}", actor_id=by, at=at, over=branch.code
        )
        # The unique hash speaks up here rather than at the commit.
        session.flush()
    return chosen


def problems(title: str, days: int, token: str) -> dict[str, Any]:
    """Return what is wrong with a new screen, by field."""
    found = {
        "title": "" if title else _l("请填写屏幕的标题。"),
        "days": "" if 1 <= days <= LONGEST else _l("有效天数应为 1 到 366。"),
        "token": "" if _TOKEN.fullmatch(token) else _l("表单已过期，请刷新页面后再试。"),
    }
    return {name: text for name, text in found.items() if text}


def end_screen(session: Session, screen: ScreenToken, *, by: int | None, at: datetime) -> None:
    """Close a screen for good; a second time changes nothing."""
    if screen.ended_at is None:
        screen.ended_at = at
        subject = f"screen:{screen.token_hash[:16]}"
        audit.record(session, "screen.end", subject, actor_id=by, at=at)
