"""The ledger and what is derived from it in the same transaction."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.audit import BigId
from app.core.db import Base, UtcDateTime


class RuleVersion(Base):
    """What is worth how many points, as it stood for a time; a change is a new version."""

    __tablename__ = "rule_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: e.g. ``lesson_complete``.
    rule: Mapped[str] = mapped_column(String(40))
    #: From 1 within the rule.
    number: Mapped[int]
    #: A key of app.points.rules.
    kind: Mapped[str] = mapped_column(String(20))
    #: Checked by the kind, e.g. ``{"points": 5, "cap": 15}``; cap is points a local day, or absent.
    config: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: The rule in words: ``{"zh": "…", "en": "…", "zh_name": "网上党课", "en_name": "Lessons"}``.
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None while in force.
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("uq_rule_version_number", "rule", "number", unique=True),)


class PointEntry(Base):
    """One immutable ledger row; a mistake is reversed by another row, never edited."""

    __tablename__ = "point_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    #: The branch when it was earned; never rewritten.
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    #: The organisation's day it counts for.
    local_day: Mapped[date]
    #: What the rule was worth; negative for a reversal.
    asked: Mapped[int]
    #: What the cap left of it; 0 rows are kept, so that the receipt can say why.
    amount: Mapped[int]
    #: full, capped (part of it), cap_reached (nothing left), reversal or manual.
    outcome: Mapped[str] = mapped_column(String(12))
    #: Effect key: derived by the server from what happened, unique for ever.
    event_key: Mapped[str] = mapped_column(String(120), unique=True)
    #: What it was earned with: ``attempt``, ``lesson``, ``round`` … and that thing's key.
    source_kind: Mapped[str] = mapped_column(String(20))
    source_key: Mapped[str] = mapped_column(String(40))
    #: Words for the member, e.g. the quiz's title.
    note: Mapped[str] = mapped_column(String(200), default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("point_entry.id"), unique=True)
    #: Who wrote a manual or reversing row; none for the server.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    #: When it was earned.
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: HMAC-SHA-256 of the row under the ledger key, which is not in the database.
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))

    rule_version: Mapped[RuleVersion] = relationship(lazy="raise")

    __table_args__ = (
        Index("ix_point_entry_member", "member_id", "id"),
        Index("ix_point_entry_source", "source_key"),
        CheckConstraint(
            "abs(amount) <= abs(asked) AND amount * asked >= 0", name="amount_in_asked"
        ),
        CheckConstraint(
            "(reverses_id IS NULL) = (outcome <> 'reversal')", name="reversal_names_row"
        ),
        CheckConstraint(
            "outcome IN ('full', 'capped', 'cap_reached', 'reversal', 'manual')",
            name="outcome_known",
        ),
    )


class CapUse(Base):
    """How much of a member's daily cap for a rule is used up; the row is the lock of an award."""

    __tablename__ = "cap_use"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    used: Mapped[int]
    #: The cap when the day's first award came; a changed rule acts from the next day.
    cap: Mapped[int]

    __table_args__ = (CheckConstraint("used BETWEEN 0 AND cap", name="within_cap"),)


class PointTotal(Base):
    """A member's points in one window, kept in the award's own transaction; rebuildable."""

    __tablename__ = "point_total"

    #: ``all``, ``2026-11-21``, ``2026-W47``, ``2026-11``.
    window: Mapped[str] = mapped_column(String(12), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    #: The member's branch at the newest entry in the window.
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    points: Mapped[int] = mapped_column()
    #: When this total was reached: the earlier one stands first among equals.
    reached_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_point_total_order", "window", points.desc(), "reached_at", "member_id"),
        Index("ix_point_total_branch", "window", "branch_id", points.desc()),
    )


class PointBucket(Base):
    """How many members of a window have totals in one bucket: gives a rank without counting all."""

    __tablename__ = "point_bucket"

    window: Mapped[str] = mapped_column(String(12), primary_key=True)
    #: ``points // BUCKET`` of app.points.totals.
    bucket: Mapped[int] = mapped_column(primary_key=True)
    members: Mapped[int]

    __table_args__ = (CheckConstraint("members >= 0", name="not_negative"),)


class PointSeal(Base):
    """A link of the hash chain over settled entries, off the award's path."""

    __tablename__ = "point_seal"

    #: Gapless, from 1.
    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("point_entry.id"), unique=True)
    #: HMAC(key, previous chain || seq || entry's mac).
    chain: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
