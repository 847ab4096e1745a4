"""The organiser's pages of posts and shifts."""

from collections.abc import Mapping
from datetime import time

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from app.admin import staff_queries
from app.admin.access import need_all, organises_all
from app.core import clock, stale
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.members.access import current_member
from app.organisation import queries as organisation
from app.organisation import rules, working
from app.organisation.models import Post, Shift
from app.organisation.working import ShiftDraft

bp = Blueprint("organise_work", __name__, url_prefix="/organise")


@bp.get("/posts")
def posts() -> Response:
    """List the posts with their people."""
    return _posts({})


@bp.post("/posts")
@writes
def add_post() -> Response:
    """Add a post, or show what is wrong with everything still typed."""
    session, form = db.session(), request.form
    need_all(session)
    code, name = form.get("code", ""), form.get("name", "")
    try:
        working.create_post(session, code, name, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        return _posts(form, wrong)
    return go_to("/organise/posts")


@bp.get("/posts/<int:post_id>")
def post(post_id: int) -> Response:
    """Show a post to rename."""
    need_all(db.session())
    one = organisation.one(db.session(), Post, post_id)
    return _post(one, {"name": one.name})


@bp.post("/posts/<int:post_id>")
@writes
def change_post(post_id: int) -> Response:
    """Rename a post."""
    session, form = db.session(), request.form
    need_all(session)
    one = organisation.one(session, Post, post_id, lock=True)
    name, seen = form.get("name", ""), form.get("seen", "")
    try:
        working.rename_post(session, one, name, seen=seen, by=current_member().id, at=clock.now())
    except DomainError as wrong:
        return _post(one, form, wrong)
    return go_to("/organise/posts")


@bp.get("/shifts")
def shifts() -> Response:
    """List the shifts in the order of the day."""
    return _shifts({})


@bp.post("/shifts")
@writes
def add_shift() -> Response:
    """Add a shift, or show what is wrong with everything still typed."""
    session, form = db.session(), request.form
    need_all(session)
    try:
        draft, code = _draft(form), form.get("code", "")
        working.create_shift(session, code, draft, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        return _shifts(form, wrong)
    return go_to("/organise/shifts")


@bp.get("/shifts/<code>")
def shift(code: str) -> Response:
    """Show a shift to change."""
    need_all(db.session())
    one = organisation.one(db.session(), Shift, code)
    return _shift(one, _times(one))


@bp.post("/shifts/<code>")
@writes
def change_shift(code: str) -> Response:
    """Change a shift's name and times."""
    session, form = db.session(), request.form
    need_all(session)
    one = organisation.one(session, Shift, code, lock=True)
    seen, by = form.get("seen", ""), current_member().id
    try:
        working.change_shift(session, one, _draft(form), seen=seen, by=by, at=clock.now())
    except DomainError as wrong:
        return _shift(one, form, wrong)
    return go_to("/organise/shifts")


def _draft(form: Mapping[str, str]) -> ShiftDraft:
    times, fields = {}, {}
    for name in ("starts_at", "ends_at"):
        try:
            times[name] = time.fromisoformat(form.get(name, "").strip()).replace(tzinfo=None)
        except ValueError:
            fields[name] = _("请填写时间，例如 08:00。")
    if fields:
        raise Invalid(fields)
    return ShiftDraft(form.get("name", ""), **times)


def _times(one: Shift) -> dict[str, str]:
    times = {name: getattr(one, name).isoformat("minutes") for name in ("starts_at", "ends_at")}
    return {"name": one.name, **times}


def _posts(form: Mapping[str, str], wrong: Invalid | None = None) -> Response:
    session = db.session()
    return show(
        "admin/work/posts.html",
        posts=staff_queries.posts(session),
        may_change=organises_all(session),
        form=form,
        errors=wrong.fields if wrong else {},
        status=wrong.status if wrong else 200,
    )


def _post(one: Post, form: Mapping[str, str], wrong: DomainError | None = None) -> Response:
    return show(
        "admin/work/post.html",
        post=one,
        seen=stale.stamp(one),
        form=form,
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )


def _shifts(form: Mapping[str, str], wrong: Invalid | None = None) -> Response:
    session = db.session()
    found = organisation.shifts(session)
    return show(
        "admin/work/shifts.html",
        shifts=[(one, rules.minutes_long(one.starts_at, one.ends_at)) for one in found],
        may_change=organises_all(session),
        form=form,
        errors=wrong.fields if wrong else {},
        status=wrong.status if wrong else 200,
    )


def _shift(one: Shift, form: Mapping[str, str], wrong: DomainError | None = None) -> Response:
    return show(
        "admin/work/shift.html",
        shift=one,
        stored=_times(one),
        seen=stale.stamp(one),
        form=form,
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )
