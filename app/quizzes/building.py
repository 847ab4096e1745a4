"""Building a quiz: a draft that can be changed, then a published one whose pool is frozen."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import audit, stale
from app.core.errors import DomainError, Invalid
from app.questions import queries as questions
from app.quizzes import papers
from app.quizzes.models import FEEDBACK, Quiz, QuizQuestion
from question_bank.selection import Candidate, Pool, shortfalls
from question_bank.types import OFFERED

#: The whole paper is sent at once; more would not be a quiz on a phone.
MOST_QUESTIONS = 200


#: Longest title, in characters.
TITLE = 120
#: Longest time that a quiz may be open.
LONGEST_WINDOW = timedelta(days=366)


class AlreadyPublished(DomainError):
    """A published quiz keeps the rules under which members started it."""

    error = "already_published"
    detail = _l("已发布的答题活动不能再改规则。可以复制一份再改。")


@dataclass(frozen=True)
class QuizDraft:
    """Everything an organiser decides about a quiz; see ``models.Quiz`` for units and ranges."""

    title: str
    branch_id: int
    bank_id: int
    blueprint: list[dict[str, Any]]
    opens_at: datetime
    closes_at: datetime
    seconds_allowed: int
    description: str = ""
    grace_seconds: int = 30
    attempts_allowed: int = 1
    pass_percent: int = 60
    feedback: str = "after_close"
    multiple_rule: str = "all_or_nothing"
    invited_only: bool = field(default=False)


def problems(draft: QuizDraft) -> dict[str, Any]:
    """Return what is wrong with *draft*, by field, as sentences for the organiser."""
    found: dict[str, Any] = {}
    if not 0 < len(draft.title.strip()) <= TITLE:
        found["title"] = _("请填写名称，最多 120 字。")
    if draft.opens_at >= draft.closes_at:
        found["closes_at"] = _("结束时间要在开始时间之后。")
    elif draft.closes_at - draft.opens_at > LONGEST_WINDOW:
        found["closes_at"] = _("开放时间最长 %(n)s 天。", n=LONGEST_WINDOW.days)
    if not 30 <= draft.seconds_allowed <= 14_400:
        found["seconds_allowed"] = _("答题时间要在 30 秒到 4 小时之间。")
    if not 0 <= draft.grace_seconds <= 300:
        found["grace_seconds"] = _("宽限时间要在 0 到 300 秒之间。")
    if not 1 <= draft.attempts_allowed <= 20:
        found["attempts_allowed"] = _("作答次数要在 1 到 20 之间。")
    if not 0 <= draft.pass_percent <= 100:
        found["pass_percent"] = _("及格线要在 0 到 100 之间。")
    if draft.feedback not in FEEDBACK:
        found["feedback"] = _("请选择什么时候公布答案。")
    if draft.multiple_rule not in ("all_or_nothing", "part_when_too_few"):
        found["multiple_rule"] = _("请选择多选题的计分办法。")
    return found | _blueprint_problems(draft.blueprint)


def _blueprint_problems(blueprint: Sequence[dict[str, Any]]) -> dict[str, Any]:
    known = {None, *OFFERED}
    if not blueprint:
        return {"blueprint": _("请至少写一条组卷规则。")}
    for number, rule in enumerate(blueprint, 1):
        if rule.get("type") not in known:
            return {"blueprint": _("第 %(n)s 条规则的题型不认识。", n=number)}
        if not 1 <= rule["count"] <= MOST_QUESTIONS or not 1 <= rule["marks"] <= 100:
            return {"blueprint": _("第 %(n)s 条规则：题数 1–200，每题 1–100 分。", n=number)}
    if sum(rule["count"] for rule in blueprint) > MOST_QUESTIONS:
        return {"blueprint": _("一份试卷最多 %(n)s 题。", n=MOST_QUESTIONS)}
    return {}


def new_key() -> str:
    """Return a fresh key for a quiz's address."""
    return secrets.token_urlsafe(9)


def create_quiz(session: Session, draft: QuizDraft, *, by: int | None, at: datetime) -> Quiz:
    """Add a quiz that nobody sees yet. Flushes.

    :raises Invalid: naming every field that is wrong.
    """
    _refuse(problems(draft))
    quiz = Quiz(
        key=new_key(),
        state="draft",
        created_by_id=by,
        created_at=at,
        **asdict(draft),
    )
    session.add(quiz)
    session.flush()
    audit.record(session, "quiz.create", f"quiz:{quiz.id}", actor_id=by, at=at)
    return quiz


def update_quiz(
    session: Session,
    quiz: Quiz,
    draft: QuizDraft,
    *,
    seen: str | None = None,
    by: int | None,
    at: datetime,
) -> None:
    """Change a draft. Flushes.

    :param seen: the stamp of what the form showed.
    :raises AlreadyPublished: when it is published.
    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: naming every field that is wrong.
    """
    hold(session, quiz)
    if quiz.state != "draft":
        raise AlreadyPublished()
    if seen is not None:
        stale.refuse_stale(stale.stamp(quiz), seen)
    _refuse(problems(draft))
    for name, value in asdict(draft).items():
        setattr(quiz, name, value)
    audit.record(session, "quiz.change", f"quiz:{quiz.id}", actor_id=by, at=at)
    session.flush()


def hindrances(session: Session, quiz: Quiz, *, at: datetime) -> list[str]:
    """Return a sentence for everything that keeps a draft from being published. Two statements."""
    return _hindrances(quiz, questions.published_versions(session, quiz.bank_id), at)


def _hindrances(
    quiz: Quiz, offered: Sequence[tuple[int, str, frozenset[str]]], at: datetime
) -> list[str]:
    late = _("截止时间已经过去，发布了也没有人能答。请改时间。")
    return [late] * (quiz.closes_at <= at) + lacks(offered, quiz.blueprint)


def publish(
    session: Session,
    quiz: Quiz,
    *,
    seen: str | None = None,
    by: int | None = None,
    at: datetime,
) -> None:
    """Freeze the quiz's pool and show it to its members; a second time changes nothing. Flushes.

    :param seen: the stamp of what the organiser was shown.
    :raises ChangedMeanwhile: when somebody changed it since.
    :raises Invalid: naming the rule that the bank cannot fill, and how many it lacks.
    """
    hold(session, quiz)
    if quiz.state == "published":
        return
    if seen is not None:
        stale.refuse_stale(stale.stamp(quiz), seen)
    offered = questions.published_versions(session, quiz.bank_id)
    hindered = _hindrances(quiz, offered, at)
    _refuse({"blueprint": " ".join(hindered)} if hindered else {})
    rules = papers.rules_of(quiz.blueprint)
    pool = Pool([Candidate(id_, type_, tags) for id_, type_, tags in offered])
    fitting = {one.id: one for rule in rules for one in pool.matching(rule)}
    rows = [
        {"quiz_id": quiz.id, "version_id": id_, "tags": sorted(one.tags)}
        for id_, one in sorted(fitting.items())
    ]
    session.execute(insert(QuizQuestion), rows)
    quiz.state = "published"
    audit.record(session, "quiz.publish", f"quiz:{quiz.id}", actor_id=by, at=at, pool=len(rows))
    session.flush()


def hold(session: Session, quiz: Quiz) -> None:
    """Read *quiz* again and hold it: of two people who change or publish it, one waits."""
    session.refresh(quiz, with_for_update=True)


def lacks(
    offered: Sequence[tuple[int, str, frozenset[str]]], blueprint: Sequence[dict[str, Any]]
) -> list[str]:
    """Return a sentence per rule that the offered questions cannot fill beside the others."""
    candidates = [Candidate(id_, type_, tags) for id_, type_, tags in offered]
    return [
        _(
            "第 %(n)s 条规则要 %(wanted)s 题，题库里只有 %(available)s 题，还差 %(lack)s 题。",
            n=short.rule + 1,
            wanted=short.wanted,
            available=short.available,
            lack=short.wanted - short.available,
        )
        for short in shortfalls(candidates, papers.rules_of(blueprint))
    ]


def _refuse(fields: dict[str, Any]) -> None:
    if fields:
        raise Invalid(fields)
