"""A member's pages: the quizzes, one quiz before the start, the attempt and its result."""

from flask import Blueprint, Response, request
from flask_babel import get_locale

from app.core import clock
from app.core.db import db, writes
from app.core.pages import go_to, show
from app.members.access import current_member, signed_in
from app.quizzes import (
    keys,
    page_forms,
    presenting,
    queries,
    saving,
    shapes,
    starting,
    submitting,
)
from app.quizzes.models import Attempt

bp = Blueprint("quizzes", __name__)


@bp.get("/quizzes")
def index() -> Response:
    """List my quizzes: going on, open, coming, over."""
    at = clock.now()
    cards = queries.for_member(db.session(), current_member(), at=at)
    return show(
        "quizzes/index.html",
        cards=cards,
        sections=presenting.sections(),
        resuming=any(card.state == "resume" for card in cards),
        at=at,
    )


@bp.get("/quizzes/<key>")
def page(key: str) -> Response:
    """Say in plain words what the quiz asks and gives, with the button that starts it."""
    session, member, at = db.session(), current_member(), clock.now()
    card = queries.quiz_for(session, member, key, at=at)
    return show(
        "quizzes/page.html",
        card=card,
        at=at,
        attempts=presenting.past(queries.attempts_of(session, member.id, card.quiz.id)),
        earning=presenting.earning(session, str(get_locale()), at=at),
        **presenting.terms(card.quiz),
    )


@bp.post("/quizzes/<key>/start")
@writes
def start(key: str) -> Response:
    """Start an attempt, or go on with the open one on this device."""
    session, member, at = db.session(), current_member(), clock.now()
    card = queries.quiz_for(session, member, key, at=at)
    attempt, _created = starting.start(session, card.quiz, member, at=at)
    return go_to(f"/attempts/{keys.text(attempt.key)}")


@bp.get("/attempts/<key>")
def attempt(key: str) -> Response:
    """Show the paper of my open attempt, or what came of a finished one."""
    session, member, at = db.session(), current_member(), clock.now()
    found = queries.own_attempt(session, member, key)
    if found.state == "open":
        asking = "hand_in" in request.args
        paper = presenting.open_page(session, found, asking=asking, at=at)
        return show("quizzes/attempt.html", conflict="conflict" in request.args, **paper)
    result = presenting.result_page(session, found, str(get_locale()), at=at)
    return show("quizzes/result.html", **result)


@bp.post("/attempts/<key>/save")
@writes
def save(key: str) -> Response:
    """Save the whole form, for browsers without JavaScript."""
    _found, kept = _save_form(key)
    return go_to(f"/attempts/{key}" if kept else f"/attempts/{key}?conflict=1")


@bp.post("/attempts/<key>/submit")
@writes
def submit(key: str) -> Response:
    """Save the whole form and hand it in; asks once more when questions are empty."""
    session, at = db.session(), clock.now()
    found, kept = _save_form(key)
    in_time = found.state == "open" and at < found.deadline_at
    if in_time and not kept:
        return go_to(f"/attempts/{key}?conflict=1")
    if in_time and "confirm" not in request.form and presenting.empty(session, found):
        return go_to(f"/attempts/{key}?hand_in=1")
    epoch = page_forms.epoch(request.form) or None
    submitting.submit(session, found, manifest=None, epoch=epoch, at=at)
    return go_to(f"/attempts/{key}")


def _save_form(key: str) -> tuple[Attempt, bool]:
    """Save what the form answers newly; a finished attempt is left alone.

    Returns the attempt, and whether everything new was kept: another tab may have been newer.
    """
    session, who = db.session(), signed_in()
    found = queries.own_attempt(session, current_member(), key)
    if found.state == "open" and who is not None:
        form = request.form
        shown = page_forms.messages(
            form, shapes.shape(session, found.key), queries.saved(session, found)
        )
        caller = saving.Caller(login_id=who.login_id)
        epoch = page_forms.epoch(form)
        done = saving.save_answers(session, key, caller, shown, epoch, at=clock.now())
        return found, all(one["outcome"] != "stale" for one in done.results)
    return found, True
