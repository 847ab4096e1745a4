"""Quizzes, attempts and responses as stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import BigId
from app.core.db import Base, UtcDateTime

#: What a member may see and from when: nothing but the score; own answers with right ones after
#: the attempt; or both once the quiz is closed for everyone.
FEEDBACK = ("score_only", "after_attempt", "after_close")

STATES = ("open", "submitted", "graded", "expired", "void")


class Quiz(Base):
    """When, who, how long, how often, which blueprint, what feedback, which points."""

    __tablename__ = "quiz"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(1000), default="")
    #: Members of this branch's subtree may take it.
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    #: ``[{"type": "true_false", "tag": "通风", "count": 10, "marks": 2}]``; type, tag may be null.
    blueprint: Mapped[list[Any]] = mapped_column(JSON)
    #: draft, or published: then the pool below is frozen.
    state: Mapped[str] = mapped_column(String(12), default="draft")
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Half-open: ``at < closes_at``.
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Time limit in seconds, 30 to 14,400.
    seconds_allowed: Mapped[int]
    #: Hidden grace after the deadline in seconds, 0 to 300.
    grace_seconds: Mapped[int] = mapped_column(default=30)
    #: 1 to 20.
    attempts_allowed: Mapped[int] = mapped_column(default=1)
    #: Percentage of the marks that passes, 0 to 100.
    pass_percent: Mapped[int] = mapped_column(default=60)
    #: One of FEEDBACK.
    feedback: Mapped[str] = mapped_column(String(20), default="after_close")
    #: all_or_nothing or part_when_too_few.
    multiple_rule: Mapped[str] = mapped_column(String(20), default="all_or_nothing")
    #: True: only members listed as entrants (a final round) may take it.
    invited_only: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_quiz_window", "state", "closes_at"),
        CheckConstraint("opens_at < closes_at", name="window_forward"),
        CheckConstraint("state IN ('draft', 'published')", name="state_known"),
    )


class QuizQuestion(Base):
    """A question version in a published quiz's frozen pool."""

    __tablename__ = "quiz_question"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), primary_key=True)
    #: Tags at publication: drawing is reproducible even if they change.
    tags: Mapped[list[Any]] = mapped_column(JSON)


class QuizEntrant(Base):
    """A member invited to an invited-only quiz."""

    __tablename__ = "quiz_entrant"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)


class Attempt(Base):
    """One member, one quiz, one paper, one clock."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    #: 16 random bytes; URLs show it as 22 URL-safe characters (app.quizzes.keys).
    key: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    #: The member's branch at the start.
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    #: From 1 within member and quiz.
    number: Mapped[int]
    #: One of STATES.
    state: Mapped[str] = mapped_column(String(10))
    #: Device lease: a newer device resumes with a higher number.
    epoch: Mapped[int] = mapped_column(default=1)
    #: Draws the paper; with the quiz's pool it reproduces it.
    seed: Mapped[int] = mapped_column(BigId)
    #: ``[[version_id, marks, [option order]], …]``; slot 1 is the first.
    paper: Mapped[list[Any]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    graded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: True when the server handed it in at the deadline.
    by_server: Mapped[bool] = mapped_column(default=False)
    #: Marks in tenths, so that half marks stay whole numbers; none until graded.
    score_tenths: Mapped[int | None]
    max_tenths: Mapped[int | None]
    passed: Mapped[bool | None]
    #: Awarded tenths per slot, in slot order; none until graded.
    slot_tenths: Mapped[list[Any] | None] = mapped_column(JSON)

    __table_args__ = (
        UniqueConstraint("member_id", "quiz_id", "number", name="uq_attempt_number"),
        Index(
            "uq_attempt_open",
            "member_id",
            "quiz_id",
            unique=True,
            sqlite_where=state == "open",
            postgresql_where=state == "open",
        ),
        Index(
            "ix_attempt_deadline",
            "deadline_at",
            sqlite_where=state == "open",
            postgresql_where=state == "open",
        ),
        Index("ix_attempt_quiz", "quiz_id", "state"),
        CheckConstraint(
            "state IN ('open', 'submitted', 'graded', 'expired', 'void')", name="state_known"
        ),
    )

    @property
    def option_secret(self) -> bytes:
        """The key of this attempt's option ids.

        It is the attempt's own: under the application's secret, changing that would make every
        answer ever given unreadable.
        """
        return self.key + self.seed.to_bytes(8, "big")


class Response(Base):
    """The latest answer in one slot of one attempt."""

    __tablename__ = "response"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    seq: Mapped[int]
    #: As sent: option ids of this attempt, or a boolean; null is a cleared answer.
    value: Mapped[Any] = mapped_column(JSON)
    #: Seconds from the start of the attempt when the server received it.
    after_seconds: Mapped[int]


class LateResponse(Base):
    """An answer that came after deadline and grace: kept and shown, not counted."""

    __tablename__ = "late_response"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
