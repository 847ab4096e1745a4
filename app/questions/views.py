"""The author's pages: banks, a bank as a table, one question."""

from flask import Blueprint, Response, request
from flask_babel import get_locale

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.core.paging import cursor
from app.members.access import current_member, role_paths
from app.questions import editing, queries, services
from app.questions.forms import QuestionForm
from app.questions.models import STATUSES, Bank
from app.questions.queries import Filter, Row
from question_bank.problems import Problem
from question_bank.question import Question as Content
from question_bank.types import TYPES

bp = Blueprint("questions", __name__, url_prefix="/author")


def paths() -> tuple[str, ...]:
    """Return the subtrees whose banks the person may work on."""
    return role_paths("author", "organiser")


@bp.get("")
def banks() -> Response:
    """List my banks with how many questions of each status."""
    return show("questions/banks.html", banks=queries.banks(db.session(), paths()))


@bp.get("/banks/<int:bank_id>")
def bank(bank_id: int) -> Response:
    """Show a bank as a table that can be searched and filtered."""
    session = db.session()
    found = queries.bank_of(session, paths(), bank_id)
    wanted = Filter(
        **{n: request.args.get(n, "").strip() for n in ("text", "type", "status", "tag")}
    )
    page = queries.rows(session, found, wanted, after=cursor(request.args.get("after")) or 0)
    return show(
        "questions/bank.html",
        bank=found,
        page=page,
        wanted=wanted,
        tags=queries.tags(session, found),
        types=[t.key for t in TYPES],
        statuses=STATUSES,
    )


@bp.get("/questions/<key>")
def question(key: str) -> Response:
    """Show a question as on the phone, with its form."""
    found, row = queries.question_of(db.session(), paths(), key)
    content = Content.from_json(row.version.content)
    return _page(found, row, QuestionForm.of(content, row.version.number))


@bp.post("/questions/<key>")
@writes
def change(key: str) -> Response:
    """Make a new version, or show what is wrong with everything still typed."""
    session, form = db.session(), QuestionForm.parse(request.form)
    found, row = queries.question_of(session, paths(), key)
    based_on = int(form.based_on) if form.based_on.isdecimal() else 0
    try:
        content = form.content(row.version.content.get("difficulty"))
        editing.change(
            session, row, content, based_on=based_on, by=current_member().id, at=clock.now()
        )
    except DomainError as wrong:
        session.rollback()
        found, row = queries.question_of(session, paths(), key)
        return _page(found, row, form, wrong)
    return go_to(f"/author/questions/{key}")


@bp.post("/questions/<key>/status")
@writes
def set_status(key: str) -> Response:
    """Publish or retire a question."""
    session = db.session()
    _bank, row = queries.question_of(session, paths(), key)
    act = services.publish if request.form.get("status") == "published" else services.retire
    act(session, row.question, by=current_member().id, at=clock.now())
    return go_to(f"/author/questions/{key}")


def _page(bank: Bank, row: Row, form: QuestionForm, wrong: DomainError | None = None) -> Response:
    locale = str(get_locale())
    stored = [
        Problem(p["where"], p["code"], p["params"], p["found"]) for p in row.question.problems
    ]
    return show(
        "questions/question.html",
        bank=bank,
        row=row,
        content=Content.from_json(row.version.content),
        form=form,
        types=[t.key for t in TYPES],
        problems=[p.message(locale) for p in stored],
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        wrong=wrong,
        status=wrong.status if wrong else 200,
    )
