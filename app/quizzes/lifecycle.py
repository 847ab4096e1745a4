"""What an organiser may still do with a quiz: copy, close early, extend, take back, delete."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.core import audit, clock
from app.core.errors import DomainError, Invalid
from app.core.templating import moment
from app.quizzes.building import (
    LONGEST_WINDOW,
    TITLE,
    AlreadyPublished,
    QuizDraft,
    create_quiz,
    hold,
    new_key,
)
from app.quizzes.models import Attempt, Quiz, QuizEntrant, QuizQuestion

#: Who else may count on a quiz, asked with its id; features above add themselves.
USED_BY: list[Callable[[Session, int], bool]] = []
#: Who else needs a quiz to be over by some time, asked with its id; None is never.
OVER_BY: list[Callable[[Session, int], datetime | None]] = []


class AlreadyTaken(DomainError):
    """Somebody has begun the quiz, or a competition counts on it."""

    error = "already_taken"
    title = _l("已经不能收回")
    detail = _l("已有人作答，或有竞赛用着这场答题。可以提前截止，或复制成新草稿。")


def copy(session: Session, quiz: Quiz, *, by: int, at: datetime) -> Quiz:
    """Return a new draft like *quiz*, open to all, its window as long and from the next hour on."""
    names = QuizDraft.__dataclass_fields__
    given = {name: getattr(quiz, name) for name in names}
    opens = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    window = {"opens_at": opens, "closes_at": opens + (quiz.closes_at - quiz.opens_at)}
    title = _("%(title)s（副本）", title=quiz.title)[:TITLE]
    fresh = QuizDraft(**given | window | {"title": title, "invited_only": False})
    return create_quiz(session, fresh, by=by, at=at)


def close_early(session: Session, quiz: Quiz, *, by: int, at: datetime) -> None:
    """Let the quiz end now, or when the last of those who are answering must be done. Flushes.

    Nobody loses time that they were promised, and no answer is published while one still counts.

    :raises Invalid: when it is not open.
    """
    hold(session, quiz)
    if quiz.state != "published" or not quiz.opens_at <= at < quiz.closes_at:
        raise Invalid(detail=_("只有正在进行的答题可以提前截止。"))
    last = select(func.max(Attempt.deadline_at)).where(
        Attempt.quiz_id == quiz.id, Attempt.state == "open"
    )
    ends = max(at, session.scalar(last) or at, quiz.opens_at + timedelta(seconds=1))
    quiz.closes_at = min(quiz.closes_at, ends)
    audit.record(
        session,
        "quiz.close",
        f"quiz:{quiz.id}",
        actor_id=by,
        at=at,
        until=clock.iso(quiz.closes_at),
    )
    session.flush()


def extend(
    session: Session, quiz: Quiz, closes_at: datetime | None, *, by: int, at: datetime
) -> None:
    """Let the quiz stay open longer. Flushes.

    :raises Invalid: unless it goes on and the new end is later than the old one and in bounds.
    """
    hold(session, quiz)
    if quiz.state != "published" or at >= quiz.closes_at:
        raise Invalid(detail=_("已经截止的答题不能延长，可以复制成新草稿。"))
    if closes_at is None or closes_at <= quiz.closes_at:
        raise Invalid({"closes_at": _("新的截止时间要晚于现在的。")})
    if closes_at - quiz.opens_at > LONGEST_WINDOW:
        raise Invalid({"closes_at": _("开放时间最长 %(n)s 天。", n=LONGEST_WINDOW.days)})
    _refuse_too_late(session, quiz, closes_at)
    quiz.closes_at = closes_at
    audit.record(
        session, "quiz.extend", f"quiz:{quiz.id}", actor_id=by, at=at, until=clock.iso(closes_at)
    )
    session.flush()


def _refuse_too_late(session: Session, quiz: Quiz, closes_at: datetime) -> None:
    for needs_over_by in OVER_BY:
        latest = needs_over_by(session, quiz.id)
        if latest is not None and closes_at > latest:
            sentence = _("竞赛的下一轮 %(time)s 开始，这一轮要在那以前截止。", time=moment(latest))
            raise Invalid({"closes_at": sentence})


def take_back(session: Session, quiz: Quiz, *, by: int, at: datetime) -> None:
    """Make a published quiz a draft again while nobody has begun it. Flushes.

    :raises AlreadyTaken: when somebody has, members are invited, or a competition uses it.
    """
    hold(session, quiz)
    if quiz.state != "published":
        return
    begun = session.scalar(select(Attempt.id).where(Attempt.quiz_id == quiz.id).limit(1))
    invited = select(QuizEntrant.member_id).where(QuizEntrant.quiz_id == quiz.id).limit(1)
    used = any(uses(session, quiz.id) for uses in USED_BY)
    if begun is not None or session.scalar(invited) is not None or used:
        raise AlreadyTaken()
    session.execute(delete(QuizQuestion).where(QuizQuestion.quiz_id == quiz.id))
    quiz.state = "draft"
    # Every process keeps the pool that was published under the old key; members never had it.
    quiz.key = new_key()
    audit.record(session, "quiz.take_back", f"quiz:{quiz.id}", actor_id=by, at=at)
    session.flush()


def remove(session: Session, quiz: Quiz, *, by: int, at: datetime) -> None:
    """Delete a draft. Flushes.

    :raises AlreadyPublished: for anything else.
    """
    hold(session, quiz)
    if quiz.state != "draft":
        raise AlreadyPublished()
    title, name = quiz.title, f"quiz:{quiz.id}"
    session.delete(quiz)
    audit.record(session, "quiz.delete", name, actor_id=by, at=at, title=title)
    session.flush()
