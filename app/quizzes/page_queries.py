"""Reads that only the organiser's pages of quizzes need. Each says how many statements it runs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from app.core.paging import Page, cut
from app.members.models import Member
from app.organisation.models import Branch
from app.questions import queries as questions
from app.questions.models import Bank
from app.quizzes.models import Attempt, Quiz
from question_bank.selection import Candidate


@dataclass(frozen=True)
class Stage:
    """Where a quiz stands, in a word, and the tone to say it in."""

    #: draft, coming, running or over.
    key: str
    text: str
    tone: str


@dataclass(frozen=True)
class Row:
    """One attempt in the organiser's list; ``seconds`` is none until it was handed in."""

    name: str
    branch: str
    number: int
    state: str
    passed: bool | None
    score_tenths: int | None
    seconds: int | None
    started_at: datetime


@dataclass(frozen=True)
class Summary:
    """How many members took a quiz, are at it, have passed; the average of graded attempts."""

    members: int
    open: int
    passed: int
    average: str


def stage(quiz: Quiz, at: datetime) -> Stage:
    """Return where *quiz* stands at *at*."""
    if quiz.state == "draft":
        return Stage("draft", _("草稿"), "neutral")
    if at < quiz.opens_at:
        return Stage("coming", _("即将开始"), "info")
    if at < quiz.closes_at:
        return Stage("running", _("进行中"), "good")
    return Stage("over", _("已结束"), "neutral")


def attempt_states() -> dict[str, str]:
    """Return attempt state → its name for readers."""
    return {
        "open": _("正在答"),
        "submitted": _("正在评分"),
        "graded": _("已评分"),
        "expired": _("正在收卷"),
        "void": _("已作废"),
    }


def branches(session: Session, paths: Sequence[str]) -> list[Branch]:
    """Return the branches at and below *paths*, parents first. One statement."""
    return list(session.scalars(select(Branch).where(_under(paths)).order_by(Branch.path)))


def banks(session: Session, paths: Sequence[str]) -> list[Bank]:
    """Return the banks of branches at and below *paths*, by name. One statement."""
    query = select(Bank).join(Branch, Branch.id == Bank.branch_id).where(_under(paths))
    return list(session.scalars(query.order_by(Bank.name)))


def _under(paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(Branch.path.startswith(path, autoescape=True) for path in paths))


def pool(session: Session, bank_id: int | None) -> list[Candidate] | None:
    """Return the published questions of a bank as candidates; None without one. Two statements."""
    if bank_id is None:
        return None
    return [Candidate(*one) for one in questions.published_versions(session, bank_id)]


def tags(pool: Sequence[Candidate] | None) -> list[str]:
    """Return the tags in *pool*, the most used first."""
    counted = Counter(tag for one in pool or () for tag in sorted(one.tags))
    return [tag for tag, _n in counted.most_common(100)]


def reach(session: Session, quiz: Quiz) -> tuple[Branch, int]:
    """Return the branch of a quiz and how many active members it has in all. Two statements."""
    home = session.get_one(Branch, quiz.branch_id)
    below = Branch.path.startswith(home.path, autoescape=True)
    query = select(func.count(Member.id)).join(Branch, Branch.id == Member.branch_id)
    return home, session.scalars(query.where(below, Member.active)).one()


def participants(
    session: Session, quiz: Quiz, before_id: int | None = None, size: int = 100
) -> Page[Row]:
    """Return the attempts at a quiz, newest first, with names. One statement."""
    query = (
        select(Attempt, Member.name, Branch.name)
        .join(Member, Member.id == Attempt.member_id)
        .join(Branch, Branch.id == Attempt.branch_id)
        .where(Attempt.quiz_id == quiz.id)
    )
    if before_id is not None:
        query = query.where(Attempt.id < before_id)
    found = session.execute(query.order_by(Attempt.id.desc()).limit(size + 1)).all()
    rows = [_row(attempt, name, branch) for attempt, name, branch in found]
    return cut(rows, size, [attempt.id for attempt, _name, _branch in found])


def _row(attempt: Attempt, name: str, branch: str) -> Row:
    end = attempt.submitted_at and min(attempt.submitted_at, attempt.deadline_at)
    return Row(
        name,
        branch,
        attempt.number,
        attempt.state,
        attempt.passed,
        attempt.score_tenths,
        round((end - attempt.started_at).total_seconds()) if end else None,
        attempt.started_at,
    )


def summary(session: Session, quiz: Quiz) -> Summary:
    """Return the figures over all attempts at a quiz. One statement."""
    passed = case((Attempt.passed.is_(True), Attempt.member_id))
    at_it = case((Attempt.state == "open", Attempt.member_id))
    query = select(
        func.count(Attempt.member_id.distinct()),
        func.count(at_it.distinct()),
        func.count(passed.distinct()),
        func.avg(Attempt.score_tenths),
    ).where(Attempt.quiz_id == quiz.id, Attempt.state != "void")
    members, at_work, passes, average = session.execute(query).one()
    mean = "—" if average is None else f"{float(average) / 10:.1f}"
    return Summary(members, at_work, passes, mean)
