"""Writes of banks and questions."""

import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import Invalid
from app.core.upserts import insert_into
from app.organisation.models import Branch
from app.questions.models import Bank, Question, QuestionTag, QuestionVersion
from question_bank.question import Question as Content
from question_bank.question import content_hash, duplicate_key

#: Longest tag kept, in characters.
TAG_LENGTH = 60


def bank_name(name: str, field: str = "bank") -> str:
    """Return the bank's name as stored: NFKC, spaces folded.

    :raises Invalid: naming *field*, for an empty name or one over 80 characters.
    """
    clean = " ".join(unicodedata.normalize("NFKC", name).split())
    if not 0 < len(clean) <= 80:
        raise Invalid({field: _l("题库名称要有 1 到 80 个字。")})
    return clean


def ensure_bank(session: Session, name: str, branch: Branch, *, at: datetime) -> Bank:
    """Return the bank *name*, made for *branch* if it is not there. Flushes."""
    clean = bank_name(name)
    named = select(Bank).where(Bank.name == clean)
    bank = session.scalar(named)
    if bank is not None:
        return bank
    # Somebody else may make it in this very moment; then theirs is the one.
    new = insert_into(session, Bank).values(name=clean, branch_id=branch.id, created_at=at)
    session.execute(new.on_conflict_do_nothing())
    return session.scalars(named).one()


def add_question(
    session: Session,
    bank: Bank,
    content: Content,
    *,
    status: str,
    member_id: int | None,
    at: datetime,
    problems: Sequence[dict[str, Any]] = (),
) -> Question:
    """Add one question with its first version to *bank*. Flushes."""
    return add_questions(
        session, bank, [(content, status, list(problems))], member_id=member_id, at=at
    )[0]


def add_questions(
    session: Session,
    bank: Bank,
    given: Iterable[tuple[Content, str, list[dict[str, Any]]]],
    *,
    member_id: int | None,
    at: datetime,
) -> list[Question]:
    """Add many (content, status, problems) to *bank* in three statements. Flushes."""
    contents, questions = [], []
    for content, status, problems in given:
        contents.append(content)
        questions.append(
            Question(
                key=secrets.token_urlsafe(9),
                bank_id=bank.id,
                status=status,
                version_number=1,
                duplicate_key=duplicate_key(content),
                problems=problems,
                created_at=at,
            )
        )
    session.add_all(questions)
    session.flush()
    pairs = list(zip(questions, contents, strict=True))
    _add_versions(session, pairs, member_id=member_id, at=at)
    _add_tags(session, pairs)
    return questions


def _add_versions(
    session: Session,
    pairs: Sequence[tuple[Question, Content]],
    *,
    member_id: int | None,
    at: datetime,
) -> None:
    rows = [
        {
            "question_id": question.id,
            "number": 1,
            "content_hash": content_hash(content),
            "type": content.type,
            "content": content.to_json(),
            "author_id": member_id,
            "created_at": at,
        }
        for question, content in pairs
    ]
    if rows:
        session.execute(insert(QuestionVersion), rows)


def _add_tags(session: Session, pairs: Sequence[tuple[Question, Content]]) -> None:
    rows = [
        {"question_id": question.id, "tag": tag}
        for question, content in pairs
        for tag in sorted({t.strip()[:TAG_LENGTH] for t in content.tags if t.strip()})
    ]
    if rows:
        session.execute(insert(QuestionTag), rows)


def publish(session: Session, question: Question, *, by: int | None, at: datetime) -> None:
    """Publish a question that has no open problem; a second time changes nothing.

    :raises Invalid: while problems are open.
    """
    if question.problems:
        raise Invalid(detail=_l("这道题还有问题没有改好，不能发布。"))
    if question.status != "published":
        question.status = "published"
        audit.record(session, "question.publish", f"question:{question.id}", actor_id=by, at=at)


def retire(session: Session, question: Question, *, by: int | None, at: datetime) -> None:
    """Take a question out of use; what was asked stays. A second time changes nothing."""
    if question.status != "retired":
        question.status = "retired"
        audit.record(session, "question.retire", f"question:{question.id}", actor_id=by, at=at)
