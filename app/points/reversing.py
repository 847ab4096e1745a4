"""Reversals: a mistake in the ledger is taken back by another row, with a reason."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import DomainError, Invalid
from app.points import totals
from app.points.awarding import append
from app.points.models import PointEntry


class NotReversible(DomainError):
    """A reversal itself cannot be reversed."""

    error = "not_reversible"
    detail = _l("冲销的明细不能再冲销；需要时请另记一笔。")


def reverse(
    session: Session, entry: PointEntry, *, reason: str, actor_id: int | None, at: datetime
) -> PointEntry:
    """Take *entry* back; a second time returns the first reversal.

    It counts for the day of the entry it takes back, so that every window it stood in is right
    again, and gives no room under the cap back.

    :param reason: words for the member, 1 to 200 characters.
    :raises NotReversible: if *entry* is a reversal.
    :raises Invalid: without a reason.
    """
    if entry.reverses_id is not None:
        raise NotReversible()
    words = reason.strip()[:200]
    if not words:
        raise Invalid({"reason": _l("请写明冲销的理由。")})
    row = {
        "member_id": entry.member_id,
        "branch_id": entry.branch_id,
        "rule_version_id": entry.rule_version_id,
        "local_day": entry.local_day,
        "asked": -entry.asked,
        "amount": -entry.amount,
        "outcome": "reversal",
        "event_key": f"rev:{entry.id}",
        "source_kind": entry.source_kind,
        "source_key": entry.source_key,
        "note": words,
        "reverses_id": entry.id,
        "actor_id": actor_id,
        "occurred_at": at,
        "created_at": at,
    }
    for written in append(session, [row]):
        totals.add(session, [written])
        subject = f"point_entry:{entry.id}"
        audit.record(session, "points.reverse", subject, actor_id=actor_id, at=at, reason=words)
        return written
    return session.scalars(select(PointEntry).filter_by(event_key=f"rev:{entry.id}")).one()
