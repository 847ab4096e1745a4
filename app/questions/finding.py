"""Finding published questions to build something from, such as a lesson's checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app.organisation.models import Branch
from app.questions.models import Bank, Question, QuestionVersion
from app.questions.queries import under

#: Most questions that one search shows.
MOST = 20


@dataclass(frozen=True)
class Found:
    """A published question as a search shows it."""

    version_id: int
    type: str
    stem: str
    bank: str


def published(
    session: Session,
    paths: Sequence[str],
    text: str,
    bank_id: int | None,
    *,
    without: Iterable[int] = (),
) -> list[Found]:
    """Return some published questions of the subtrees whose stem holds *text*. One statement.

    :param bank_id: the only bank to look in; None for all.
    :param without: ids of versions to leave out.
    """
    stem = QuestionVersion.content["stem"].as_string()
    query = (
        select(QuestionVersion.id, QuestionVersion.type, stem, Bank.name)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Bank, Bank.id == Question.bank_id)
        .join(Branch, Branch.id == Bank.branch_id)
        .where(
            Question.status == "published",
            QuestionVersion.number == Question.version_number,
            QuestionVersion.id.not_in(list(without)),
            under(paths),
        )
    )
    if text:
        query = query.where(stem.contains(text, autoescape=True))
    if bank_id is not None:
        query = query.where(Bank.id == bank_id)
    rows = session.execute(query.order_by(Bank.name, QuestionVersion.id).limit(MOST))
    return [Found(*row) for row in rows]


def newest(session: Session, paths: Sequence[str], ids: Sequence[int]) -> dict[int, int]:
    """Return the newest version of each version's question, of published ones of the subtrees.

    One statement; none without ids.
    """
    if not ids:
        return {}
    given, last = aliased(QuestionVersion), aliased(QuestionVersion)
    rows = session.execute(
        select(given.id, last.id)
        .join(Question, Question.id == given.question_id)
        .join(last, and_(last.question_id == Question.id, last.number == Question.version_number))
        .join(Bank, Bank.id == Question.bank_id)
        .join(Branch, Branch.id == Bank.branch_id)
        .where(given.id.in_(ids), Question.status == "published", under(paths))
    )
    return {row[0]: row[1] for row in rows}
