"""Papers: drawn from the frozen pool, shown without keys, reviewed when the policy allows."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import name_of
from app.core.markdown import inline_html, to_html
from app.questions.models import QuestionVersion
from app.questions.queries import cached_versions
from app.quizzes.models import Attempt, Quiz, QuizQuestion, Response
from question_bank.question import Question
from question_bank.selection import Candidate, Pool, Rule, draw, shuffle_options
from question_bank.types import by_key

#: Characters of an option id; ids are unique within a slot.
ID_LENGTH = 5


@dataclass(frozen=True)
class PublicOption:
    """An option as members see it."""

    id: str
    html: Markup


@dataclass(frozen=True)
class PublicQuestion:
    """A question as members see it. It has no attribute that could tell the right answer."""

    slot: int
    type: str
    marks: int
    stem_html: Markup
    options: tuple[PublicOption, ...]


@dataclass(frozen=True)
class ReviewedSlot:
    """A question after the attempt: what was answered, what was right, and why."""

    question: PublicQuestion
    #: As sent: option ids or a boolean; None for no answer.
    value: Any
    #: Awarded tenths of a mark.
    tenths: int
    #: Ids of the right options; empty for true/false.
    right_ids: tuple[str, ...]
    #: The right truth value of a true/false question, else None.
    right_truth: bool | None
    explanation: str
    source: str


#: Frozen at publication, so a pool once read never changes. Keyed by database and the quiz's key,
#: which changes when a publication is taken back.
_pools: dict[tuple[str, str], Pool] = {}


def pool(session: Session, quiz: Quiz) -> Pool:
    """Return the quiz's frozen pool. One statement the first time in a process, then none."""
    at = (name_of(session), quiz.key)
    if at not in _pools:
        rows = session.execute(
            select(QuizQuestion.version_id, QuestionVersion.type, QuizQuestion.tags)
            .join(QuestionVersion, QuestionVersion.id == QuizQuestion.version_id)
            .where(QuizQuestion.quiz_id == quiz.id)
            .order_by(QuizQuestion.version_id)
        )
        _pools[at] = Pool([Candidate(id_, type_, frozenset(tags)) for id_, type_, tags in rows])
    return _pools[at]


def forget_pools() -> None:
    """Empty the process cache: for tests, which put another database behind the same address."""
    _pools.clear()


def rules_of(blueprint: Sequence[dict[str, Any]]) -> list[Rule]:
    """Return the blueprint's rows as rules."""
    return [Rule(r.get("type"), r.get("tag"), r["count"], r["marks"]) for r in blueprint]


def draw_paper(session: Session, quiz: Quiz, seed: int) -> list[list[Any]]:
    """Return the paper of *seed*: ``[[version_id, marks, [option order]], …]``; reproducible."""
    drawn = draw(pool(session, quiz), rules_of(quiz.blueprint), seed)
    contents = cached_versions(session, [d.candidate_id for d in drawn])
    return [
        [
            d.candidate_id,
            d.marks,
            shuffle_options(len(contents[d.candidate_id].options), f"{seed}:{slot}"),
        ]
        for slot, d in enumerate(drawn, 1)
    ]


@lru_cache(maxsize=8192)
def option_ids(secret: bytes, slot: int, count: int) -> tuple[str, ...]:
    """Return the ids of options 0 … count-1 in *slot* of the attempt with this option secret.

    An HMAC of slot and index: different in every attempt, and silent about the answer.
    """
    found: list[str] = []
    for index in range(count):
        turn = 0
        while True:
            text = f"{slot}:{index}:{turn}".encode()
            digest = hmac.digest(secret, text, hashlib.sha256)
            shown = base64.b32encode(digest).decode().lower()[:ID_LENGTH]
            if shown not in found:
                break
            turn += 1
        found.append(shown)
    return tuple(found)


def public_paper(session: Session, attempt: Attempt) -> list[PublicQuestion]:
    """Return the paper as its member sees it. No statement once the versions are cached."""
    contents = cached_versions(session, [row[0] for row in attempt.paper])
    return [
        _public(attempt.option_secret, slot, contents[version_id], marks, order)
        for slot, (version_id, marks, order) in enumerate(attempt.paper, 1)
    ]


def _public(
    secret: bytes, slot: int, content: Question, marks: int, order: Sequence[int]
) -> PublicQuestion:
    ids = option_ids(secret, slot, len(content.options))
    options = tuple(PublicOption(ids[i], inline_html(content.options[i])) for i in order)
    return PublicQuestion(slot, content.type, marks, to_html(content.stem), options)


def to_indexes(secret: bytes, slot: int, content: Question, value: Any) -> Any:
    """Return *value* with option ids as indexes; what is no id stays, for the type to refuse."""
    if not by_key(content.type).has_options or not isinstance(value, list):
        return value
    ids = option_ids(secret, slot, len(content.options))
    return [ids.index(v) if v in ids else v for v in value]


def to_ids(secret: bytes, slot: int, content: Question, value: Any) -> Any:
    """Return *value* with option indexes as ids."""
    if not by_key(content.type).has_options or not isinstance(value, list):
        return value
    ids = option_ids(secret, slot, len(content.options))
    return [ids[i] for i in value]


def feedback_allowed(quiz: Quiz, attempts_used: int, *, at: datetime) -> bool:
    """Tell whether right answers and marks per question may be shown to a member at *at*.

    Never while attempts are left and the quiz is open: the score would be an oracle.
    """
    if quiz.feedback == "score_only":
        return False
    # Answers count until the grace is over, its last instant included.
    closed = at > quiz.closes_at + timedelta(seconds=quiz.grace_seconds)
    return closed or (quiz.feedback == "after_attempt" and attempts_used >= quiz.attempts_allowed)


def review(session: Session, attempt: Attempt, quiz: Quiz, *, at: datetime) -> list[ReviewedSlot]:
    """Return every slot with answer and key; empty unless graded and allowed. Two statements."""
    if attempt.state != "graded" or attempt.slot_tenths is None:
        return []
    used = select(Attempt.number).where(
        Attempt.member_id == attempt.member_id, Attempt.quiz_id == quiz.id, Attempt.state != "open"
    )
    if not feedback_allowed(quiz, len(session.scalars(used).all()), at=at):
        return []
    given = select(Response.slot, Response.value).where(Response.attempt_id == attempt.id)
    values = {row[0]: row[1] for row in session.execute(given)}
    contents = cached_versions(session, [row[0] for row in attempt.paper])
    return [
        _reviewed(attempt, question, contents[attempt.paper[question.slot - 1][0]], values)
        for question in public_paper(session, attempt)
    ]


def _reviewed(
    attempt: Attempt, question: PublicQuestion, content: Question, values: dict[int, Any]
) -> ReviewedSlot:
    assert attempt.slot_tenths is not None
    choice = by_key(content.type).has_options
    right = to_ids(attempt.option_secret, question.slot, content, content.answer) if choice else []
    return ReviewedSlot(
        question=question,
        value=values.get(question.slot),
        tenths=attempt.slot_tenths[question.slot - 1],
        right_ids=tuple(right),
        right_truth=None if choice else content.answer[0],
        explanation=content.explanation,
        source=content.source,
    )
