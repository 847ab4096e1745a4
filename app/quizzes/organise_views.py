"""The organiser's pages: build a quiz, try a paper, publish, see who took it."""

from datetime import datetime

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.core.paging import cursor
from app.core.stale import ChangedMeanwhile, stamp
from app.core.templating import moment
from app.members.access import current_member, role_paths
from app.quizzes import (
    building,
    lifecycle,
    organise_forms,
    organising,
    page_queries,
    presenting,
    queries,
)
from app.quizzes.models import Quiz
from app.quizzes.organise_forms import QuizForm

bp = Blueprint("organise_quizzes", __name__, url_prefix="/organise/quizzes")


@bp.get("")
def index() -> Response:
    """List the quizzes of the branches I organise for, newest first."""
    found = queries.quizzes_of(db.session(), role_paths("organiser"))
    stages = {quiz.id: page_queries.stage(quiz, clock.now()) for quiz in found}
    return show("quizzes/organise/index.html", quizzes=found, stages=stages)


@bp.get("/new")
def new() -> Response:
    """Show the form of a new quiz with plausible values."""
    form = organise_forms.new_form(clock.now())
    organising.fit_start(db.session(), form, role_paths("organiser"))
    return _edit(form, None)


@bp.post("/new")
@writes
def create() -> Response:
    """Keep a draft, or show what is wrong with everything still typed."""
    form = organising.sent(db.session(), request.form, role_paths("organiser"))
    try:
        draft = organising.draft(form)
        made = building.create_quiz(db.session(), draft, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        return _edit(form, None, errors=organising.by_field(wrong), status=wrong.status)
    flash(_("草稿已保存。试抽一份看看，再发布。"), "good")
    return go_to(f"/organise/quizzes/{made.key}")


@bp.post("/rules")
def rules() -> Response:
    """Show the form again with a rule added, taken away or counted; keeps nothing."""
    session, paths = db.session(), role_paths("organiser")
    form = organising.sent(session, request.form, paths)
    key = request.form.get("key", "")
    quiz = queries.quiz_by_key(session, key, paths) if key else None
    if "add" in request.form:
        form.add_rule()
    if "drop" in request.form:
        form.drop_rule(request.form.get("drop", -1, type=int))
    organising.fit_start(session, form, paths)
    return _edit(form, quiz)


@bp.get("/<key>")
def page(key: str) -> Response:
    """Show a draft's form, or who took a published quiz."""
    quiz = queries.quiz_by_key(db.session(), key, role_paths("organiser"))
    if quiz.state == "draft":
        return _edit(organise_forms.form_of(quiz), quiz)
    return _results(quiz, cursor(request.args.get("before")), clock.now())


@bp.post("/<key>")
@writes
def update(key: str) -> Response:
    """Change a draft, or show what is wrong with everything still typed."""
    session, paths = db.session(), role_paths("organiser")
    quiz = queries.quiz_by_key(session, key, paths)
    form = organising.sent(session, request.form, paths)
    try:
        draft = organising.draft(form, quiz)
        building.update_quiz(
            session, quiz, draft, seen=request.form.get("seen"), by=current_member().id,
            at=clock.now(),
        )  # fmt: skip
    except Invalid as wrong:
        return _edit(form, quiz, errors=organising.by_field(wrong), status=wrong.status)
    except (building.AlreadyPublished, ChangedMeanwhile) as wrong:
        return _edit(form, quiz, overtaken=wrong, status=409)
    flash(_("草稿已保存。"), "good")
    return go_to(f"/organise/quizzes/{key}")


@bp.post("/<key>/copy")
@writes
def copy(key: str) -> Response:
    """Make a new draft of a quiz."""
    session = db.session()
    quiz = queries.quiz_by_key(session, key, role_paths("organiser"))
    made = lifecycle.copy(session, quiz, by=current_member().id, at=clock.now())
    flash(_("已复制成新草稿。"), "good")
    return go_to(f"/organise/quizzes/{made.key}")


@bp.post("/<key>/close")
@writes
def close(key: str) -> Response:
    """Let a running quiz end early."""
    session, at = db.session(), clock.now()
    quiz = queries.quiz_by_key(session, key, role_paths("organiser"))
    lifecycle.close_early(session, quiz, by=current_member().id, at=at)
    flash(_("已提前截止：%(time)s。", time=moment(quiz.closes_at)), "good")
    return go_to(f"/organise/quizzes/{key}")


@bp.post("/<key>/extend")
@writes
def extend(key: str) -> Response:
    """Let a quiz stay open longer."""
    session, at = db.session(), clock.now()
    quiz = queries.quiz_by_key(session, key, role_paths("organiser"))
    until = organise_forms.time_of(request.form.get("closes_at", ""))
    try:
        lifecycle.extend(session, quiz, until, by=current_member().id, at=at)
    except Invalid as wrong:
        return _results(quiz, None, at, wrong=wrong)
    flash(_("截止时间已延长到 %(time)s。", time=moment(quiz.closes_at)), "good")
    return go_to(f"/organise/quizzes/{key}")


@bp.post("/<key>/take-back")
@writes
def take_back(key: str) -> Response:
    """Make a published quiz that nobody has begun a draft again."""
    session = db.session()
    quiz = queries.quiz_by_key(session, key, role_paths("organiser"))
    lifecycle.take_back(session, quiz, by=current_member().id, at=clock.now())
    flash(_("已收回为草稿，成员看不到了。"), "good")
    return go_to(f"/organise/quizzes/{quiz.key}")


@bp.post("/<key>/delete")
@writes
def delete(key: str) -> Response:
    """Delete a draft."""
    session = db.session()
    quiz = queries.quiz_by_key(session, key, role_paths("organiser"))
    lifecycle.remove(session, quiz, by=current_member().id, at=clock.now())
    flash(_("草稿已删除。"), "good")
    return go_to("/organise/quizzes")


@bp.get("/<key>/preview")
def preview(key: str) -> Response:
    """Draw a sample paper; the same ``draw`` number shows the same paper."""
    session = db.session()
    quiz = queries.quiz_by_key(session, key, role_paths("organiser"))
    turn = request.args.get("draw", 1, type=int)
    return show(
        "quizzes/organise/preview.html",
        quiz=quiz,
        draw=turn,
        type_names=presenting.type_names(),
        **organising.sample(session, quiz, turn),
    )


def _edit(
    form: QuizForm,
    quiz: Quiz | None,
    *,
    errors: dict[str, str] | None = None,
    overtaken: DomainError | None = None,
    status: int = 200,
) -> Response:
    """Show the builder: as a page, or only its rules when htmx asks."""
    seen = request.form.get("seen", "")
    if quiz is not None and (overtaken or not seen):
        seen = stamp(quiz)
    context = organising.builder(db.session(), form, role_paths("organiser"))
    return show(
        "quizzes/organise/edit.html",
        "quizzes/organise/_rules.html",
        status=status,
        form=form,
        quiz=quiz,
        key=quiz.key if quiz else "",
        errors=errors or {},
        overtaken=overtaken,
        seen=seen,
        **context,
    )


def _results(
    quiz: Quiz, before: int | None, at: datetime, wrong: Invalid | None = None
) -> Response:
    """Show a published quiz with the attempts at it."""
    session = db.session()
    listed = page_queries.participants(session, quiz, before)
    return show(
        "quizzes/organise/published.html",
        quiz=quiz,
        stage=page_queries.stage(quiz, at),
        summary=page_queries.summary(session, quiz),
        states=page_queries.attempt_states(),
        rows=listed.rows,
        more=listed.next_cursor,
        errors=wrong.fields or {"closes_at": str(wrong)} if wrong else {},
        status=wrong.status if wrong else 200,
    )
