"""Importing a file in steps that cannot surprise: choose, see how it was understood, write."""

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.lazily import Lazily
from app.core.pages import go_to, show
from app.core.security import accepts_bytes
from app.members.access import current_member
from app.organisation import queries as organisation
from app.questions import importing, queries, services
from app.questions.views import paths
from question_bank.formats import FileUnreadable
from question_bank.formats.refusals import too_large as too_large_file
from question_bank.problems import place

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Lazily("xlsxwriter")

bp = Blueprint("imports", __name__, url_prefix="/author/import")

HEADER = (
    "题型",
    "题干",
    "选项A",
    "选项B",
    "选项C",
    "选项D",
    "答案",
    "解析",
    "分值",
    "标签",
    "来源",
)
EXAMPLES = (
    ("单选题", "入井必须随身携带什么？", "自救器", "手机", "火机", "烟", "A", "", "2", "应急", ""),
    ("多选题", "下列哪些是安全色？", "红色", "蓝色", "黄色", "绿色", "ABCD", "", "3", "通用", ""),
    ("判断题", "有权拒绝违章指挥。", "", "", "", "", "对", "", "1", "安全生产法", ""),
)  # fmt: skip


@bp.get("")
def start() -> Response:
    """Ask for a bank and a file."""
    return _start({}, request.args.get("bank", ""))


@bp.post("")
@accepts_bytes(importing.MOST_BYTES + 100_000)
@writes
def upload() -> Response:
    """Keep the file and show how it was understood."""
    session, at, file = db.session(), clock.now(), request.files.get("file")
    name = request.form.get("bank", "")
    try:
        if file is None or not file.filename:
            raise Invalid({"file": _("请选择一个文件。")})
        who = current_member().id
        # Reading takes its time, and as long as we hold the database nobody else can write.
        session.rollback()
        found = _read(file)
        run = importing.upload(session, _target(session, name), found, member_id=who, at=at)
    except DomainError as wrong:
        session.rollback()
        fields = wrong.fields if isinstance(wrong, Invalid) else {"bank": str(wrong)}
        return _start(fields, name, wrong.status)
    return go_to(f"/author/import/{run.key}")


def _target(session: Session, name: str) -> importing.Target:
    """Return the bank called *name*, or where it will be made. Two statements.

    :raises Invalid: for a name that none can have.
    :raises NotFound: for a bank of somebody else's.
    """
    clean = services.bank_name(name)
    bank = queries.bank_by_name(session, clean)
    if bank is None:
        return importing.Target(clean, organisation.subtree(session, paths()[0])[0].id)
    queries.bank_of(session, paths(), bank.id)
    return importing.Target(clean, bank.branch_id, bank)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Answer a file over the limit with the form again, naming both sizes."""
    # A browser names the length; whoever does not has sent more than the limit all the same.
    size = max(request.content_length or 0, importing.MOST_BYTES + 1)
    wrong = importing.unreadable(too_large_file(size), str(get_locale()))
    return _start(wrong.fields, "", 413, _("文件太大，没有收下；题库名称请再写一次："))


def _read(file: FileStorage) -> importing.Understood:
    try:
        return importing.read_file(file.read(), file.filename or "")
    except FileUnreadable as wrong:
        raise importing.unreadable(wrong, str(get_locale())) from wrong


@bp.get("/<key>")
def preview(key: str) -> Response:
    """Show how a file was understood, or what became of it."""
    session = db.session()
    bank, run = queries.import_of(session, paths(), key)
    if run.state == "committed":
        return show("questions/import_done.html", bank=bank, run=run)
    found = importing.again(session, bank, run)
    locale = str(get_locale())
    return show(
        "questions/import_preview.html",
        bank=bank,
        run=run,
        report=found.report(dry_run=True, locale=locale),
        earlier=importing.known_file(session, bank, run.sha256) if bank else None,
        place=partial(place, locale=locale),
    )


@bp.post("/<key>")
@writes
def commit(key: str) -> Response:
    """Write the questions into the bank, once."""
    session = db.session()
    bank, run = queries.import_of(session, paths(), key)
    done = importing.commit(session, bank, run, member_id=current_member().id, at=clock.now())
    session.flush()
    return go_to(f"/author/import/{done.key}")


@bp.get("/template.xlsx")
def template() -> Response:
    """Send a sheet with the columns we read and three examples, every cell as text."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        text, sheet = book.add_format({"num_format": "@"}), book.add_worksheet("题库")
        sheet.set_column(0, len(HEADER) - 1, 16, text)
        for number, row in enumerate((HEADER, *EXAMPLES)):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, text)
        kinds = {"validate": "list", "source": ["单选题", "多选题", "判断题"]}
        sheet.data_validation(1, 0, 5000, 0, kinds)
    response = Response(file.getvalue())
    response.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers["Content-Disposition"] = "attachment; filename=mingdeng-template.xlsx"
    return response


def _start(errors: dict[str, Any], name: str, status: int = 200, title: str = "") -> Response:
    found = queries.banks(db.session(), paths())
    return show(
        "questions/import_start.html",
        banks=[bank.name for bank, _counts in found],
        errors=errors,
        name=name,
        title=title,
        status=status,
    )
