"""Changing a question makes a new version; nobody's work is overwritten unseen."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import DomainError, Invalid
from app.questions import services, wording
from app.questions.models import Bank, Question, QuestionTag, QuestionVersion
from app.questions.queries import Row
from app.questions.services import TAG_LENGTH
from question_bank.question import Question as Content
from question_bank.question import content_hash, duplicate_key
from question_bank.types import by_key


class ChangedMeanwhile(DomainError):
    """There is a newer version than the one that the form was opened with."""

    error = "changed_meanwhile"
    title = _l("这道题在你打开以后改过了")

    def __init__(self, version: QuestionVersion, by: int) -> None:
        sentence = _l(
            "你打开这道题以后，别人已经把它改成了第 %(n)s 版。你填写的内容还在下面；"
            "请对照上面最新的版本，再保存一次。",
            n=version.number,
        )
        if version.author_id == by:
            sentence = _l(
                "你在另一个页面已经把这道题改成了第 %(n)s 版。你填写的内容还在下面；"
                "请对照上面最新的版本，再保存一次。",
                n=version.number,
            )
        super().__init__(sentence)


class QuestionInUse(DomainError):
    """A question that was published or asked; it is retired, never deleted."""

    error = "question_in_use"
    detail = _l("只有草稿可以删除。发布过的题请停用，考过的记录要留着。")


def check(content: Content) -> None:
    """Refuse *content* that cannot be asked.

    :raises Invalid: with a sentence for every field that is wrong.
    """
    wrong = by_key(content.type).problems(content)
    if wrong:
        raise Invalid(wording.field_errors(wrong))


def create(session: Session, bank: Bank, content: Content, *, by: int, at: datetime) -> Question:
    """Add *content* to *bank* as a draft. Flushes.

    :raises Invalid: for content that cannot be asked, or that the bank has already.
    """
    check(content)
    same = select(Question.id).where(
        Question.bank_id == bank.id,
        Question.duplicate_key == duplicate_key(content),
        Question.status != "retired",
    )
    if session.scalar(same.limit(1)):
        raise Invalid({"stem": _l("这个题库里已经有题干和选项都相同的题。")})
    made = services.add_question(session, bank, content, status="draft", member_id=by, at=at)
    audit.record(session, "question.create", f"question:{made.id}", actor_id=by, at=at)
    return made


def delete_draft(session: Session, question: Question, *, by: int, at: datetime) -> None:
    """Delete a question that nobody was ever asked. Flushes.

    :raises QuestionInUse: for any other.
    """
    session.refresh(question, with_for_update=True)
    if question.status != "draft":
        raise QuestionInUse()
    for part in (QuestionTag, QuestionVersion):
        session.execute(delete(part).where(part.question_id == question.id))
    session.delete(question)
    session.flush()
    audit.record(session, "question.delete", f"question:{question.id}", actor_id=by, at=at)


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
        newest = select(QuestionVersion).where(
            QuestionVersion.question_id == question.id,
            QuestionVersion.number == question.version_number,
        )
        raise ChangedMeanwhile(session.scalars(newest).one(), by)
    check(content)
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
