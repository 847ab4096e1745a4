"""What the member's pages show of quizzes and attempts, put together from the queries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.points import queries as points
from app.points.defaults import DEFAULT_RULES
from app.points.models import RuleVersion
from app.points.rule_book import in_force
from app.quizzes import keys, papers, queries
from app.quizzes.models import Attempt, Quiz

#: The points rules that a quiz can earn under, in the order of the receipt.
QUIZ_RULES = ("quiz_score", "quiz_pass")


def sections() -> list[tuple[tuple[str, ...], str]]:
    """Return the parts of the list of quizzes: the card states in each and its heading."""
    return [
        (("resume",), _("进行中")),
        (("open",), _("可参加")),
        (("coming",), _("即将开始")),
        (("done", "missed"), _("已结束")),
    ]


def type_names() -> dict[str, str]:
    """Return question type → its name for readers."""
    return {
        "single_choice": _("单选题"),
        "multiple_choice": _("多选题"),
        "true_false": _("判断题"),
    }


def terms(quiz: Quiz) -> dict[str, Any]:
    """Return the marks of a whole paper, those that pass, in tenths, and what is shown after."""
    most = sum(rule["count"] * rule["marks"] for rule in quiz.blueprint) * 10
    return {
        "max_tenths": most,
        "pass_tenths": -(-most * quiz.pass_percent // 100),
        "feedback": feedback_text(quiz),
    }


def feedback_text(quiz: Quiz) -> str:
    """Return in words what a member sees after handing in, and when."""
    texts: dict[str, str] = {
        "score_only": _("得分和积分。题目和答案不公布。"),
        "after_attempt": _("马上看到得分和积分；次数用完或活动截止后，再看每道题的正确答案和依据。")
        if quiz.attempts_allowed > 1
        else _("马上看到得分、积分、每道题自己的答案、正确答案和依据。"),
        "after_close": _("马上看到得分和积分；活动截止后，再看每道题的正确答案和依据。"),
    }
    return texts[quiz.feedback]


def past(attempts: Iterable[Attempt]) -> list[tuple[str, Attempt]]:
    """Return finished attempts with the key that their address shows, newest first."""
    over = [attempt for attempt in attempts if attempt.state != "open"]
    return [(keys.text(a.key), a) for a in sorted(over, key=lambda a: -a.number)]


def earning(session: Session, locale: str, *, at: datetime) -> list[str]:
    """Return the sentences of the points rules a quiz earns under. One statement."""
    query = select(RuleVersion).where(RuleVersion.rule.in_(QUIZ_RULES), in_force(at))
    stored = {version.rule: version.text for version in session.scalars(query)}
    default = {one.rule: one.text for one in DEFAULT_RULES}
    texts = [stored.get(rule) or default[rule] for rule in QUIZ_RULES]
    return [str(text["en" if locale == "en" else "zh"]) for text in texts]


def open_page(session: Session, attempt: Attempt, *, asking: bool, at: datetime) -> dict[str, Any]:
    """Return what the page of an open attempt shows; *asking* names the empty questions first."""
    quiz = session.get_one(Quiz, attempt.quiz_id)
    questions = papers.public_paper(session, attempt)
    saved = queries.saved(session, attempt)
    answered = {slot for slot, one in saved.items() if one.value not in (None, [])}
    left = max(0.0, (attempt.deadline_at - at).total_seconds())
    key = keys.text(attempt.key)
    return {
        "quiz": quiz,
        "key": key,
        "epoch": attempt.epoch,
        "questions": questions,
        "saved": saved,
        "seconds_left": left,
        "deadline_at": attempt.deadline_at,
        "type_names": type_names(),
        "asking": asking,
        "missing": [(n, q.slot) for n, q in enumerate(questions, 1) if q.slot not in answered],
        "data": {
            "member": attempt.member_id,
            "attempt": key,
            "epoch": attempt.epoch,
            "secondsLeft": left,
            "url": f"/attempts/{key}",
            "saveUrl": f"/api/v1/attempts/{key}/answers",
            "submitUrl": f"/api/v1/attempts/{key}/submit",
            "saved": {
                slot: {"value": one.value, "epoch": one.epoch, "seq": one.seq}
                for slot, one in saved.items()
            },
            "words": words(),
        },
    }


def empty(session: Session, attempt: Attempt) -> list[int]:
    """Return the slots of an attempt without an answer. One statement."""
    held = queries.saved(session, attempt)
    slots = range(1, len(attempt.paper) + 1)
    return [n for n in slots if n not in held or held[n].value is None]


def words() -> dict[str, str]:
    """Return the texts that attempt.js writes; ``{n}`` stands for a number."""
    return {
        "ready": _("每答一题自动保存"),
        "saved": _("已保存"),
        "waiting": _("待同步 {n} 题"),
        "offline": _("离线，已答的都已保存"),
        "offlineWaiting": _("离线，{n} 题答案在本机"),
        "next": _("下一题"),
        "handIn": _("交卷"),
        "missing": _("还有 {n} 题没有答，点题号去补："),
        "unsent": _("{n} 题还没送到服务器，交卷时会一起送出。"),
        "tile_empty": _("未答"),
        "tile_answered": _("已保存"),
        "tile_waits": _("待同步"),
    }


def result_page(session: Session, attempt: Attempt, locale: str, *, at: datetime) -> dict[str, Any]:
    """Return what the page of a finished attempt shows: score, receipt, what may be reviewed."""
    quiz = session.get_one(Quiz, attempt.quiz_id)
    key = keys.text(attempt.key)
    entries = points.receipt(session, "attempt", key)
    return {
        "quiz": quiz,
        "key": key,
        "attempt": attempt,
        "receipt": [
            (points.rule_name(one.rule_version, locale), points.told(one, locale), one)
            for one in entries
        ],
        "total": sum(one.amount for one in entries),
        "review": papers.review(session, attempt, quiz, at=at),
        "seconds": _seconds(attempt),
        "again": _may_again(session, attempt, quiz, at),
        "type_names": type_names(),
        "at": at,
    }


def _may_again(session: Session, attempt: Attempt, quiz: Quiz, at: datetime) -> bool:
    """Tell whether the quiz is open and has attempts left. One statement."""
    used = queries.attempts_of(session, attempt.member_id, quiz.id)
    return at < quiz.closes_at and len(used) < quiz.attempts_allowed


def _seconds(attempt: Attempt) -> int | None:
    """Return how long the attempt took, never more than it was allowed; none while unknown."""
    if attempt.submitted_at is None:
        return None
    end = min(attempt.submitted_at, attempt.deadline_at)
    return round((end - attempt.started_at).total_seconds())
