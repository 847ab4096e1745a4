"""The demo's bank, courses, quizzes and competition."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.competitions import services as competitions
from app.core.config import ROOT
from app.lessons.models import Course, Lesson
from app.organisation.models import Branch
from app.questions import services as questions
from app.questions.models import Bank, Question, QuestionVersion
from app.quizzes import building
from app.quizzes.models import Quiz
from question_bank import samples

LESSONS = Path(__file__).with_name("lessons.json")

#: Markdown picture of a lesson → file in static/demo.
PICTURE = "picture:"


@dataclass(frozen=True)
class Plan:
    """A quiz of the demo: when it runs, counted in days from now, and how it is made."""

    title: str
    description: str
    opens: float
    closes: float
    minutes: int
    rules: tuple[tuple[str, str | None, int, int], ...]
    attempts: int = 1
    feedback: str = "after_close"
    #: Share of the members that took part, in percent, for a quiz in the past.
    turnout: int = 0


SAFETY = (
    ("single_choice", None, 10, 4),
    ("multiple_choice", None, 5, 6),
    ("true_false", None, 10, 3),
)
SHORT = (("single_choice", None, 6, 10), ("true_false", None, 4, 10))
BRANCH_WORK = (("single_choice", "支部工作", 6, 10), ("true_false", "支部工作", 4, 10))

PAST = (
    Plan("十月安全知识月测", "覆盖通用安全知识，全员参加。", -29, -23, 30, SAFETY, turnout=78),
    Plan("每周一练（第 1 期）", "十道题，十分钟。", -20, -14, 10, SHORT, attempts=2, turnout=55),
    Plan("每周一练（第 2 期）", "十道题，十分钟。", -13, -7, 10, SHORT, attempts=2, turnout=61),
)

OPEN = (
    Plan("十一月安全知识月测", "覆盖通用安全知识，全员参加，三个班次都有时间。", -2, 6, 30, SAFETY,
         attempts=2, turnout=34),
    Plan("每周一练（第 3 期）", "十道题，十分钟，答完就看解析。", -3, 4, 10, SHORT, attempts=3,
         feedback="after_attempt", turnout=41),
    Plan("支部工作条例小测", "党支部怎么设、会怎么开，十道题。", 1, 9, 15, BRANCH_WORK),
)  # fmt: skip

QUALIFYING = Plan(
    "安全知识竞赛（预赛）", "每个支部前 2 名晋级决赛。", -12, -5, 20, SAFETY, turnout=46
)
FINAL = Plan(
    "安全知识竞赛（决赛）", "晋级选手一次机会，比得分再比用时。", -1, 5, 20, SAFETY, turnout=45
)


def add_bank(session: Session, branch: Branch, *, at: datetime) -> Bank:
    """Add the bundled bank, every question published."""
    bank = questions.ensure_bank(session, "明灯示例题库", branch, at=at)
    given = [(content, "published", list[dict[str, Any]]()) for content in samples.load_samples()]
    questions.add_questions(session, bank, given, member_id=None, at=at)
    return bank


def add_quiz(
    session: Session, plan: Plan, branch: Branch, bank: Bank, *, by: int, now: datetime
) -> Quiz:
    """Add and publish the quiz of *plan*."""
    opens = now + timedelta(days=plan.opens)
    draft = building.QuizDraft(
        title=plan.title,
        description=plan.description,
        branch_id=branch.id,
        bank_id=bank.id,
        blueprint=[
            {"type": type_, "tag": tag, "count": count, "marks": marks}
            for type_, tag, count, marks in plan.rules
        ],
        opens_at=opens,
        closes_at=now + timedelta(days=plan.closes),
        seconds_allowed=plan.minutes * 60,
        attempts_allowed=plan.attempts,
        feedback=plan.feedback,
        multiple_rule="part_when_too_few",
    )
    quiz = building.create_quiz(session, draft, by=by, at=min(opens, now))
    building.publish(session, quiz, at=min(opens, now))
    return quiz


def add_competition(session: Session, branch: Branch, first: Quiz, final: Quiz, *, by: int) -> None:
    """Add the running competition over its two quizzes."""
    draft = competitions.RoundDraft
    competitions.create_competition(
        session,
        "明灯杯安全知识竞赛",
        branch,
        [
            draft("预赛", "best_per_branch", {"best_per_branch": 2}, first),
            draft("决赛", "final", {}, final),
        ],
        description="先人人答题，再由每个支部的前两名决赛。",
        by=by,
        at=first.opens_at,
    )


def add_courses(session: Session, branch: Branch) -> list[Lesson]:
    """Add the bundled courses and lessons with their check questions."""
    versions = _versions_by_stem(session)
    made: list[Lesson] = []
    for place, given in enumerate(json.loads(LESSONS.read_text())["courses"]):
        course = Course(
            key=given["key"],
            title=given["title"],
            summary=given["summary"],
            branch_id=branch.id,
            posts=given.get("post_tags", []),
            position=place,
            published=True,
        )
        session.add(course)
        session.flush()
        for position, one in enumerate(given["lessons"]):
            made.append(_lesson(course, one, position, versions))
    session.add_all(made)
    session.flush()
    return made


def _lesson(
    course: Course, given: dict[str, Any], position: int, versions: dict[str, int]
) -> Lesson:
    checks = [versions[stem] for stem in given["check_stems"] if stem in versions]
    video = f"/static/demo/{given['key']}.mp4"
    has_video = (ROOT / video.removeprefix("/")).exists()
    captions = video.replace(".mp4", ".zh.vtt")
    return Lesson(
        key=given["key"],
        course_id=course.id,
        title=given["title"],
        summary=given["summary"],
        body=_with_pictures(given["body_markdown"]),
        video=video if has_video else "",
        captions=captions if has_video else "",
        minutes=given["minutes"],
        source=given.get("source", ""),
        check_versions=checks,
        completion={"read": True, "checks_right": min(2, len(checks)), "seconds": 30},
        position=position,
        published=True,
    )


def _with_pictures(body: str) -> str:
    """Return *body* with ``picture:name`` as the address of the bundled file."""
    parts = body.split(f"]({PICTURE}")
    for i in range(1, len(parts)):
        name, rest = parts[i].split(")", 1)
        parts[i] = f"](/static/demo/{name}.png){rest}"
    return "".join(parts)


def _versions_by_stem(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(QuestionVersion.content, QuestionVersion.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.status == "published")
    )
    return {content["stem"]: id_ for content, id_ in rows}
