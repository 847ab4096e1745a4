"""Starting: one atomic statement makes an attempt open, or the open one is continued here."""

import secrets
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.errors import DomainError
from app.members.models import Member
from app.quizzes import keys, papers
from app.quizzes.models import Attempt, Quiz

#: Seeds fit a 63-bit integer on both databases.
SEED_BITS = 62


class NotYetOpen(DomainError):
    """The quiz's window has not begun."""

    error = "not_yet_open"
    title = _l("还没有开始")
    detail = _l("这个答题活动还没有开始，到时间再来。")


class Closed(DomainError):
    """The quiz's window is over."""

    error = "closed"
    title = _l("已经结束")
    detail = _l("这个答题活动已经结束，不能再开始作答。")


class NoAttemptsLeft(DomainError):
    """Every allowed attempt is used up."""

    error = "no_attempts_left"
    title = _l("次数已用完")
    detail = _l("这个答题活动的作答次数已经用完。")


def start(session: Session, quiz: Quiz, member: Member, *, at: datetime) -> tuple[Attempt, bool]:
    """Return the member's open attempt and whether it was just made.

    An open one is continued on this device: its lease (epoch) goes up, so that an older device
    learns that it was left. Assumes that *member* is eligible (``queries.quiz_for``).

    :raises NotYetOpen: before the window.
    :raises Closed: after it.
    :raises NoAttemptsLeft: when all are used up.
    """
    running = _open(session, quiz, member)
    if running is not None:
        return resume_here(session, running), False
    if at < quiz.opens_at:
        raise NotYetOpen()
    if at >= quiz.closes_at:
        raise Closed()
    _refuse_ended(session, quiz, at)
    made = _make(session, quiz, member, at=at)
    if made is not None:
        return made, True
    # Another request of the same member was faster, or nothing was left.
    running = _open(session, quiz, member)
    if running is None:
        raise NoAttemptsLeft()
    # It may be another phone: two of them under one lease would give one number to two answers.
    return resume_here(session, running), False


def _refuse_ended(session: Session, quiz: Quiz, at: datetime) -> None:
    """Wait for an organiser who just now ends the quiz or takes it back; then see what stands.

    It is the lock that the attempt's foreign key takes anyway, so starters do not wait for others.
    """
    session.refresh(quiz, with_for_update={"read": True, "key_share": True})
    if quiz.state != "published" or at >= quiz.closes_at:
        raise Closed()


def resume_here(session: Session, attempt: Attempt) -> Attempt:
    """Move the attempt's lease to this device: its epoch goes up by one."""
    mine = Attempt.id == attempt.id, Attempt.state == "open"
    session.execute(
        update(Attempt)
        .where(*mine)
        .values(epoch=Attempt.epoch + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(attempt)
    return attempt


def _open(session: Session, quiz: Quiz, member: Member) -> Attempt | None:
    query = select(Attempt).where(
        Attempt.member_id == member.id, Attempt.quiz_id == quiz.id, Attempt.state == "open"
    )
    return session.scalar(query)


def _make(session: Session, quiz: Quiz, member: Member, *, at: datetime) -> Attempt | None:
    """Insert the attempt if fewer than allowed are used; None if not, or if somebody was faster."""
    seed = secrets.randbits(SEED_BITS)
    paper = papers.draw_paper(session, quiz, seed)
    deadline = min(at + timedelta(seconds=quiz.seconds_allowed), quiz.closes_at)
    used = select(func.count(Attempt.id)).where(
        Attempt.member_id == member.id, Attempt.quiz_id == quiz.id
    )
    counted = session.scalar(used) or 0
    if counted >= quiz.attempts_allowed:
        return None
    values = {
        "key": keys.new(),
        "quiz_id": quiz.id,
        "member_id": member.id,
        "branch_id": member.branch_id,
        "number": counted + 1,
        "state": "open",
        "epoch": 1,
        "seed": seed,
        "paper": paper,
        "started_at": at,
        "deadline_at": deadline,
        "by_server": False,
    }
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    # Two starters computed the same number; the unique number lets exactly one of them in.
    new = dialect.insert(Attempt).values(**values).on_conflict_do_nothing()
    made: Attempt | None = session.scalar(new.returning(Attempt))
    return made
