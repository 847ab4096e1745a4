"""Writes of authors: courses and lessons."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import audit, stale
from app.core.errors import Invalid
from app.lessons.models import Course, Lesson
from app.organisation.models import Branch
from app.questions import finding

#: Longest title and summary of a course, in characters.
TITLE, SUMMARY = 120, 400


@dataclass(frozen=True)
class CourseDraft:
    """What a course should be called and say, and whether members see it."""

    title: str
    summary: str = ""
    published: bool = True


def create_course(
    session: Session, title: str, summary: str, branch: Branch, *, by: int, at: datetime
) -> Course:
    """Add a published course for *branch*'s subtree; it is seen once it has a lesson. Flushes.

    :raises Invalid: for an empty title, or texts that are too long.
    """
    course = Course(
        key=secrets.token_hex(6),
        branch_id=branch.id,
        posts=[],
        position=session.scalar(select(func.count(Course.id))) or 0,
        **_course_values(CourseDraft(title, summary)),
    )
    session.add(course)
    session.flush()
    audit.record(session, "course.create", f"course:{course.id}", actor_id=by, at=at)
    return course


def change_course(
    session: Session, course: Course, draft: CourseDraft, *, seen: str, by: int, at: datetime
) -> None:
    """Rename, hide or show a course; what members did in it stays theirs. Flushes.

    :param seen: the stamp of what the form showed.
    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: for an empty title, or texts that are too long.
    """
    session.refresh(course, with_for_update=True)
    stale.refuse_stale(stale.stamp(course), seen)
    values = _course_values(draft)
    before = {name: getattr(course, name) for name in values}
    if before == values:
        return
    for name, value in values.items():
        setattr(course, name, value)
    audit.record(
        session, "course.change", f"course:{course.id}", actor_id=by, at=at,
        before=before, after=values,
    )  # fmt: skip
    session.flush()


def _course_values(draft: CourseDraft) -> dict[str, Any]:
    clean = CourseDraft(draft.title.strip(), draft.summary.strip(), draft.published)
    fields: dict[str, Any] = {}
    if not 0 < len(clean.title) <= TITLE:
        fields["title"] = _l("请填写名称，最多 120 字。")
    if len(clean.summary) > SUMMARY:
        fields["summary"] = _l("简介最多 400 字。")
    if fields:
        raise Invalid(fields)
    return asdict(clean)


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
    session: Session,
    lesson: Lesson,
    values: dict[str, Any],
    *,
    seen: str | None = None,
    by: int,
    at: datetime,
) -> None:
    """Change a lesson; what members completed stays completed. Flushes.

    :param seen: the stamp of what the form showed.
    :raises ChangedMeanwhile: when the form is stale.
    """
    session.refresh(lesson, with_for_update=True)
    if seen is not None:
        stale.refuse_stale(stale.stamp(lesson), seen)
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
