"""The author's pages: banks, a bank as a table, one question."""

from flask import Blueprint, Response, request
from flask_babel import get_locale

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.numbers import whole
from app.core.pages import go_to, show
from app.members.access import current_member, role_paths
from app.questions import editing, queries, services, wording
from app.questions.forms import QuestionForm
from app.questions.models import STATUSES, Bank
from app.questions.queries import Filter, Row
from question_bank.problems import Problem
from question_bank.question import Question as Content
from question_bank.types import OFFERED

bp = Blueprint("questions", __name__, url_prefix="/author")


def paths() -> tuple[str, ...]:
    """Return the subtrees whose banks the person may work on."""
    return role_paths("author", "organiser")


@bp.get("")
def banks() -> Response:
    """List my banks with how many questions of each status."""
    return banks_page()


def banks_page(name: str = "", wrong: Invalid | None = None) -> Response:
    """Show the banks, with the name of a new one and what is wrong with it."""
    return show(
        "questions/banks.html",
        banks=queries.banks(db.session(), paths()),
        name=name,
        errors=wrong.fields if wrong else {},
        status=wrong.status if wrong else 200,
    )


@bp.get("/banks/<int:bank_id>")
def bank(bank_id: int) -> Response:
    """Show a bank as a table that can be searched and filtered."""
    session = db.session()
    found = queries.bank_of(session, paths(), bank_id)
    wanted = Filter(
        **{n: request.args.get(n, "").strip() for n in ("text", "type", "status", "tag")}
    )
    page = queries.rows(session, found, wanted, after=whole(request.args.get("after")) or 0)
    return show(
        "questions/bank.html",
        bank=found,
        page=page,
        wanted=wanted,
        tags=queries.tags(session, found),
        types=OFFERED,
        statuses=STATUSES,
    )


@bp.get("/questions/<key>")
def question(key: str) -> Response:
    """Show a question as on the phone, with its form."""
    return question_page(*queries.question_of(db.session(), paths(), key))


@bp.post("/questions/<key>")
@writes
def change(key: str) -> Response:
    """Make a new version, or show what is wrong with everything still typed."""
    session, form = db.session(), QuestionForm.parse(request.form)
    found, row = queries.question_of(session, paths(), key)
    based_on = whole(form.based_on) or 0
    try:
        content = form.asked(row.version.content.get("difficulty"))
        editing.change(
            session, row, content, based_on=based_on, by=current_member().id, at=clock.now()
        )
    except DomainError as wrong:
        session.rollback()
        found, row = queries.question_of(session, paths(), key)
        return question_page(found, row, form, wrong)
    return go_to(f"/author/questions/{key}")


@bp.post("/questions/<key>/status")
@writes
def set_status(key: str) -> Response:
    """Publish a question, retire it, or bring it back."""
    session = db.session()
    found, row = queries.question_of(session, paths(), key)
    act = services.publish if request.form.get("status") == "published" else services.retire
    try:
        act(session, row.question, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        return question_page(found, row, wrong=wrong)
    return go_to(f"/author/questions/{key}")


def question_page(
    bank: Bank,
    row: Row,
    form: QuestionForm | None = None,
    wrong: DomainError | None = None,
    content: Content | None = None,
) -> Response:
    """Show a question with its form; *content* is how it would look, else how it is stored."""
    locale, stored = str(get_locale()), Content.from_json(row.version.content)
    kept = [Problem(p["where"], p["code"], p["params"], p["found"]) for p in row.question.problems]
    shown = content or stored
    return show(
        "questions/question.html",
        "questions/_preview.html",
        bank=bank,
        row=row,
        content=shown,
        notes=wording.notes(shown),
        form=form or QuestionForm.of(stored, row.version.number),
        types=OFFERED,
        type=stored.type,
        problems=[p.message(locale) for p in kept],
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        wrong=wrong,
        status=wrong.status if wrong else 200,
    )
