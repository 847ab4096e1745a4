"""The author's page of a course: rename it, hide it from members."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.core.stale import ChangedMeanwhile, stamp
from app.lessons import building, queries
from app.lessons.building import CourseDraft
from app.lessons.models import Course
from app.lessons.organise_views import author_paths
from app.members.access import current_member

bp = Blueprint("organise_courses", __name__, url_prefix="/organise/lessons/courses")


@bp.get("/<key>")
def page(key: str) -> Response:
    """Show a course to change."""
    course = queries.organised_course(db.session(), author_paths(), key)
    return _page(course, _stored(course))


@bp.post("/<key>")
@writes
def change(key: str) -> Response:
    """Change a course, or show what is wrong with everything still typed."""
    session = db.session()
    course = queries.organised_course(session, author_paths(), key)
    draft = CourseDraft(
        request.form.get("title", ""),
        request.form.get("summary", ""),
        "published" in request.form,
    )
    seen, by = request.form.get("seen", ""), current_member().id
    try:
        building.change_course(session, course, draft, seen=seen, by=by, at=clock.now())
    except (Invalid, ChangedMeanwhile) as wrong:
        return _page(course, draft, wrong)
    flash(_("已保存。") if draft.published else _("已保存，成员看不到这门课程。"), "good")
    return go_to("/organise/lessons")


def _stored(course: Course) -> CourseDraft:
    return CourseDraft(course.title, course.summary, course.published)


def _page(course: Course, form: CourseDraft, wrong: DomainError | None = None) -> Response:
    invalid = isinstance(wrong, Invalid)
    return show(
        "lessons/organise/course.html",
        course=course,
        form=form,
        # A mistake in a stale form must not hide that it is stale.
        seen=request.form.get("seen", "") if invalid else stamp(course),
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )
