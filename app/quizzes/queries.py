"""Reads of quizzes and attempts. Each function says how many statements it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.members.models import Member
from app.organisation.models import Branch
from app.quizzes import keys
from app.quizzes.models import Attempt, Quiz, QuizEntrant, Response


@dataclass(frozen=True)
class QuizCard:
    """A quiz as it stands for one member."""

    quiz: Quiz
    #: resume, open, coming, done (none left, or closed after taking part) or missed.
    state: str
    attempts_used: int
    #: The open attempt, else the best graded one, else None.
    attempt: Attempt | None
    best_score_tenths: int | None
    max_tenths: int | None


@dataclass(frozen=True)
class Saved:
    """The answer that the server holds for a slot."""

    value: Any
    epoch: int
    seq: int


@dataclass(frozen=True)
class Best:
    """A member's best attempt in a quiz: more marks (in tenths), then less time, then the first."""

    member_id: int
    branch_id: int
    attempt_id: int
    score_tenths: int
    seconds: int


def above(path: str) -> list[str]:
    """Return the paths of a branch and everything above it."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def eligible(member: Member) -> ColumnElement[bool]:
    """Return the condition on Quiz joined to Branch that *member* may take it at all."""
    invited = exists().where(QuizEntrant.quiz_id == Quiz.id, QuizEntrant.member_id == member.id)
    return and_(
        Quiz.state == "published",
        Branch.path.in_(above(member.branch.path)),
        or_(Quiz.invited_only.is_(False), invited),
    )


def _mine(member: Member) -> Select[Quiz]:
    return select(Quiz).join(Branch, Branch.id == Quiz.branch_id).where(eligible(member))


def for_member(session: Session, member: Member, *, at: datetime) -> list[QuizCard]:
    """Return the quizzes of *member*, the soonest to close first. Two statements."""
    quizzes = session.scalars(_mine(member).order_by(Quiz.closes_at, Quiz.id)).all()
    taken = select(Attempt).where(Attempt.member_id == member.id, Attempt.state != "void")
    attempts: dict[int, list[Attempt]] = {}
    for attempt in session.scalars(taken.order_by(Attempt.id)):
        attempts.setdefault(attempt.quiz_id, []).append(attempt)
    return [card(quiz, attempts.get(quiz.id, []), at=at) for quiz in quizzes]


def card(quiz: Quiz, attempts: Sequence[Attempt], *, at: datetime) -> QuizCard:
    """Return how *quiz* stands for the member whose *attempts* these are."""
    running = next((a for a in attempts if a.state == "open"), None)
    graded = [a for a in attempts if a.score_tenths is not None]
    best = max(graded, key=lambda a: (a.score_tenths or 0, -a.id), default=None)
    state = "open"
    if running is not None:
        state = "resume"
    elif at < quiz.opens_at:
        state = "coming"
    elif len(attempts) >= quiz.attempts_allowed or (at >= quiz.closes_at and attempts):
        state = "done"
    elif at >= quiz.closes_at:
        state = "missed"
    return QuizCard(
        quiz,
        state,
        len(attempts),
        running or best,
        best.score_tenths if best else None,
        best.max_tenths if best else None,
    )


def quiz_for(session: Session, member: Member, key: str, *, at: datetime) -> QuizCard:
    """Return the quiz *key* as it stands for *member*. Two statements.

    :raises NotFound: for a draft, another branch's quiz, or one *member* is not invited to.
    """
    quiz = session.scalar(_mine(member).where(Quiz.key == key))
    if quiz is None:
        raise NotFound()
    return card(quiz, attempts_of(session, member.id, quiz.id), at=at)


def attempts_of(session: Session, member_id: int, quiz_id: int) -> list[Attempt]:
    """Return a member's attempts at a quiz, the first one first. One statement."""
    query = select(Attempt).where(
        Attempt.member_id == member_id, Attempt.quiz_id == quiz_id, Attempt.state != "void"
    )
    return list(session.scalars(query.order_by(Attempt.number)))


def own_attempt(session: Session, member: Member, key: str, *, lock: bool = False) -> Attempt:
    """Return *member*'s attempt, locked against other writers if asked. One statement.

    :raises NotFound: when it is somebody else's or nobody's; the two look alike.
    """
    query = select(Attempt).where(
        Attempt.key == keys.parse(key), Attempt.member_id == member.id, Attempt.state != "void"
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def saved(session: Session, attempt: Attempt) -> dict[int, Saved]:
    """Return what the server holds, by slot. One statement."""
    query = select(Response.slot, Response.value, Response.epoch, Response.seq)
    rows = session.execute(query.where(Response.attempt_id == attempt.id).order_by(Response.slot))
    return {slot: Saved(value, epoch, seq) for slot, value, epoch, seq in rows}


def quiz_by_key(session: Session, key: str, paths: Sequence[str]) -> Quiz:
    """Return the quiz *key* of the organiser's subtrees *paths*. One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    found = session.scalar(_organised(paths).where(Quiz.key == key))
    if found is None:
        raise NotFound()
    return found


def quizzes_of(session: Session, paths: Sequence[str]) -> list[Quiz]:
    """Return the quizzes of the subtrees *paths*, the newest first. One statement."""
    return list(session.scalars(_organised(paths).order_by(Quiz.opens_at.desc(), Quiz.id.desc())))


def _organised(paths: Sequence[str]) -> Select[Quiz]:
    under = or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))
    return select(Quiz).join(Branch, Branch.id == Quiz.branch_id).where(under)


def best_attempts(session: Session, quiz_id: int) -> list[Best]:
    """Return the best graded attempt of each member, best first. One statement."""
    query = select(Attempt).where(Attempt.quiz_id == quiz_id, Attempt.state == "graded")
    best: dict[int, Best] = {}
    for one in session.scalars(query.order_by(Attempt.id)):
        ended = min(one.submitted_at or one.deadline_at, one.deadline_at)
        seconds = max(0, int((ended - one.started_at).total_seconds()))
        found = Best(one.member_id, one.branch_id, one.id, one.score_tenths or 0, seconds)
        known = best.get(one.member_id)
        if known is None or (found.score_tenths, -seconds) > (known.score_tenths, -known.seconds):
            best[one.member_id] = found
    return sorted(best.values(), key=lambda b: (-b.score_tenths, b.seconds, b.attempt_id))


def taken(session: Session, quiz_id: int) -> int:
    """Return how many attempts a quiz has, annulled ones too. One statement."""
    counted = select(func.count(Attempt.id)).where(Attempt.quiz_id == quiz_id)
    return session.scalar(counted) or 0
