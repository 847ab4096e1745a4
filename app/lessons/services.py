"""Writes of lessons: progress that never goes back, checks, and completion once."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.errors import DomainError, Invalid
from app.core.upserts import insert_into
from app.lessons import rules
from app.lessons.models import Lesson, LessonProgress
from app.members.models import Member
from app.points import services as points
from app.questions.queries import cached_versions
from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import BadValue


class NotFinished(DomainError):
    """The completion rule is not met yet; ``missing`` says what is left."""

    error = "not_finished"
    title = _l("还没有学完")

    def __init__(self, missing: rules.Missing) -> None:
        super().__init__(_l("还差一点才算学完，看看下面还缺什么。"))
        self.missing = missing


def open_lesson(
    session: Session, lesson: Lesson, member: Member, *, at: datetime
) -> LessonProgress:
    """Return the member's progress in a lesson, begun now if it was not. Flushes."""
    key = (member.id, lesson.id)
    # The page's own reading may be older than what a second tab has written since.
    anew: dict[str, Any] = {"with_for_update": True, "populate_existing": True}
    progress = session.get(LessonProgress, key, **anew)
    if progress is not None:
        return progress
    begun = {"member_id": member.id, "lesson_id": lesson.id, "started_at": at}
    # A second tab may have begun it in this very moment; then its row is the one.
    new = insert_into(session, LessonProgress).values(**begun, position=0, checks={})
    session.execute(new.on_conflict_do_nothing())
    return session.get_one(LessonProgress, key, **anew)


def record_position(
    session: Session, lesson: Lesson, member: Member, position: int, *, at: datetime
) -> LessonProgress:
    """Remember how far the lesson was read, in thousandths; never less than before."""
    progress = open_lesson(session, lesson, member, at=at)
    progress.position = max(progress.position, min(1000, max(0, position)))
    return progress


def check_questions(session: Session, lesson: Lesson) -> list[Question]:
    """Return the lesson's check questions in order. No statement once they are known."""
    contents = cached_versions(session, lesson.check_versions)
    return [contents[i] for i in lesson.check_versions if i in contents]


def answer_check(
    session: Session, lesson: Lesson, member: Member, number: int, value: Any, *, at: datetime
) -> bool:
    """Answer check question *number*, from 0; return whether it was right.

    A right answer stays right, however often it is answered again.

    :raises Invalid: for a value that is no answer to it, or none.
    """
    question = check_questions(session, lesson)[number]
    kind = by_key(question.type)
    try:
        cleaned = kind.clean(question, value)
    except BadValue as bad:
        raise Invalid({"check": _l("请先选择答案。")}) from bad
    if cleaned in (None, []):
        raise Invalid({"check": _l("请先选择答案。")})
    right = kind.grade(question, cleaned).right
    progress = open_lesson(session, lesson, member, at=at)
    progress.checks = progress.checks | {
        str(number): right or progress.checks.get(str(number), False)
    }
    flag_modified(progress, "checks")
    return right


def still_missing(
    lesson: Lesson, progress: LessonProgress | None, *, at: datetime
) -> rules.Missing:
    """Return what is left to do before the lesson can be completed."""
    if progress is None:
        return rules.missing(lesson.completion, position=0, checks={}, seconds=0)
    seconds = int((at - progress.started_at).total_seconds())
    return rules.missing(
        lesson.completion, position=progress.position, checks=progress.checks, seconds=seconds
    )


def complete(session: Session, lesson: Lesson, member: Member, *, at: datetime) -> LessonProgress:
    """Complete a lesson and award its points, once; again, nothing changes.

    :raises NotFinished: saying what is left.
    """
    progress = open_lesson(session, lesson, member, at=at)
    if progress.completed_at is not None:
        return progress
    left = still_missing(lesson, progress, at=at)
    if not left.nothing:
        raise NotFinished(left)
    progress.completed_at = at
    points.award(session, event(lesson, member), at=at)
    return progress


def event(lesson: Lesson, member: Member) -> points.Event:
    """Return what completing *lesson* may earn *member*, once for ever."""
    return points.Event(
        member_id=member.id,
        branch_id=member.branch_id,
        rule="lesson_complete",
        key=f"lesson:{lesson.key}:{member.id}",
        source_kind="lesson",
        source_key=lesson.key,
        note=lesson.title,
    )
