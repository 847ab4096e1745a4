"""Loading the demo: the same seed gives the same organisation, counted back from now."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.competitions import queries as competition_queries
from app.competitions import services as competitions
from app.demo import content, history, people
from app.members.models import Member
from app.organisation.models import Branch
from app.points import services as points
from app.quizzes.models import QuizEntrant

DAYS = 28


@dataclass(frozen=True)
class Account:
    """A login of the demo."""

    role: str
    no: str
    name: str
    password: str


class NotEmpty(RuntimeError):
    """The database has an organisation already."""


def is_empty(session: Session) -> bool:
    """Tell whether there is no branch yet."""
    return session.scalar(select(Branch.id).limit(1)) is None


def load(session: Session, *, members: int, seed: int, at: datetime) -> list[Account]:
    """Load the demo organisation into an empty database and return one account per role.

    :raises NotEmpty: when there is an organisation already.
    """
    if not is_empty(session):
        raise NotEmpty("the database has an organisation already; the demo needs an empty one")
    luck = random.Random(seed)
    founded = at - timedelta(days=400)
    points.ensure_rules(session, at=founded)
    places = people.add_places(session, luck, members, at=founded)
    root = session.scalars(select(Branch).where(Branch.parent_id.is_(None))).one()
    holders = people.give_roles(session, places, root, at=founded)
    _live_a_month(session, luck, places, root, holders["organiser"], at=at)
    return [
        Account(role.rstrip("2"), one.no, one.name, people.PASSWORD)
        for role, one in holders.items()
    ]


def _live_a_month(
    session: Session,
    luck: random.Random,
    places: list[people.Place],
    root: Branch,
    organiser: Member,
    *,
    at: datetime,
) -> None:
    bank = content.add_bank(session, root, at=at - timedelta(days=60))
    lessons = content.add_courses(session, root)
    everyone = history.takers(luck, places)
    # The accounts that visitors log in with keep the open quizzes for themselves.
    fresh = {m.id for p in (places[0], places[6]) for m in p.members[:2]}
    others = [t for t in everyone if t.member.id not in fresh]
    earned = history.take_lessons(session, luck, lessons, others, days=DAYS, now=at)
    for plan in (*content.PAST, content.QUALIFYING, *content.OPEN, content.FINAL):
        quiz = content.add_quiz(session, plan, root, bank, by=organiser.id, now=at)
        if plan is content.QUALIFYING:
            first = quiz
        who = others if plan.closes > 0 else everyone
        if plan is content.FINAL:
            break
        until = min(quiz.closes_at, at)
        earned += history.take_quiz(session, luck, quiz, who, turnout=plan.turnout, until=until)
    history.pay(session, earned)
    content.add_competition(session, root, first, quiz, by=organiser.id)
    for one in competition_queries.due(session, at=at):
        competitions.settle_if_over(session, one.id, at=at)
    invited = set(session.scalars(select(QuizEntrant.member_id).filter_by(quiz_id=quiz.id)))
    finalists = [t for t in others if t.member.id in invited]
    turnout = content.FINAL.turnout
    history.pay(
        session, history.take_quiz(session, luck, quiz, finalists, turnout=turnout, until=at)
    )
    points.seal(session, at=at)
