"""Writes of competitions: making one, settling a round, inviting those who advance."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.competitions.formats import BY_KEY
from app.competitions.formats.base import Placed, Result
from app.competitions.models import Competition, Round, RoundResult
from app.core import audit
from app.core.errors import DomainError, Invalid
from app.organisation.models import Branch
from app.points import services as points
from app.quizzes import building, lifecycle
from app.quizzes import queries as quiz_queries
from app.quizzes.models import Attempt, Quiz, QuizEntrant

#: Longest title of a competition, in characters.
LONGEST_TITLE = 120


class RoundRunning(DomainError):
    """A round cannot be settled while somebody may still answer."""

    error = "round_running"
    detail = _l("这一轮还有人可以作答，结束并全部交卷后才能结算。")


@dataclass(frozen=True)
class RoundDraft:
    """A round to be made: its title, format, configuration and quiz."""

    title: str
    format: str
    config: dict[str, Any]
    quiz: Quiz


def create_competition(
    session: Session,
    title: str,
    branch: Branch,
    drafts: Sequence[RoundDraft],
    *,
    description: str = "",
    by: int | None,
    at: datetime,
) -> Competition:
    """Make a running competition; quizzes after the first round become invited-only. Flushes.

    :raises Invalid: naming what is missing, before anything is written.
    """
    # In the order of their ids: two who hold the same quizzes must not wait for each other.
    for quiz in sorted({draft.quiz for draft in drafts}, key=lambda quiz: quiz.id):
        building.hold(session, quiz)
    _check(session, title, drafts, at)
    made = Competition(
        key=secrets.token_urlsafe(8),
        title=title.strip(),
        description=description.strip(),
        branch_id=branch.id,
        state="running",
        created_by_id=by,
        created_at=at,
    )
    session.add(made)
    session.flush()
    for number, draft in enumerate(drafts, 1):
        _add_round(session, made, number, draft)
    audit.record(session, "competition.create", f"competition:{made.id}", actor_id=by, at=at)
    session.flush()
    return made


def _add_round(session: Session, competition: Competition, number: int, draft: RoundDraft) -> None:
    session.add(
        Round(
            competition_id=competition.id,
            number=number,
            title=draft.title,
            format=draft.format,
            config=draft.config,
            quiz_id=draft.quiz.id,
        )
    )
    draft.quiz.invited_only = number > 1


def _check(session: Session, title: str, drafts: Sequence[RoundDraft], at: datetime) -> None:
    fields: dict[str, Any] = {}
    if not title.strip():
        fields["title"] = _l("请填写竞赛名称。")
    if any(BY_KEY[d.format].problems(d.config) for d in drafts):
        fields["best_per_branch"] = _l("每个支部晋级人数要在 1 到 50 之间。")
    ids = [d.quiz.id for d in drafts]
    taken = session.scalar(select(Round.id).where(Round.quiz_id.in_(ids)).limit(1))
    if len(set(ids)) < len(ids) or taken is not None:
        fields["final_quiz"] = _l("每一轮要用不同的、没有用在其他竞赛里的答题活动。")
    if drafts and drafts[0].quiz.closes_at <= at:
        fields["first_quiz"] = _l("预赛用的答题活动已经截止。")
    if len(title.strip()) > LONGEST_TITLE:
        fields["title"] = _l("竞赛名称最多 120 字。")
    if any(d.quiz.state != "published" for d in drafts):
        fields["final_quiz"] = _l("每一轮的答题活动要先发布。")
    paths = dict(session.execute(select(Branch.id, Branch.path)).all())  # type: ignore[arg-type]
    for earlier, later in zip(drafts, drafts[1:], strict=False):
        if not paths[earlier.quiz.branch_id].startswith(paths[later.quiz.branch_id]):
            fields["final_quiz"] = _l("后一轮的答题活动要对前一轮的所有支部开放。")
        if later.quiz.opens_at < earlier.quiz.closes_at:
            fields["final_quiz"] = _l("后一轮要在前一轮结束之后开始。")
        answered = session.scalar(
            select(Attempt.id).where(Attempt.quiz_id == later.quiz.id).limit(1)
        )
        if answered is not None:
            fields["final_quiz"] = _l("后一轮的答题活动已经有人作答。")
    if fields:
        raise Invalid(fields)


def uses_quiz(session: Session, quiz_id: int) -> bool:
    """Tell whether a quiz is a round of any competition."""
    return session.scalar(select(Round.id).where(Round.quiz_id == quiz_id)) is not None


def next_opens(session: Session, quiz_id: int) -> datetime | None:
    """Return when the round after that of a quiz begins; None without one. One statement."""
    mine = select(Round).where(Round.quiz_id == quiz_id).subquery()
    return session.scalar(
        select(Quiz.opens_at)
        .join(Round, Round.quiz_id == Quiz.id)
        .join(
            mine,
            (mine.c.competition_id == Round.competition_id) & (mine.c.number + 1 == Round.number),
        )
    )


lifecycle.USED_BY.append(uses_quiz)
lifecycle.OVER_BY.append(next_opens)


def settle(session: Session, one: Round, *, at: datetime) -> bool:
    """Settle a round that is over: results, points and invitations, once.

    Returns False, changing nothing, if it was settled before. Flushes.

    :raises RoundRunning: while the quiz is open or an attempt is not yet graded.
    """
    quiz = session.get_one(Quiz, one.quiz_id)
    waiting = select(Attempt.id).where(
        Attempt.quiz_id == quiz.id, Attempt.state.not_in(("graded", "void"))
    )
    if at < quiz.closes_at or session.scalar(waiting.limit(1)) is not None:
        raise RoundRunning()
    first = session.execute(
        update(Round).where(Round.id == one.id, Round.closed_at.is_(None)).values(closed_at=at)
    )
    if first.rowcount == 0:  # type: ignore[attr-defined]
        return False
    placed = _placed(session, one, quiz)
    if placed:
        session.execute(insert(RoundResult), [_row(one, p) for p in placed])
    _advance(session, one, [p.result for p in placed if p.advanced], at=at)
    audit.record(
        session, "round.settle", f"round:{one.id}", actor_id=None, at=at, results=len(placed)
    )
    session.flush()
    return True


def _placed(session: Session, one: Round, quiz: Quiz) -> list[Placed]:
    found = [
        Result(b.member_id, b.branch_id, b.attempt_id, b.score_tenths, b.seconds)
        for b in quiz_queries.best_attempts(session, quiz.id)
    ]
    return BY_KEY[one.format].place(found, one.config)


def _row(one: Round, placed: Placed) -> dict[str, Any]:
    result = placed.result
    return {
        "round_id": one.id,
        "member_id": result.member_id,
        "branch_id": result.branch_id,
        "attempt_id": result.attempt_id,
        "rank": placed.rank,
        "score_tenths": result.score_tenths,
        "seconds": result.seconds,
        "advanced": placed.advanced,
    }


def _advance(session: Session, one: Round, through: Sequence[Result], *, at: datetime) -> None:
    """Invite *through* to the next round and award them; finish after the last round."""
    competition = session.get_one(Competition, one.competition_id)
    after = session.scalar(
        select(Round).where(
            Round.competition_id == one.competition_id, Round.number == one.number + 1
        )
    )
    if after is None:
        competition.state = "finished"
        return
    invited = set(
        session.scalars(select(QuizEntrant.member_id).where(QuizEntrant.quiz_id == after.quiz_id))
    )
    for result in through:
        if result.member_id not in invited:
            session.add(QuizEntrant(quiz_id=after.quiz_id, member_id=result.member_id))
    events = [
        points.Event(
            member_id=result.member_id,
            branch_id=result.branch_id,
            rule="competition_advance",
            key=f"round:{one.id}:{result.member_id}",
            source_kind="round",
            source_key=competition.key,
            note=f"{competition.title} · {one.title}",
        )
        for result in through
    ]
    points.award_many(session, events, at=at)


def settle_if_over(session: Session, round_id: int, *, at: datetime) -> bool:
    """Settle a round unless somebody may still answer; tell whether it was done now.

    One round in a unit of work: the awards of two would hold rows that members share.
    """
    try:
        return settle(session, session.get_one(Round, round_id), at=at)
    except RoundRunning:
        return False
