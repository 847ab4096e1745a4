"""The author's pages of lessons: list, write, upload."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db, writes
from app.core.errors import Invalid
from app.core.pages import go_to, show
from app.core.security import accepts_bytes
from app.lessons import building, media, queries
from app.lessons.forms import LessonForm
from app.lessons.models import Course, Lesson
from app.members.access import current_member, role_paths
from app.organisation import queries as organisation
from app.questions.queries import cached_versions

bp = Blueprint("organise_lessons", __name__, url_prefix="/organise/lessons")


def _paths() -> tuple[str, ...]:
    return role_paths("organiser", "author")


@bp.get("")
def index() -> Response:
    """List the courses I may write with their lessons."""
    found = queries.organised(db.session(), _paths())
    return show("lessons/organise/index.html", courses=found, errors={}, title="", summary="")


@bp.post("")
@writes
def new_course() -> Response:
    """Add a course for the branch over which I hold the role."""
    session, title = db.session(), request.form.get("title", "")
    summary = request.form.get("summary", "")
    branch = organisation.subtree(session, _paths()[0])[0]
    try:
        building.create_course(
            session, title, summary, branch, by=current_member().id, at=clock.now()
        )
    except Invalid as wrong:
        found = queries.organised(session, _paths())
        return show(
            "lessons/organise/index.html", courses=found, errors=wrong.fields,
            title=title, summary=summary, status=wrong.status,
        )  # fmt: skip
    return go_to("/organise/lessons")


@bp.get("/courses/<key>/new")
def new_lesson(key: str) -> Response:
    """Show an empty lesson."""
    course = queries.organised_course(db.session(), _paths(), key)
    return _form(LessonForm(), course=course)


@bp.post("/courses/<key>/new")
@writes
def add_lesson(key: str) -> Response:
    """Add a lesson, or show what is wrong with everything still typed."""
    session, form = db.session(), LessonForm.parse(request.form)
    course = queries.organised_course(session, _paths(), key)
    try:
        values = form.values(building.versions_by_stem(session, _stems(form)))
    except Invalid as wrong:
        return _form(form, course=course, wrong=wrong)
    lesson = building.create_lesson(session, course, values, by=current_member().id, at=clock.now())
    return go_to(f"/organise/lessons/{lesson.key}")


@bp.get("/<key>")
def edit(key: str) -> Response:
    """Show a lesson to change."""
    session = db.session()
    lesson = queries.organised_lesson(session, _paths(), key)
    contents = cached_versions(session, lesson.check_versions)
    stems = [contents[i].stem for i in lesson.check_versions if i in contents]
    return _form(LessonForm.of(lesson, stems), lesson=lesson)


@bp.post("/<key>")
@writes
def save(key: str) -> Response:
    """Change a lesson, or show what is wrong with everything still typed."""
    session, form = db.session(), LessonForm.parse(request.form)
    lesson = queries.organised_lesson(session, _paths(), key)
    try:
        values = form.values(building.versions_by_stem(session, _stems(form)))
    except Invalid as wrong:
        return _form(form, lesson=lesson, wrong=wrong)
    building.change_lesson(session, lesson, values, by=current_member().id, at=clock.now())
    return go_to("/organise/lessons")


@bp.post("/files")
@accepts_bytes(media.MOST_VIDEO_BYTES + 1024 * 1024)
def upload() -> Response:
    """Store a picture or a video and show the text to put into a lesson."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": _("请选择一个图片或视频文件。")})
    is_video = file.mimetype.startswith("video/")
    address = (media.store_video if is_video else media.store_picture)(file.stream)
    return show("lessons/organise/file.html", address=address, is_video=is_video)


def _stems(form: LessonForm) -> list[str]:
    return [line.strip() for line in form.checks.splitlines() if line.strip()]


def _form(
    form: LessonForm,
    *,
    course: Course | None = None,
    lesson: Lesson | None = None,
    wrong: Invalid | None = None,
) -> Response:
    return show(
        "lessons/organise/edit.html",
        form=form,
        course=course,
        lesson=lesson,
        errors=wrong.fields if wrong else {},
        status=wrong.status if wrong else 200,
    )
