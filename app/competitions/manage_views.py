"""The organiser's page of one competition: rename it, call it off."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from app.competitions import managing, queries
from app.competitions.models import Competition
from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.core.stale import ChangedMeanwhile, stamp
from app.members.access import current_member, role_paths
from app.quizzes import queries as quizzes

bp = Blueprint("manage_competitions", __name__, url_prefix="/organise/competitions")


@bp.get("/<key>")
def page(key: str) -> Response:
    """Show what may be changed."""
    one = queries.organised_one(db.session(), role_paths("organiser"), key)
    return _page(one, one.title, one.description)


@bp.post("/<key>")
@writes
def rename(key: str) -> Response:
    """Rename it, or show what is wrong with everything still typed."""
    session = db.session()
    one = queries.organised_one(session, role_paths("organiser"), key)
    title, words = request.form.get("title", ""), request.form.get("description", "")
    seen, by = request.form.get("seen", ""), current_member().id
    try:
        managing.rename(session, one, title, words, seen=seen, by=by, at=clock.now())
    except (Invalid, ChangedMeanwhile, managing.HasResults) as wrong:
        return _page(one, title, words, wrong)
    flash(_("已保存。"), "good")
    return go_to("/organise/competitions")


@bp.post("/<key>/call-off")
@writes
def call_off(key: str) -> Response:
    """Call it off while nobody has begun."""
    session, paths = db.session(), role_paths("organiser")
    one = queries.organised_one(session, paths, key)
    # The quizzes become drafts again, so they must be mine to organise, too.
    for view in queries.rounds(session, one, current_member().id, at=clock.now()):
        quizzes.quiz_by_key(session, view.quiz.key, paths)
    try:
        managing.call_off(session, one, by=current_member().id, at=clock.now())
    except managing.AlreadyBegun as wrong:
        return _page(one, one.title, one.description, wrong)
    flash(_("竞赛已取消，它的答题活动收回为草稿了。"), "good")
    return go_to("/organise/competitions")


def _page(
    one: Competition, title: str, description: str, wrong: DomainError | None = None
) -> Response:
    session = db.session()
    settled = managing.has_results(session, one)
    invalid = isinstance(wrong, Invalid)
    return show(
        "competitions/manage.html",
        one=one,
        title=title,
        description=description,
        # A mistake in a stale form must not hide that it is stale.
        seen=request.form.get("seen", "") if invalid else stamp(one),
        settled=settled,
        begun=managing.begun(session, one),
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )
