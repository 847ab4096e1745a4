"""A month of plausible history: attempts and lessons, and the points they earned."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Place
from app.lessons.models import Lesson, LessonProgress
from app.members.models import Member
from app.points import services as points
from app.questions.queries import cached_versions
from app.quizzes import papers, submitting
from app.quizzes.models import Attempt, Quiz, Response
from app.quizzes.queries import Saved
from question_bank.question import Question
from question_bank.types import by_key

#: Rows written in one statement.
BATCH = 2_000
#: Events awarded in one call.
EVENTS = 300


@dataclass(frozen=True)
class Taker:
    """A member with how likely they are to take part and to know an answer, 0 to 1."""

    member: Member
    keen: float
    able: float


@dataclass(frozen=True)
class Earned:
    """Something that earned points, and when."""

    at: datetime
    event: points.Event


def takers(draw: random.Random, places: Sequence[Place]) -> list[Taker]:
    """Give every member a temper; branches differ, and members within them."""
    found = []
    for place in places:
        spirit = draw.uniform(0.6, 1.3)
        for member in place.members:
            able = min(0.98, max(0.3, draw.gauss(0.76, 0.16)))
            found.append(Taker(member, spirit * draw.uniform(0.4, 1.4), able))
    return found


def take_quiz(
    session: Session,
    draw: random.Random,
    quiz: Quiz,
    everyone: Sequence[Taker],
    *,
    turnout: int,
    until: datetime,
) -> list[Earned]:
    """Let about *turnout* percent of *everyone* take *quiz*; return what they earn."""
    taken = [t for t in everyone if draw.random() < t.keen * turnout / 100]
    attempts, answers = [], []
    for taker in taken:
        attempt, values = _attempt(session, draw, quiz, taker, until)
        attempts.append(attempt)
        answers.append(values)
    session.add_all(attempts)
    session.flush()
    rows = [
        row
        for attempt, values in zip(attempts, answers, strict=True)
        for row in _responses(attempt, values)
    ]
    insert_all(session, Response, rows)
    return [
        Earned(attempt.graded_at or until, event)
        for attempt in attempts
        for event in submitting.events(attempt, quiz)
    ]


def _attempt(
    session: Session, draw: random.Random, quiz: Quiz, taker: Taker, until: datetime
) -> tuple[Attempt, dict[int, Any]]:
    """Return a graded attempt, not yet stored, and its values by slot."""
    used = int(quiz.seconds_allowed * draw.uniform(0.2, 0.8))
    room = (until - quiz.opens_at).total_seconds() - used
    started = quiz.opens_at + timedelta(seconds=draw.uniform(0, max(1.0, room)))
    ended = started + timedelta(seconds=used)
    seed = draw.getrandbits(60)
    attempt = Attempt(
        key=draw.randbytes(16),
        quiz_id=quiz.id,
        member_id=taker.member.id,
        branch_id=taker.member.branch_id,
        number=1,
        state="graded",
        epoch=1,
        seed=seed,
        paper=papers.draw_paper(session, quiz, seed),
        started_at=started,
        deadline_at=min(started + timedelta(seconds=quiz.seconds_allowed), quiz.closes_at),
        submitted_at=ended,
        graded_at=ended,
    )
    contents = cached_versions(session, [row[0] for row in attempt.paper])
    values = {
        slot: _value(draw, attempt.option_secret, slot, contents[row[0]], taker.able)
        for slot, row in enumerate(attempt.paper, 1)
    }
    held = {slot: Saved(value, 1, 1) for slot, value in values.items()}
    mark = submitting.grade(session, attempt, quiz, held)
    attempt.score_tenths, attempt.max_tenths = mark.total, mark.possible
    attempt.slot_tenths = list(mark.slots)
    attempt.passed = submitting.passed(mark.total, mark.possible, quiz.pass_percent)
    return attempt, values


def _value(draw: random.Random, secret: bytes, slot: int, content: Question, able: float) -> Any:
    """Return the right value with probability *able*, else some other one."""
    if content.type == "true_false":
        truth = bool(content.answer[0])
        return truth if draw.random() < able else not truth
    chosen = list(content.answer)
    if draw.random() >= able:
        count = len(chosen) if len(chosen) == 1 else draw.randint(1, len(content.options))
        chosen = sorted(draw.sample(range(len(content.options)), count))
    value = by_key(content.type).clean(content, chosen)
    return sorted(papers.to_ids(secret, slot, content, value))


def _responses(attempt: Attempt, values: dict[int, Any]) -> list[dict[str, Any]]:
    used = int(((attempt.submitted_at or attempt.started_at) - attempt.started_at).total_seconds())
    return [
        {
            "attempt_id": attempt.id,
            "slot": slot,
            "epoch": 1,
            "seq": 1,
            "value": value,
            "after_seconds": used * slot // (len(values) + 1),
        }
        for slot, value in values.items()
    ]


def take_lessons(
    session: Session,
    draw: random.Random,
    lessons: Sequence[Lesson],
    everyone: Sequence[Taker],
    *,
    days: int,
    now: datetime,
) -> list[Earned]:
    """Let everyone complete some lessons over the last *days* days; return what they earn."""
    rows, earned = [], []
    for taker in everyone:
        for lesson in lessons:
            if draw.random() > taker.keen * 0.45:
                continue
            done = now - timedelta(days=draw.uniform(0.02, days))
            rows.append(
                {
                    "member_id": taker.member.id,
                    "lesson_id": lesson.id,
                    "started_at": done - timedelta(minutes=lesson.minutes),
                    "position": 1000,
                    "checks": {str(n): True for n in range(len(lesson.check_versions))},
                    "completed_at": done,
                }
            )
            earned.append(Earned(done, _lesson_event(taker.member, lesson)))
    insert_all(session, LessonProgress, rows)
    return earned


def _lesson_event(member: Member, lesson: Lesson) -> points.Event:
    return points.Event(
        member_id=member.id,
        branch_id=member.branch_id,
        rule="lesson_complete",
        key=f"lesson:{lesson.key}:{member.id}",
        source_kind="lesson",
        source_key=lesson.key,
        note=lesson.title,
    )


def pay(session: Session, earned: Sequence[Earned]) -> None:
    """Award everything in the order in which it was earned, a few hundred events at a time.

    What falls into one batch and one day is awarded at the batch's last moment of that day, so that
    the ledger's order is the order of time.
    """
    days: dict[date, list[Earned]] = {}
    for one in sorted(earned, key=lambda e: (e.at, e.event.key)):
        days.setdefault(clock.local_day(one.at), []).append(one)
    for day in sorted(days):
        for start in range(0, len(days[day]), EVENTS):
            batch = days[day][start : start + EVENTS]
            points.award_many(session, [one.event for one in batch], at=batch[-1].at)


def insert_all(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows, some at a time."""
    for start in range(0, len(rows), BATCH):
        session.execute(insert(model), list(rows[start : start + BATCH]))
