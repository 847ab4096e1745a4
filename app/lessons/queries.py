"""Reads of courses and lessons. Each function says how many statements it runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.lessons.models import Course, Lesson, LessonProgress
from app.members.models import Member
from app.organisation.models import Branch


@dataclass(frozen=True)
class LessonCard:
    """A lesson and how far the member is in it; no progress before it was opened."""

    lesson: Lesson
    progress: LessonProgress | None

    @property
    def done(self) -> bool:
        """Tell whether it is completed."""
        return self.progress is not None and self.progress.completed_at is not None


@dataclass(frozen=True)
class CourseCard:
    """A course with its lessons as they stand for the member."""

    course: Course
    lessons: Sequence[LessonCard]

    @property
    def done(self) -> int:
        """Return how many lessons are completed."""
        return sum(card.done for card in self.lessons)


def _open_to(member: Member) -> ColumnElement[bool]:
    parts = member.branch.path.split("/")[:-1]
    above = ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
    return and_(Course.published, Branch.path.in_(above))


def courses(session: Session, member: Member) -> list[CourseCard]:
    """Return the courses open to *member* in order, those without published lessons left out.

    One statement.
    """
    mine = and_(LessonProgress.lesson_id == Lesson.id, LessonProgress.member_id == member.id)
    rows = session.execute(
        select(Course, Lesson, LessonProgress)
        .join(Branch, Branch.id == Course.branch_id)
        .join(Lesson, and_(Lesson.course_id == Course.id, Lesson.published))
        .outerjoin(LessonProgress, mine)
        .where(_open_to(member))
        .order_by(Course.position, Course.id, Lesson.position, Lesson.id)
    ).all()
    found: dict[int, tuple[Course, list[LessonCard]]] = {}
    for course, lesson, progress in rows:
        found.setdefault(course.id, (course, []))[1].append(LessonCard(lesson, progress))
    return [CourseCard(course, cards) for course, cards in found.values()]


def course(session: Session, member: Member, key: str) -> CourseCard:
    """Return the course *key* if it is open to *member*. One statement.

    :raises NotFound: else.
    """
    for card in courses(session, member):
        if card.course.key == key:
            return card
    raise NotFound()


def lesson(
    session: Session, member: Member, course_key: str, key: str
) -> tuple[Course, LessonCard]:
    """Return a published lesson of a course open to *member*, and the course. One statement.

    :raises NotFound: else.
    """
    mine = and_(LessonProgress.lesson_id == Lesson.id, LessonProgress.member_id == member.id)
    row = session.execute(
        select(Course, Lesson, LessonProgress)
        .join(Branch, Branch.id == Course.branch_id)
        .join(Lesson, and_(Lesson.course_id == Course.id, Lesson.published))
        .outerjoin(LessonProgress, mine)
        .where(_open_to(member), Course.key == course_key, Lesson.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row[0], LessonCard(row[1], row[2])


def to_continue(cards: Sequence[CourseCard]) -> tuple[Course, LessonCard] | None:
    """Return the lesson begun last and not completed, else the first one not begun, else None."""
    every = [(c.course, card) for c in cards for card in c.lessons if not card.done]
    begun = [pair for pair in every if pair[1].progress is not None]
    if begun:
        return max(begun, key=lambda pair: pair[1].progress.started_at)  # type: ignore[union-attr]
    return every[0] if every else None


def organised(session: Session, paths: Sequence[str]) -> list[tuple[Course, list[Lesson]]]:
    """Return the courses of the subtrees *paths* with all their lessons. One statement."""
    under = or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))
    rows = session.execute(
        select(Course, Lesson)
        .join(Branch, Branch.id == Course.branch_id)
        .outerjoin(Lesson, Lesson.course_id == Course.id)
        .where(under)
        .order_by(Course.position, Course.id, Lesson.position, Lesson.id)
    ).all()
    found: dict[int, tuple[Course, list[Lesson]]] = {}
    for one, below in rows:
        lessons = found.setdefault(one.id, (one, []))[1]
        if below is not None:
            lessons.append(below)
    return list(found.values())


def organised_course(session: Session, paths: Sequence[str], key: str) -> Course:
    """Return the course *key* of the subtrees *paths*. One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    for one, _lessons in organised(session, paths):
        if one.key == key:
            return one
    raise NotFound()


def organised_lesson(session: Session, paths: Sequence[str], key: str) -> Lesson:
    """Return the lesson *key* of the subtrees *paths*. One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    for _course, lessons in organised(session, paths):
        for one in lessons:
            if one.key == key:
                return one
    raise NotFound()
