"""Competitions, rounds and results as stored."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class Competition(Base):
    """A contest of rounds 竞赛."""

    __tablename__ = "competition"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(1000), default="")
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    #: draft, running or finished.
    state: Mapped[str] = mapped_column(String(12), default="draft")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("state IN ('draft', 'running', 'finished')", name="state_known"),
    )


#: Titles that the form gives, in the reader's language; others are the organiser's own words.
NAMES = {"预赛": _l("预赛"), "决赛": _l("决赛")}
# Forms once stored the title in the language of the organiser who sent them.
NAMES |= {"Qualifying": NAMES["预赛"], "Final": NAMES["决赛"]}


class Round(Base):
    """One round 轮次 of a competition."""

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    #: From 1 in order.
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    #: A key of app.competitions.formats.
    format: Mapped[str] = mapped_column(String(20))
    #: Checked by the format, e.g. ``{"best_per_branch": 2}``.
    config: Mapped[dict[str, Any]] = mapped_column(JSON)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), unique=True)
    #: Set once, when the results below were written and the next round's entrants invited.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("competition_id", "number", name="uq_round_number"),)

    @property
    def name(self) -> str:
        """Return the title as the reader calls it."""
        return str(NAMES.get(self.title, self.title))


class RoundResult(Base):
    """One member's place in a closed round."""

    __tablename__ = "round_result"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    #: From 1; equals share.
    rank: Mapped[int]
    score_tenths: Mapped[int]
    #: Time used, from start to hand-in.
    seconds: Mapped[int]
    advanced: Mapped[bool] = mapped_column(default=False)
