"""Reads of competitions. Each function says how many statements it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import Session

from app.competitions.models import Competition, Round, RoundResult
from app.core.errors import NotFound
from app.members.models import Member
from app.organisation.models import Branch
from app.quizzes.models import Attempt, Quiz, QuizEntrant


@dataclass(frozen=True)
class RoundView:
    """A round with its quiz and how many took part."""

    round: Round
    quiz: Quiz
    entrants: int
    #: coming, running, settling (over, not yet settled) or settled.
    state: str
    invited: bool
    #: My place once it is settled; None if I did not take part.
    mine: RoundResult | None = None


@dataclass(frozen=True)
class Line:
    """One line of a round's results."""

    result: RoundResult
    name: str
    branch: str


def visible(session: Session, member: Member) -> list[Competition]:
    """Return the competitions open to *member*'s branch, newest first. One statement."""
    return list(
        session.scalars(
            select(Competition)
            .join(Branch, Branch.id == Competition.branch_id)
            .where(_covers(member), Competition.state != "draft")
            .order_by(Competition.id.desc())
        )
    )


def one(session: Session, member: Member, key: str) -> Competition:
    """Return the competition *key* if it is open to *member*. One statement.

    :raises NotFound: else.
    """
    found = session.scalar(
        select(Competition)
        .join(Branch, Branch.id == Competition.branch_id)
        .where(_covers(member), Competition.state != "draft", Competition.key == key)
    )
    if found is None:
        raise NotFound()
    return found


def _covers(member: Member) -> ColumnElement[bool]:
    parts = member.branch.path.split("/")[:-1]
    prefixes = ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
    return Branch.path.in_(prefixes)


def organised(session: Session, paths: Sequence[str]) -> list[Competition]:
    """Return the competitions of the subtrees *paths*, newest first. One statement."""
    return list(
        session.scalars(
            select(Competition)
            .join(Branch, Branch.id == Competition.branch_id)
            .where(_under(paths))
            .order_by(Competition.id.desc())
        )
    )


def organised_one(session: Session, paths: Sequence[str], key: str) -> Competition:
    """Return the competition *key* of the subtrees *paths*. One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    found = session.scalar(
        select(Competition)
        .join(Branch, Branch.id == Competition.branch_id)
        .where(_under(paths), Competition.key == key)
    )
    if found is None:
        raise NotFound()
    return found


def _under(paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))


def rounds_taken(session: Session) -> set[int]:
    """Return the ids of the quizzes that are a round of some competition. One statement."""
    return set(session.scalars(select(Round.quiz_id)))


def _rows(session: Session, ids: Sequence[int]) -> Sequence[Row[Round, Quiz, int]]:
    """Return the rounds of the competitions *ids* with quiz and takers. One statement."""
    takers = (
        select(func.count(func.distinct(Attempt.member_id)))
        .where(Attempt.quiz_id == Round.quiz_id, Attempt.state != "void")
        .scalar_subquery()
    )
    return session.execute(
        select(Round, Quiz, takers)
        .join(Quiz, Quiz.id == Round.quiz_id)
        .where(Round.competition_id.in_(ids))
        .order_by(Round.number)
    ).all()


def rounds_of_all(
    session: Session, competitions: Sequence[Competition], *, at: datetime
) -> list[tuple[Competition, list[RoundView]]]:
    """Return each competition with its rounds, as an organiser sees them. One statement."""
    found: dict[int, list[RoundView]] = {one.id: [] for one in competitions}
    for one, quiz, count in _rows(session, list(found)):
        view = RoundView(one, quiz, count, _state(one, quiz, at), invited=True)
        found[one.competition_id].append(view)
    return [(one, found[one.id]) for one in competitions]


def rounds(
    session: Session, competition: Competition, member_id: int, *, at: datetime
) -> list[RoundView]:
    """Return the rounds in order as they stand at *at*, for *member_id*. Three statements."""
    rows = _rows(session, [competition.id])
    mine = select(QuizEntrant.quiz_id).where(QuizEntrant.member_id == member_id)
    invited = set(session.scalars(mine))
    ids = [one.id for one, _, _ in rows]
    own = select(RoundResult).where(
        RoundResult.round_id.in_(ids), RoundResult.member_id == member_id
    )
    places = {result.round_id: result for result in session.scalars(own)}
    return [
        RoundView(
            round=one,
            quiz=quiz,
            entrants=count,
            state=_state(one, quiz, at),
            invited=not quiz.invited_only or quiz.id in invited,
            mine=places.get(one.id),
        )
        for one, quiz, count in rows
    ]


def _state(one: Round, quiz: Quiz, at: datetime) -> str:
    if one.closed_at is not None:
        return "settled"
    if at < quiz.opens_at:
        return "coming"
    return "running" if at < quiz.closes_at else "settling"


def round_of(session: Session, competition: Competition, number: int) -> Round:
    """Return round *number* of the competition. One statement.

    :raises NotFound: when there is none.
    """
    found = session.scalar(
        select(Round).where(Round.competition_id == competition.id, Round.number == number)
    )
    if found is None:
        raise NotFound()
    return found


def results(session: Session, one: Round, *, limit: int) -> list[Line]:
    """Return the first *limit* lines of a settled round in order. One statement."""
    rows = session.execute(
        select(RoundResult, Member.name, Branch.name)
        .join(Member, Member.id == RoundResult.member_id)
        .join(Branch, Branch.id == RoundResult.branch_id)
        .where(RoundResult.round_id == one.id)
        .order_by(RoundResult.rank, RoundResult.member_id)
        .limit(limit)
    )
    return [Line(*row) for row in rows]


def my_result(session: Session, one: Round, member_id: int) -> RoundResult | None:
    """Return *member_id*'s place in a settled round, or None. One statement."""
    return session.get(RoundResult, (one.id, member_id))


def due(session: Session, *, at: datetime) -> list[Round]:
    """Return the unsettled rounds of running competitions whose quiz is over. One statement."""
    return list(
        session.scalars(
            select(Round)
            .join(Quiz, Quiz.id == Round.quiz_id)
            .join(Competition, Competition.id == Round.competition_id)
            .where(Competition.state == "running", Round.closed_at.is_(None), Quiz.closes_at <= at)
            .order_by(Round.id)
        )
    )
