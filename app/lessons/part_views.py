"""Parts of a lesson while it is written: uploads and check questions; nothing is saved yet."""

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from app.core.db import db
from app.core.errors import Invalid
from app.core.security import accepts_bytes
from app.lessons import media, queries
from app.lessons.forms import LessonForm
from app.lessons.models import Course, Lesson
from app.lessons.organise_views import MOST_BYTES, author_paths, lesson_page, too_large

bp = Blueprint("lesson_parts", __name__, url_prefix="/organise/lessons")
bp.register_error_handler(RequestEntityTooLarge, too_large)


@bp.post("/files")
@accepts_bytes(MOST_BYTES)
def upload() -> Response:
    """Store a picture or a video; answer with the line of Markdown or the address, as JSON."""
    stored = media.store(request.files.get("file"))
    return jsonify(address=stored.address, line=stored.line, is_video=stored.is_video)


@bp.post("/courses/<key>/parts")
@accepts_bytes(MOST_BYTES)
def of_new(key: str) -> Response:
    """Show a new lesson's form again with the part added, found or taken away."""
    course = queries.organised_course(db.session(), author_paths(), key)
    return _again(course, None)


@bp.post("/<key>/parts")
@accepts_bytes(MOST_BYTES)
def of_lesson(key: str) -> Response:
    """Show a lesson's form again with the part added, found or taken away."""
    return _again(None, queries.organised_lesson(db.session(), author_paths(), key))


def _again(course: Course | None, lesson: Lesson | None) -> Response:
    form, wrong, said = LessonForm.parse(request.form), None, ""
    if request.form.get("do") == "upload":
        try:
            form, said = form.with_file(media.store(request.files.get("file"))), _("文件已放好。")
        except Invalid as refused:
            wrong = refused
    else:
        form = form.with_checks(request.form.get("add", ""), request.form.get("drop", ""))
    finding = bool(form.find.strip()) or "add" in request.form or request.form.get("do") == "find"
    return lesson_page(form, course=course, lesson=lesson, wrong=wrong, said=said, finding=finding)
