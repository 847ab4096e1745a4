"""The audit trail: one row in the same transaction as the act it records; insert-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core.db import Base, UtcDateTime

#: SQLite gives row ids only to INTEGER primary keys.
BigId = BigInteger().with_variant(Integer, "sqlite")


class AuditEntry(Base):
    """Who did what to what, when."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The acting member's id; none for the server itself or a command.
    actor_id: Mapped[int | None]
    #: e.g. ``quiz.publish``, ``points.reverse``, ``sign_in``.
    action: Mapped[str] = mapped_column(String(60), index=True)
    #: e.g. ``quiz:41``.
    subject: Mapped[str] = mapped_column(String(80), index=True)
    #: Facts of the act; never a password, key or answer.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(
    session: Session,
    action: str,
    subject: str,
    *,
    actor_id: int | None,
    at: datetime,
    **detail: Any,
) -> None:
    """Add one audit row to the unit of work."""
    session.add(AuditEntry(action=action, subject=subject, actor_id=actor_id, at=at, detail=detail))
