"""Stale forms: a form carries a stamp of what it showed, and a change since then refuses it."""

import hashlib
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.db import Base
from app.core.errors import DomainError

#: What a form of a thing does not show, so a change of it makes no form stale.
UNSEEN = ("id", "path")


class ChangedMeanwhile(DomainError):
    """Somebody else changed it since the form was opened."""

    error = "changed_meanwhile"
    title = _l("刚被别人改过")
    detail = _l("这里刚被别人改过。你填写的还在下面，请对照现在的内容，再保存一次。")


def stamp(thing: Base) -> str:
    """Return what changes with every change of *thing*; a form carries it."""
    columns = [c.key for c in thing.__table__.columns if c.key not in UNSEEN]
    return stamp_of(*(getattr(thing, key) for key in columns))


def stamp_of(*values: Any) -> str:
    """Return 16 hexadecimal digits that stand for *values*."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def refuse_stale(now: str, seen: str) -> None:
    """Refuse a form that was opened before the last change.

    :raises ChangedMeanwhile: when the stamps differ.
    """
    if now != seen:
        raise ChangedMeanwhile()
