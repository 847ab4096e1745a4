"""The author's pages of lessons: list, write, upload."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from app.core import clock
from app.core.answers import answer_refusal
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid, TooLarge
from app.core.pages import go_to, show
from app.core.security import accepts_bytes
from app.core.stale import ChangedMeanwhile, stamp
from app.lessons import building, media, queries
from app.lessons.forms import LessonForm, differences
from app.lessons.models import Course, Lesson
from app.members.access import current_member, has_role, role_paths
from app.organisation import queries as organisation
from app.questions.finding import published
from app.questions.queries import banks, cached_versions
from app.questions.wording import image_notes

#: The largest body of a lesson's form: a video, and the text beside it.
MOST_BYTES = media.MOST_VIDEO_BYTES + 1024 * 1024

bp = Blueprint("organise_lessons", __name__, url_prefix="/organise/lessons")


def author_paths() -> tuple[str, ...]:
    """Return the subtrees whose courses and banks the person may work on."""
    return role_paths("organiser", "author")


@bp.get("")
def index() -> Response:
    """List the courses I may write with their lessons."""
    return _list()


@bp.post("")
@writes
def new_course() -> Response:
    """Add a course for the branch over which I hold the role."""
    session, title = db.session(), request.form.get("title", "")
    summary = request.form.get("summary", "")
    branch = organisation.subtree(session, author_paths()[0])[0]
    try:
        building.create_course(
            session, title, summary, branch, by=current_member().id, at=clock.now()
        )
    except Invalid as wrong:
        return _list(title, summary, wrong)
    flash(_("课程已建好。加上一节已发布的课，成员就能看到。"), "good")
    return go_to("/organise/lessons")


def _list(title: str = "", summary: str = "", wrong: Invalid | None = None) -> Response:
    return show(
        "lessons/organise/index.html",
        courses=queries.organised(db.session(), author_paths()),
        back="/organise" if has_role("organiser") else "/author",
        title=title,
        summary=summary,
        errors=wrong.fields if wrong else {},
        status=wrong.status if wrong else 200,
    )


@bp.get("/courses/<key>/new")
def new_lesson(key: str) -> Response:
    """Show an empty lesson."""
    course = queries.organised_course(db.session(), author_paths(), key)
    return lesson_page(LessonForm(), course=course)


@bp.post("/courses/<key>/new")
@accepts_bytes(MOST_BYTES)
@writes
def add_lesson(key: str) -> Response:
    """Add a lesson, or show what is wrong with everything still typed."""
    session, form = db.session(), LessonForm.parse(request.form)
    course = queries.organised_course(session, author_paths(), key)
    if _not_yet(form):
        return _first(form, course=course)
    try:
        values = form.values(building.picked(session, author_paths(), form.checks, ()))
    except Invalid as wrong:
        return lesson_page(form, course=course, wrong=wrong)
    lesson = building.create_lesson(session, course, values, by=current_member().id, at=clock.now())
    _say_saved(lesson)
    return go_to(f"/organise/lessons/{lesson.key}")


@bp.get("/<key>")
def edit(key: str) -> Response:
    """Show a lesson to change."""
    lesson = queries.organised_lesson(db.session(), author_paths(), key)
    return lesson_page(LessonForm.of(lesson), lesson=lesson)


@bp.post("/<key>")
@accepts_bytes(MOST_BYTES)
@writes
def save(key: str) -> Response:
    """Change a lesson, or show what is wrong with everything still typed."""
    session, form = db.session(), LessonForm.parse(request.form)
    lesson = queries.organised_lesson(session, author_paths(), key)
    if _not_yet(form):
        return _first(form, lesson=lesson)
    try:
        kept = lesson.check_versions
        values = form.values(building.picked(session, author_paths(), form.checks, kept))
        seen, by = request.form.get("seen"), current_member().id
        building.change_lesson(session, lesson, values, seen=seen, by=by, at=clock.now())
    except (Invalid, ChangedMeanwhile) as wrong:
        return lesson_page(form, lesson=lesson, wrong=wrong)
    _say_saved(lesson)
    return go_to("/organise/lessons")


def _say_saved(lesson: Lesson) -> None:
    open_to_all = _("已保存，成员可以看到这节课。")
    flash(open_to_all if lesson.published else _("草稿已保存，成员还看不到。"), "good")


def _not_yet(form: LessonForm) -> bool:
    """Tell whether something comes before saving: a chosen file, or Enter in the search field."""
    file = request.files.get("file")
    searching = request.form.get("do") == "enter" and bool(form.find.strip())
    return searching or bool(file and file.filename)


def _first(
    form: LessonForm, *, course: Course | None = None, lesson: Lesson | None = None
) -> Response:
    file = request.files.get("file")
    if not file or not file.filename:
        return lesson_page(form, course=course, lesson=lesson, finding=True)
    # A large file takes its time, and as long as we hold the database nobody else can write.
    db.session.rollback()
    try:
        form = form.with_file(media.store(file))
    except Invalid as wrong:
        return lesson_page(form, course=course, lesson=lesson, wrong=wrong)
    said = _("选好的文件已放进来，还没有保存。请看一下，再保存一次。")
    return lesson_page(form, course=course, lesson=lesson, said=said)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Answer an upload that no lesson can take, naming both sizes."""
    size = (request.content_length or 0) / 1024 / 1024
    return answer_refusal(
        TooLarge(
            _(
                "发送的内容有 %(size)s MB；视频最大 300 MB，图片最大 8 MB。"
                "按浏览器的“后退”，刚才填写的内容还在。",
                size=f"{size:.1f}",
            )
        )
    )


def lesson_page(
    form: LessonForm,
    *,
    course: Course | None = None,
    lesson: Lesson | None = None,
    wrong: DomainError | None = None,
    said: str = "",
    finding: bool = False,
) -> Response:
    """Show a lesson's form; with *finding* the questions that the author looks for."""
    session, paths = db.session(), author_paths()
    chosen = building.picked(session, paths, form.checks, lesson.check_versions if lesson else ())
    contents = cached_versions(session, chosen.values())
    bank = int(form.bank) if form.bank.isdecimal() and len(form.bank) < 10 else None
    overtaken = lesson is not None and isinstance(wrong, ChangedMeanwhile)
    return show(
        "lessons/organise/edit.html",
        "lessons/organise/_checks.html",
        form=form,
        course=course,
        lesson=lesson,
        parts=_parts(course, lesson),
        checks=[(i, contents[i]) for i in dict.fromkeys(chosen.values()) if i in contents],
        banks=[("", _("全部题库"))]
        + [(str(one.id), one.name) for one, _counts in banks(session, paths)],
        found=published(session, paths, form.find.strip(), bank, without=chosen.values())
        if finding
        else None,
        notes=image_notes(form.body),
        said=said,
        seen=_seen(lesson, overtaken),
        wrong=wrong,
        differences=differences(form, LessonForm.of(lesson)) if lesson and overtaken else [],
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )


def _seen(lesson: Lesson | None, overtaken: bool) -> str:
    """Return the stamp that the form carries: what its author has seen last."""
    carried = request.form.get("seen", "")
    return carried if lesson is None or (carried and not overtaken) else stamp(lesson)


def _parts(course: Course | None, lesson: Lesson | None) -> str:
    own = lesson.key if lesson else f"courses/{course.key}" if course else ""
    return f"/organise/lessons/{own}/parts"
