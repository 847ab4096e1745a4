"""Reads of banks and questions. Each function says how many statements it runs."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.questions.models import Bank, Question, QuestionTag, QuestionVersion
from question_bank.question import Question as Content

#: Versions kept in one process; they are immutable, so none is ever stale.
KEPT = 20_000

_versions: dict[tuple[str, int], Content] = {}


def cached_versions(session: Session, ids: Iterable[int]) -> dict[int, Content]:
    """Return the contents of question versions by id. No statement once known, else one."""
    database = str(session.get_bind().engine.url)
    wanted = set(ids)
    unknown = [i for i in wanted if (database, i) not in _versions]
    if unknown:
        if len(_versions) + len(unknown) > KEPT:
            _versions.clear()
            unknown = list(wanted)
        query = select(QuestionVersion.id, QuestionVersion.content)
        for id_, content in session.execute(query.where(QuestionVersion.id.in_(unknown))):
            _versions[database, id_] = Content.from_json(content)
    return {i: _versions[database, i] for i in wanted}


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
