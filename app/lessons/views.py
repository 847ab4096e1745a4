"""A member's lessons: the courses, one lesson, its checks and its completion."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import get_locale

from app.core import clock
from app.core.db import db, writes
from app.core.errors import Invalid, NotFound
from app.core.pages import go_to, show
from app.lessons import media as files
from app.lessons import presenting, queries, services
from app.members.access import current_member

bp = Blueprint("lessons", __name__)


@bp.get("/learn")
def index() -> Response:
    """Show where to continue and every course open to me."""
    cards = queries.courses(db.session(), current_member())
    return show("lessons/index.html", cards=cards, next=queries.to_continue(cards))


@bp.get("/learn/<course>")
def course(course: str) -> Response:
    """Show a course's lessons."""
    card = queries.course(db.session(), current_member(), course)
    return show("lessons/course.html", card=card)


@bp.get("/learn/<course>/<key>")
def page(course: str, key: str) -> Response:
    """Show a lesson: video, text, checks, and what is left to complete it."""
    return _page(course, key)


@bp.post("/learn/<course>/<key>/progress")
@writes
def progress(course: str, key: str) -> Response:
    """Remember how far I am."""
    session, member = db.session(), current_member()
    _, card = queries.lesson(session, member, course, key)
    position = request.form.get("position", 0, type=int)
    services.record_position(session, card.lesson, member, position, at=clock.now())
    return go_to(f"/learn/{course}/{key}")


@bp.post("/learn/<course>/<key>/checks/<int:number>")
@writes
def check(course: str, key: str, number: int) -> Response:
    """Answer a check question and show at once whether it was right, and why."""
    session, member = db.session(), current_member()
    _, card = queries.lesson(session, member, course, key)
    questions = services.check_questions(session, card.lesson)
    if not 0 <= number < len(questions):
        raise NotFound()
    value = presenting.sent(questions, number, request.form)
    extra: dict[str, Any] = {"number": number, "value": value}
    try:
        services.answer_check(session, card.lesson, member, number, value, at=clock.now())
    except Invalid as wrong:
        extra |= {"error": wrong.fields["check"], "status": wrong.status}
    session.flush()
    return _page(course, key, fragment="lessons/_check.html", **extra)


@bp.post("/learn/<course>/<key>/complete")
@writes
def complete(course: str, key: str) -> Response:
    """Complete the lesson, or show what is still missing."""
    session, member, at = db.session(), current_member(), clock.now()
    _, card = queries.lesson(session, member, course, key)
    position = request.form.get("position", 0, type=int)
    services.record_position(session, card.lesson, member, position, at=at)
    try:
        services.complete(session, card.lesson, member, at=at)
    except services.NotFinished:
        # What was done so far is kept, and the page says what is left.
        return go_to(f"/learn/{course}/{key}?left=1#done")
    return go_to(f"/learn/{course}/{key}#done")


@bp.get("/media/<name>")
def media(name: str) -> Response:
    """Send an uploaded picture or video, in ranges where the player asks for them."""
    return files.send(name)


def _page(course_key: str, key: str, *, fragment: str = "", **extra: Any) -> Response:
    session, member, at = db.session(), current_member(), clock.now()
    course, card = queries.lesson(session, member, course_key, key)
    context = presenting.lesson(session, course, card, member, str(get_locale()), at=at)
    context["asked"] = "left" in request.args
    return show("lessons/page.html", fragment or None, **(context | extra))
