"""Branches, posts, shifts and rotas as stored."""

from datetime import date, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

#: committee 党委, general_branch 总支, branch 支部, group 党小组, from the root down.
LEVELS = ("committee", "general_branch", "branch", "group")


class Branch(Base):
    """A node of the branch tree; the root is the organisation itself."""

    __tablename__ = "branch"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Short code on the command line and in sheets, e.g. ``B07``.
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    #: One of LEVELS; only ``branch`` competes on boards.
    level: Mapped[str] = mapped_column(String(20))
    #: production, auxiliary, office, retired: what differentiated assessment goes by.
    kind: Mapped[str] = mapped_column(String(20), default="production")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    #: Codes from the root down, each with ``/``, e.g. ``ROOT/G1/B07/``: a subtree is a prefix.
    path: Mapped[str] = mapped_column(String(400), unique=True)

    __table_args__ = (
        CheckConstraint(
            "level IN ('committee', 'general_branch', 'branch', 'group')", name="level_known"
        ),
    )


class Post(Base):
    """A job position 岗位, e.g. 采煤机司机."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80))


class Shift(Base):
    """A shift 班次: early 早班, middle 中班, night 夜班."""

    __tablename__ = "shift"

    #: early, middle or night.
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    #: Local wall-clock times; an end before the start is on the next day.
    starts_at: Mapped[time]
    ends_at: Mapped[time]


class Rota(Base):
    """Which shift is worked on which day: a cycle of days counted from an anchor."""

    __tablename__ = "rota"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    #: The local day that is day 0 of the cycle.
    anchor: Mapped[date]
    #: One shift code a day, null for a day off, e.g. ``["early", "early", null]``.
    cycle: Mapped[list[Any]] = mapped_column(JSON)
