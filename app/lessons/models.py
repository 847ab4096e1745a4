"""Courses, lessons and progress as stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class Course(Base):
    """An ordered set of lessons 网上党校课程."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(400), default="")
    #: Members of this branch's subtree see it.
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    #: Names of posts it is meant for; empty: everyone.
    posts: Mapped[list[Any]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(default=0)
    published: Mapped[bool] = mapped_column(default=False)


class Lesson(Base):
    """One lesson 网上党课: a column of text, pictures and video, with check questions."""

    __tablename__ = "lesson"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(400), default="")
    #: Markdown; pictures are addressed as ``/media/…`` or ``/static/…``.
    body: Mapped[str] = mapped_column(Text)
    #: Address of a video file, empty for none; captions beside it.
    video: Mapped[str] = mapped_column(String(200), default="")
    captions: Mapped[str] = mapped_column(String(200), default="")
    #: Expected minutes, 1 to 120.
    minutes: Mapped[int] = mapped_column(default=5)
    #: Where the facts come from.
    source: Mapped[str] = mapped_column(String(200), default="")
    #: Ids of the question versions that check understanding, in order.
    check_versions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    #: ``{"read": true, "checks_right": 2, "seconds": 60}``: what completes it.
    completion: Mapped[dict[str, Any]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(default=0)
    published: Mapped[bool] = mapped_column(default=False)


class LessonProgress(Base):
    """How far one member is in one lesson."""

    __tablename__ = "lesson_progress"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Where to continue: thousandths of the page, 0 to 1000, never going back.
    position: Mapped[int] = mapped_column(default=0)
    #: Right answers given to check questions: ``{"0": true, "1": false}``.
    checks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: Set once, when the completion rule is met.
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
