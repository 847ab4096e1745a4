"""A bank as a file: its newest versions in an exchange format, and what that cannot carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.questions.models import Bank, Question, QuestionVersion
from question_bank import formats
from question_bank.problems import Problem
from question_bank.question import Question as Content


@dataclass(frozen=True)
class Exported:
    """A written file, how many questions are in it, and what was left out."""

    data: bytes
    count: int
    losses: Sequence[Problem]


def writable() -> list[str]:
    """Return the names of the formats that can be written."""
    return [one.name for one in formats.FORMATS if one.ending]


def contents(session: Session, bank: Bank, status: str = "published") -> list[Content]:
    """Return the newest versions of a bank's questions of *status*, in order. One statement."""
    query = (
        select(QuestionVersion.content)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(
            Question.bank_id == bank.id,
            Question.status == status,
            QuestionVersion.number == Question.version_number,
        )
        .order_by(Question.id)
    )
    return [Content.from_json(one) for one in session.scalars(query)]


def export(session: Session, bank: Bank, format_: str, status: str = "published") -> Exported:
    """Return the questions of *bank* written in a format of :func:`writable`. One statement."""
    found = contents(session, bank, status)
    losses = formats.losses(format_, found)
    left_out = {p.where.split()[0] for p in losses if p.code == "cannot_carry_type"}
    data = formats.by_name(format_).write(found, {})
    return Exported(data, len(found) - len(left_out), losses)
