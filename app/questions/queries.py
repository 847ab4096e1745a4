"""Reads of banks and questions. Each function says how many statements it runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.db import name_of
from app.core.errors import NotFound
from app.core.paging import Page, cut
from app.organisation.models import Branch
from app.questions.models import Bank, ImportRun, Question, QuestionTag, QuestionVersion
from question_bank.question import Question as Content

#: Versions kept in one process; they are immutable, so none is ever stale.
KEPT = 20_000

_versions: dict[tuple[str, int], Content] = {}


def cached_versions(session: Session, ids: Iterable[int]) -> dict[int, Content]:
    """Return the contents of question versions by id. No statement once known, else one."""
    database = name_of(session)
    wanted = set(ids)
    # Another thread may empty the cache at any time: what was found stays in hand.
    found = {i: known for i in wanted if (known := _versions.get((database, i))) is not None}
    unknown = wanted - found.keys()
    if unknown:
        if len(_versions) + len(unknown) > KEPT:
            _versions.clear()
        query = select(QuestionVersion.id, QuestionVersion.content)
        for id_, content in session.execute(query.where(QuestionVersion.id.in_(unknown))):
            found[id_] = _versions[database, id_] = Content.from_json(content)
    return found


def forget_versions() -> None:
    """Empty the process cache: for tests, which put another database behind the same address."""
    _versions.clear()


def published_versions(session: Session, bank_id: int) -> list[tuple[int, str, frozenset[str]]]:
    """Return (version id, type, tags) of what may be asked from a bank, by id. Two statements."""
    newest = (
        select(QuestionVersion.id, QuestionVersion.type, Question.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(
            Question.bank_id == bank_id,
            Question.status == "published",
            QuestionVersion.number == Question.version_number,
        )
        .order_by(QuestionVersion.id)
    )
    rows = session.execute(newest).all()
    tags: dict[int, set[str]] = {}
    tagged = (
        select(QuestionTag.question_id, QuestionTag.tag)
        .join(Question, Question.id == QuestionTag.question_id)
        .where(Question.bank_id == bank_id, Question.status == "published")
    )
    for question_id, tag in session.execute(tagged):
        tags.setdefault(question_id, set()).add(tag)
    return [(id_, type_, frozenset(tags.get(q, ()))) for id_, type_, q in rows]


def bank_by_name(session: Session, name: str) -> Bank | None:
    """Return the bank of this stored name, or None. One statement."""
    return session.scalar(select(Bank).where(Bank.name == name))


def under(paths: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a bank's branch lies in the subtrees *paths*."""
    return or_(False, *(Branch.path.startswith(path, autoescape=True) for path in paths))


def banks(session: Session, paths: Sequence[str]) -> list[tuple[Bank, dict[str, int]]]:
    """Return the banks of the subtrees with how many questions of each status. Two statements."""
    query = select(Bank).join(Branch, Branch.id == Bank.branch_id).where(under(paths))
    found = session.scalars(query.order_by(Bank.name)).all()
    counted = (
        select(Question.bank_id, Question.status, func.count())
        .where(Question.bank_id.in_([bank.id for bank in found]))
        .group_by(Question.bank_id, Question.status)
    )
    counts: dict[int, dict[str, int]] = {bank.id: {} for bank in found}
    for bank_id, status, count in session.execute(counted):
        counts[bank_id][status] = count
    return [(bank, counts[bank.id]) for bank in found]


def bank_of(session: Session, paths: Sequence[str], bank_id: int) -> Bank:
    """Return a bank of the subtrees. One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    query = select(Bank).join(Branch, Branch.id == Bank.branch_id)
    found = session.scalar(query.where(Bank.id == bank_id, under(paths)))
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Row:
    """A question in a bank's table, with its newest version."""

    question: Question
    version: QuestionVersion


@dataclass(frozen=True)
class Filter:
    """What a bank's table is narrowed to; empty parts do not narrow."""

    text: str = ""
    type: str = ""
    status: str = ""
    tag: str = ""


def rows(
    session: Session, bank: Bank, wanted: Filter, *, after: int = 0, size: int = 50
) -> Page[Row]:
    """Return a page of a bank's questions by id, after the cursor. One statement."""
    newest = and_(
        QuestionVersion.question_id == Question.id,
        QuestionVersion.number == Question.version_number,
    )
    query = select(Question, QuestionVersion).join(QuestionVersion, newest)
    query = query.where(Question.bank_id == bank.id, Question.id > after)
    if wanted.text:
        stem = QuestionVersion.content["stem"].as_string()
        query = query.where(stem.contains(wanted.text, autoescape=True))
    if wanted.type:
        query = query.where(QuestionVersion.type == wanted.type)
    if wanted.status:
        query = query.where(Question.status == wanted.status)
    if wanted.tag:
        tagged = select(QuestionTag.question_id).where(QuestionTag.tag == wanted.tag)
        query = query.where(Question.id.in_(tagged))
    found = session.execute(query.order_by(Question.id).limit(size + 1)).all()
    return cut([Row(*row) for row in found], size, [row[0].id for row in found])


def tags(session: Session, bank: Bank) -> list[str]:
    """Return the tags of a bank, the most used first. One statement."""
    query = (
        select(QuestionTag.tag)
        .join(Question, Question.id == QuestionTag.question_id)
        .where(Question.bank_id == bank.id)
        .group_by(QuestionTag.tag)
        .order_by(func.count().desc(), QuestionTag.tag)
    )
    return list(session.scalars(query))


def question_of(session: Session, paths: Sequence[str], key: str) -> tuple[Bank, Row]:
    """Return a question of a bank of the subtrees. One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    newest = and_(
        QuestionVersion.question_id == Question.id,
        QuestionVersion.number == Question.version_number,
    )
    row = session.execute(
        select(Bank, Question, QuestionVersion)
        .join(Question, Question.bank_id == Bank.id)
        .join(QuestionVersion, newest)
        .join(Branch, Branch.id == Bank.branch_id)
        .where(Question.key == key, under(paths))
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row[0], Row(row[1], row[2])


def import_of(session: Session, paths: Sequence[str], key: str) -> tuple[Bank | None, ImportRun]:
    """Return an import into a bank of the subtrees, None while writing has to make the bank.

    One statement.

    :raises NotFound: when it is not there or elsewhere.
    """
    there = or_(
        Bank.id == ImportRun.bank_id,
        and_(ImportRun.bank_id.is_(None), Bank.name == ImportRun.new_bank),
    )
    row = session.execute(
        select(Bank, ImportRun)
        .select_from(ImportRun)
        .outerjoin(Bank, there)
        .join(Branch, Branch.id == func.coalesce(Bank.branch_id, ImportRun.branch_id))
        .where(ImportRun.key == key, under(paths))
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row[0], row[1]
