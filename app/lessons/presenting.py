"""What a lesson's page shows, put together from the queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.core.markdown import inline_html, to_html
from app.lessons import services
from app.lessons.models import Course
from app.lessons.queries import LessonCard
from app.members.models import Member
from app.points import queries as points
from question_bank.question import Question
from question_bank.types import by_key


@dataclass(frozen=True)
class Check:
    """A check question as the page shows it; nothing of the key before it was answered rightly."""

    number: int
    type: str
    multiple: bool
    stem: Markup
    options: tuple[tuple[str, Markup], ...]
    #: None before the first answer.
    right: bool | None
    explanation: str
    source: str


def checks(questions: Sequence[Question], given: Mapping[str, bool]) -> list[Check]:
    """Return the check questions; explanation and source only of those answered rightly."""
    found = []
    for number, one in enumerate(questions):
        right = given.get(str(number))
        found.append(
            Check(
                number,
                one.type,
                one.type == "multiple_choice",
                to_html(one.stem),
                tuple((str(i), inline_html(option)) for i, option in enumerate(one.options)),
                right,
                one.explanation if right else "",
                one.source if right else "",
            )
        )
    return found


def sent(questions: Sequence[Question], number: int, form: Any) -> Any:
    """Return the value that a check's form sends, as its type takes it; None for none."""
    if not 0 <= number < len(questions):
        return None
    chosen = form.getlist("value")
    if not by_key(questions[number].type).has_options:
        return {"true": True, "false": False}.get(chosen[0]) if chosen else None
    return [int(v) for v in chosen if v.isdecimal() and len(v) < 3]


def lesson(
    session: Session, course: Course, card: LessonCard, member: Member, locale: str, *, at: datetime
) -> dict[str, Any]:
    """Return the context of a lesson's page. Two statements at most."""
    given = card.progress.checks if card.progress else {}
    entries = []
    if card.done:
        entries = points.receipt(session, "lesson", card.lesson.key, member.id)
    return {
        "course": course,
        "card": card,
        "lesson": card.lesson,
        "checks": checks(services.check_questions(session, card.lesson), given),
        "missing": services.still_missing(card.lesson, card.progress, at=at),
        "receipt": [
            (points.rule_name(e.rule_version, locale), points.told(e, locale), e) for e in entries
        ],
        "number": None,
        "value": None,
        "wanted": card.lesson.completion,
        "error": "",
    }
