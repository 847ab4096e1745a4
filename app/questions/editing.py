"""Changing a question makes a new version; nobody's work is overwritten unseen."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import DomainError, Invalid
from app.questions.models import Question, QuestionTag, QuestionVersion
from app.questions.queries import Row
from app.questions.services import TAG_LENGTH
from question_bank.problems import Problem
from question_bank.question import Question as Content
from question_bank.question import content_hash, duplicate_key
from question_bank.types import by_key


class ChangedMeanwhile(DomainError):
    """Somebody else made a newer version since the form was opened."""

    error = "changed_meanwhile"
    title = _l("这道题刚被别人改过")
    detail = _l("你填写的内容还在下面。请对照最新的版本，再保存一次。")


def problems(content: Content) -> list[Problem]:
    """Return what keeps *content* from being asked."""
    return by_key(content.type).problems(content)


def change(
    session: Session, row: Row, content: Content, *, based_on: int, by: int, at: datetime
) -> Question:
    """Make *content* the question's newest version; equal content makes none. Flushes.

    A draft whose problems are gone may then be published; a published one stays published, and
    what was asked before keeps its own version.

    :param based_on: number of the version that the form was opened with.
    :raises ChangedMeanwhile: when there is a newer one.
    :raises Invalid: for content that cannot be asked, with one sentence a problem.
    """
    question = row.question
    session.refresh(question, with_for_update=True)
    if question.version_number != based_on:
        raise ChangedMeanwhile()
    wrong = problems(content)
    if wrong:
        raise Invalid({f"{p.where}": p.message() for p in wrong})
    hashed = content_hash(content)
    same = hashed == row.version.content_hash and content.to_json() == row.version.content
    if not same:
        _new_version(session, question, content, hashed, by=by, at=at)
    question.problems = []
    session.flush()
    return question


def _new_version(
    session: Session, question: Question, content: Content, hashed: str, *, by: int, at: datetime
) -> None:
    question.version_number += 1
    question.duplicate_key = duplicate_key(content)
    session.add(
        QuestionVersion(
            question_id=question.id,
            number=question.version_number,
            content_hash=hashed,
            type=content.type,
            content=content.to_json(),
            author_id=by,
            created_at=at,
        )
    )
    session.execute(delete(QuestionTag).where(QuestionTag.question_id == question.id))
    for tag in sorted({t.strip()[:TAG_LENGTH] for t in content.tags if t.strip()}):
        session.add(QuestionTag(question_id=question.id, tag=tag))
    audit.record(
        session, "question.change", f"question:{question.id}", actor_id=by, at=at,
        version=question.version_number,
    )  # fmt: skip
