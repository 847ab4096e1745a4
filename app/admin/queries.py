"""Reads for the secretary's page and the organiser's desk, set-based."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.members.models import Member
from app.organisation.models import Branch, Rota, Shift
from app.organisation.rules import shift_on
from app.points.models import PointTotal
from app.quizzes.models import Attempt, Quiz


@dataclass(frozen=True)
class Person:
    """A member of the branch with what they have done."""

    id: int
    name: str
    #: Name of today's shift, empty on a day off.
    shift: str
    #: Points in the chosen window.
    points: int
    #: Ids of the quizzes they have handed in.
    done: frozenset[int]


@dataclass(frozen=True)
class QuizProgress:
    """A quiz that runs now: who has handed in and who has not."""

    quiz: Quiz
    done: Sequence[Person]
    missing: Sequence[Person]


@dataclass(frozen=True)
class QuizFigures:
    """A quiz on the organiser's desk."""

    quiz: Quiz
    finished: int
    passed: int
    open: int


def branches_under(session: Session, paths: Sequence[str]) -> list[Branch]:
    """Return the competing branches in the subtrees *paths*, by code. One statement."""
    under = or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))
    query = select(Branch).where(under, Branch.level == "branch").order_by(Branch.code)
    return list(session.scalars(query))


def branch_under(session: Session, paths: Sequence[str], code: str) -> Branch:
    """Return the branch *code* in the subtrees *paths*. One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    for branch in branches_under(session, paths):
        if branch.code == code:
            return branch
    raise NotFound()


def people(session: Session, branch: Branch, window: str, *, today: date) -> list[Person]:
    """Return the active members of *branch* by points in *window*. Three statements."""
    shifts = {s.code: s.name for s in session.scalars(select(Shift))}
    rows = session.execute(
        select(Member.id, Member.name, Rota.cycle, Rota.anchor, func.coalesce(PointTotal.points, 0))
        .outerjoin(Rota, Rota.id == Member.rota_id)
        .outerjoin(PointTotal, and_(PointTotal.member_id == Member.id, PointTotal.window == window))
        .where(Member.branch_id == branch.id, Member.active)
        .order_by(func.coalesce(PointTotal.points, 0).desc(), Member.id)
    ).all()
    done = _handed_in(session, branch)
    return [
        Person(
            id_,
            name,
            shifts.get(_shift(cycle, anchor, today) or "", ""),
            points,
            done.get(id_, frozenset()),
        )
        for id_, name, cycle, anchor, points in rows
    ]


def _shift(cycle: list[str | None] | None, anchor: date | None, today: date) -> str | None:
    return shift_on(cycle, anchor, today) if cycle and anchor else None


def _handed_in(session: Session, branch: Branch) -> dict[int, frozenset[int]]:
    rows = session.execute(
        select(Attempt.member_id, Attempt.quiz_id)
        .join(Member, Member.id == Attempt.member_id)
        .where(Member.branch_id == branch.id, Attempt.state == "graded")
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for member_id, quiz_id in rows:
        found.setdefault(member_id, set()).add(quiz_id)
    return {member: frozenset(quizzes) for member, quizzes in found.items()}


def progress(
    session: Session, branch: Branch, everyone: Sequence[Person], *, at: datetime
) -> list[QuizProgress]:
    """Return the quizzes that run now for *branch*, who is done and who not. One statement."""
    parts = branch.path.split("/")[:-1]
    prefixes = ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
    running = session.scalars(
        select(Quiz)
        .join(Branch, Branch.id == Quiz.branch_id)
        .where(
            Branch.path.in_(prefixes),
            Quiz.state == "published",
            Quiz.invited_only.is_(False),
            Quiz.opens_at <= at,
            Quiz.closes_at > at,
        )
        .order_by(Quiz.closes_at, Quiz.id)
    )
    return [
        QuizProgress(
            quiz,
            [p for p in everyone if quiz.id in p.done],
            sorted((p for p in everyone if quiz.id not in p.done), key=lambda p: (p.shift, p.id)),
        )
        for quiz in running
    ]


def quiz_figures(session: Session, paths: Sequence[str], *, at: datetime) -> list[QuizFigures]:
    """Return the quizzes of the subtrees that run now or ran last, ten at most. One statement."""
    under = or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))
    counted = (
        func.count(Attempt.id).filter(Attempt.state == "graded"),
        func.count(Attempt.id).filter(Attempt.passed.is_(True)),
        func.count(Attempt.id).filter(Attempt.state == "open"),
    )
    rows = session.execute(
        select(Quiz, *counted)
        .join(Branch, Branch.id == Quiz.branch_id)
        .outerjoin(Attempt, Attempt.quiz_id == Quiz.id)
        .where(under, Quiz.state == "published", Quiz.opens_at <= at)
        .group_by(Quiz.id)
        .order_by(Quiz.closes_at.desc(), Quiz.id)
        .limit(10)
    )
    return [QuizFigures(*row) for row in rows]


def member_count(session: Session, paths: Sequence[str]) -> int:
    """Return how many active members the subtrees have. One statement."""
    under = or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))
    query = select(func.count(Member.id)).join(Branch, Branch.id == Member.branch_id)
    return session.scalar(query.where(under, Member.active)) or 0
