"""Banks, questions, versions and imports as stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime

#: draft needs a person, in_review waits for a second one, published may be asked, retired no more.
STATUSES = ("draft", "in_review", "published", "retired")


class Bank(Base):
    """A named set of questions 题库."""

    __tablename__ = "bank"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The name on the command line and on pages; NFKC.
    name: Mapped[str] = mapped_column(String(80), unique=True)
    #: The branch whose subtree's authors may work on it.
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Question(Base):
    """A question's identity; what is asked is always one of its versions."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random, used in addresses.
    key: Mapped[str] = mapped_column(String(32), unique=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    #: One of STATUSES.
    status: Mapped[str] = mapped_column(String(12))
    #: Number of the newest version, from 1.
    version_number: Mapped[int] = mapped_column(default=1)
    #: Folded stem and options of the newest version: finds duplicates in the bank.
    duplicate_key: Mapped[str] = mapped_column(String(64))
    #: Problems that keep a draft a draft: ``[{"code", "params", "where", "found"}]``.
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_question_bank_status", "bank_id", "status", "id"),
        Index("ix_question_duplicate", "bank_id", "duplicate_key"),
        CheckConstraint(
            "status IN ('draft', 'in_review', 'published', 'retired')", name="status_known"
        ),
    )


class QuestionVersion(Base):
    """What was asked: immutable, found again by its content hash."""

    __tablename__ = "question_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    #: From 1 within the question.
    number: Mapped[int]
    #: SHA-256 of the canonical content, hexadecimal.
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    #: A key of question_bank.types.
    type: Mapped[str] = mapped_column(String(20))
    #: ``question_bank.question.Question.to_json()``: stem, options, answer, explanation, source …
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("question_id", "number", name="uq_question_version_number"),)


class QuestionTag(Base):
    """A tag of a question: a knowledge point or a post, as plain text."""

    __tablename__ = "question_tag"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(60), primary_key=True)

    __table_args__ = (Index("ix_question_tag_tag", "tag", "question_id"),)


class ImportRun(Base):
    """One file brought into a bank; the same bytes twice are noticed by the hash."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    #: None while previewed for a bank that is not there yet.
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"))
    #: The name of the bank that writing makes, and the branch that it will belong to.
    new_bank: Mapped[str | None] = mapped_column(String(80))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    #: SHA-256 of the file, hexadecimal.
    sha256: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(20))
    #: The report as the command line prints it.
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: previewed: nothing written yet; committed: the questions are in the bank.
    state: Mapped[str] = mapped_column(String(12))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_import_run_file", "bank_id", "sha256"),
        CheckConstraint("state IN ('previewed', 'committed')", name="state_known"),
        CheckConstraint(
            "bank_id IS NOT NULL OR (new_bank IS NOT NULL AND branch_id IS NOT NULL"
            " AND state = 'previewed')",
            name="has_a_bank",
        ),
    )
