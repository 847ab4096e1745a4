"""Publishing a quiz: what members will get, and the button that lets them have it."""

from flask import Blueprint, Response, flash, request
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.core.stale import ChangedMeanwhile, stamp
from app.core.templating import moment
from app.members.access import current_member, role_paths
from app.quizzes import building, page_queries, presenting, queries
from app.quizzes.models import Quiz

bp = Blueprint("publish_quizzes", __name__, url_prefix="/organise/quizzes")


@bp.get("/<key>/publish")
def sure(key: str) -> Response:
    """Show who will get the quiz, when and how, before it is published."""
    quiz = queries.quiz_by_key(db.session(), key, role_paths("organiser"))
    if quiz.state != "draft":
        return go_to(f"/organise/quizzes/{key}")
    return _page(quiz)


@bp.post("/<key>/publish")
@writes
def publish(key: str) -> Response:
    """Freeze the pool and show the quiz to its members; a second time changes nothing."""
    session, at = db.session(), clock.now()
    quiz = queries.quiz_by_key(session, key, role_paths("organiser"))
    seen, by = request.form.get("seen"), current_member().id
    try:
        building.publish(session, quiz, seen=seen, by=by, at=at)
    except (Invalid, ChangedMeanwhile) as wrong:
        return _page(quiz, wrong)
    told = _("已发布，成员现在就可以答。")
    if quiz.opens_at > at:
        told = _("已发布，成员从 %(time)s 起可以答。", time=moment(quiz.opens_at))
    flash(told, "good")
    return go_to(f"/organise/quizzes/{key}")


def _page(quiz: Quiz, wrong: DomainError | None = None) -> Response:
    session, at = db.session(), clock.now()
    branch, members = page_queries.reach(session, quiz)
    return show(
        "quizzes/organise/publish.html",
        quiz=quiz,
        seen=stamp(quiz),
        branch=branch,
        members=members,
        problems=building.hindrances(session, quiz, at=at),
        overtaken=isinstance(wrong, ChangedMeanwhile),
        earning=presenting.earning(session, str(get_locale()), at=at),
        status=wrong.status if wrong else 200,
        **presenting.terms(quiz),
    )
