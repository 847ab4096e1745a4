"""Reads of the pages about me. Each function says how many statements it runs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.home import rules
from app.lessons.models import Lesson, LessonProgress
from app.members.models import LoginSession, Member
from app.organisation.models import Rota, Shift
from app.organisation.rules import shift_on
from app.points.models import PointEntry, PointTotal
from app.quizzes.models import Attempt, Quiz, Response


@dataclass(frozen=True)
class MyDay:
    """My shift today and how many worked days in a row I took part."""

    #: None on a day off or without a rota.
    shift: Shift | None
    has_rota: bool
    streak: int
    #: Whether today's shift has ended.
    over: bool


def my_day(session: Session, member: Member, at: datetime) -> MyDay:
    """Return *member*'s shift and streak. Three statements at most."""
    today = clock.local_day(at)
    rota = session.get(Rota, member.rota_id) if member.rota_id else None
    code = shift_on(rota.cycle, rota.anchor, today) if rota else None
    shift = session.get(Shift, code) if code else None
    since = today - timedelta(days=3 * rules.LONGEST)
    days = select(PointEntry.local_day).where(
        PointEntry.member_id == member.id, PointEntry.local_day >= since
    )
    active = set(session.scalars(days.distinct()))
    cycle, anchor = (rota.cycle, rota.anchor) if rota else (None, None)
    over = shift is not None and rules.is_over(shift.starts_at, shift.ends_at, clock.local(at))
    return MyDay(shift, rota is not None, rules.streak(active, cycle, anchor, today), over)


def taking_part(session: Session, branch_id: int, today: date, *, limit: int = 60) -> list[str]:
    """Return the names of those of a branch who earned points today. One statement."""
    query = (
        select(Member.name)
        .join(PointTotal, PointTotal.member_id == Member.id)
        .where(
            PointTotal.window == today.isoformat(),
            PointTotal.branch_id == branch_id,
            PointTotal.points > 0,
        )
        .order_by(PointTotal.reached_at, Member.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def everything(session: Session, member: Member) -> dict[str, Any]:
    """Return all that is stored about *member*, for the file of their own data. Six statements."""
    mine = Attempt.member_id == member.id
    attempts = session.execute(
        select(Attempt, Quiz.title).join(Quiz, Quiz.id == Attempt.quiz_id).where(mine)
    )
    answers = session.execute(
        select(Response.attempt_id, Response.slot, Response.value)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(mine, Attempt.state == "graded")
    )
    lessons = session.execute(
        select(LessonProgress, Lesson.title)
        .join(Lesson, Lesson.id == LessonProgress.lesson_id)
        .where(LessonProgress.member_id == member.id)
    )
    entries = session.scalars(
        select(PointEntry).where(PointEntry.member_id == member.id).order_by(PointEntry.id)
    )
    logins = session.scalars(
        select(LoginSession.created_at).where(LoginSession.member_id == member.id)
    )
    return {
        "member": {"no": member.no, "name": member.name, "branch": member.branch.name},
        "logins": [clock.iso(at) for at in logins],
        "lessons": [_lesson(progress, title) for progress, title in lessons],
        "attempts": [_attempt(one, title) for one, title in attempts],
        "answers": [{"attempt": a, "slot": slot, "value": v} for a, slot, v in answers],
        "points": [
            {
                "day": one.local_day.isoformat(),
                "amount": one.amount,
                "asked": one.asked,
                "outcome": one.outcome,
                "note": one.note,
            }
            for one in entries
        ],
    }


def _lesson(progress: LessonProgress, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "started_at": clock.iso(progress.started_at),
        "completed_at": _iso(progress.completed_at),
    }


def _attempt(one: Attempt, title: str) -> dict[str, Any]:
    return {
        "attempt": one.id,
        "quiz": title,
        "state": one.state,
        "started_at": clock.iso(one.started_at),
        "submitted_at": _iso(one.submitted_at),
        "score_tenths": one.score_tenths,
    }


def _iso(at: datetime | None) -> str | None:
    return clock.iso(at) if at else None
