"""Importing people in steps that cannot surprise: choose, see what it would do, write."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, request
from flask_babel import get_locale, ngettext

from app.core import clock
from app.core.db import db, writes
from app.core.errors import Invalid
from app.core.lazily import Lazily
from app.core.pages import go_to, show
from app.core.security import accepts_bytes
from app.members import people_import, staff_list
from app.members.access import current_member, role_paths
from app.members.people_import import Judged
from question_bank.formats import FileUnreadable

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Lazily("xlsxwriter")

bp = Blueprint("people_import", __name__, url_prefix="/organise/people/import")

MOST_BYTES = 5 * 1024 * 1024
COLUMNS = ("工号", "姓名", "支部代码", "初始密码")


@bp.get("")
def start() -> Response:
    """Ask for a file."""
    return show("members/import_start.html", errors={})


@bp.post("")
@accepts_bytes(MOST_BYTES + 100_000)
def upload() -> Response:
    """Understand the file; keep it only if all of it can be written."""
    # Not @writes: hashing a file's passwords must not hold the database's one writer.
    session, file = db.session(), request.files.get("file")
    data, name = (file.read(), file.filename or "") if file is not None else (b"", "")
    try:
        rows, lost = staff_list.read(data)
    except FileUnreadable as wrong:
        return _refused({"file": wrong.message(str(get_locale()))})
    except Invalid as wrong:
        return _refused(wrong.fields)
    judged = people_import.judge(session, role_paths("organiser"), rows)
    judged.troubles = [*lost, *judged.troubles]
    if judged.troubles:
        return _preview(name, judged, 422)
    key = people_import.keep(rows, judged, name, member_id=current_member().id)
    return go_to(f"/organise/people/import/{key}")


@bp.get("/<key>")
def preview(key: str) -> Response:
    """Show what a file would do, compared with who is there now."""
    name, rows = people_import.kept(key, member_id=current_member().id)
    judged = people_import.judge(db.session(), role_paths("organiser"), rows)
    return _preview(name, judged)


@bp.post("/<key>")
@writes
def commit(key: str) -> Response:
    """Add everybody who is new, in one transaction; a second time adds nobody."""
    session, by = db.session(), current_member().id
    name, rows = people_import.kept(key, member_id=by)
    judged = people_import.judge(session, role_paths("organiser"), rows)
    if judged.troubles:
        return _preview(name, judged, 409)
    count = people_import.write(session, judged, name, by=by, at=clock.now())
    flash(ngettext("已添加 %(num)s 人。", "已添加 %(num)s 人。", count), "good")
    return go_to("/organise/people")


@bp.get("/template.xlsx")
def template() -> Response:
    """Send an empty sheet with the columns we read, every cell as text."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        text, sheet = book.add_format({"num_format": "@"}), book.add_worksheet("人员")
        sheet.set_column(0, len(COLUMNS) - 1, 16, text)
        for column, value in enumerate(COLUMNS):
            sheet.write_string(0, column, value, text)
    response = Response(file.getvalue())
    response.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers["Content-Disposition"] = "attachment; filename=mingdeng-people.xlsx"
    return response


def _refused(errors: dict[str, Any]) -> Response:
    return show("members/import_start.html", errors=errors, status=422)


def _preview(name: str, judged: Judged, status: int = 200) -> Response:
    return show("members/import_preview.html", name=name, judged=judged, status=status)
