"""Writes of authors: courses and lessons."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import Invalid
from app.lessons.models import Course, Lesson
from app.organisation.models import Branch
from app.questions import finding


def create_course(
    session: Session, title: str, summary: str, branch: Branch, *, by: int, at: datetime
) -> Course:
    """Add a published course for *branch*'s subtree; it is seen once it has a lesson. Flushes.

    :raises Invalid: for an empty or overlong title.
    """
    if not 0 < len(title.strip()) <= 120:
        raise Invalid({"title": _l("请填写名称，最多 120 字。")})
    course = Course(
        key=secrets.token_hex(6),
        title=title.strip(),
        summary=summary.strip()[:400],
        branch_id=branch.id,
        posts=[],
        position=session.scalar(select(func.count(Course.id))) or 0,
        published=True,
    )
    session.add(course)
    session.flush()
    audit.record(session, "course.create", f"course:{course.id}", actor_id=by, at=at)
    return course


def create_lesson(
    session: Session, course: Course, values: dict[str, Any], *, by: int, at: datetime
) -> Lesson:
    """Add a lesson at the end of *course*. Flushes."""
    count = select(func.count(Lesson.id)).where(Lesson.course_id == course.id)
    lesson = Lesson(
        key=secrets.token_hex(6),
        course_id=course.id,
        position=session.scalar(count) or 0,
        **values,
    )
    session.add(lesson)
    session.flush()
    audit.record(session, "lesson.create", f"lesson:{lesson.id}", actor_id=by, at=at)
    return lesson


def change_lesson(
    session: Session, lesson: Lesson, values: dict[str, Any], *, by: int, at: datetime
) -> None:
    """Change a lesson; what members completed stays completed. Flushes."""
    for name, value in values.items():
        setattr(lesson, name, value)
    audit.record(session, "lesson.change", f"lesson:{lesson.id}", actor_id=by, at=at)
    session.flush()


def picked(
    session: Session, paths: Sequence[str], checks: Sequence[str], kept: Sequence[int]
) -> dict[str, int]:
    """Return which version is asked for each check that the author may use. One statement.

    The newest of a published question of the subtrees; what the lesson has already stays, though
    its question was retired since.
    """
    ids = [int(one) for one in checks]
    last = finding.newest(session, paths, ids)
    return {str(i): last.get(i, i) for i in ids if i in last or i in kept}
