"""Writing a question by hand: a new one, how it will look, and away with a draft."""

from flask import Blueprint, Response, request

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.members.access import current_member
from app.questions import editing, queries, wording
from app.questions.forms import QuestionForm
from app.questions.models import Bank
from app.questions.views import paths, question_page
from question_bank.types import OFFERED

bp = Blueprint("writing", __name__, url_prefix="/author")


@bp.get("/banks/<int:bank_id>/questions/new")
def new(bank_id: int) -> Response:
    """Show an empty question."""
    bank = queries.bank_of(db.session(), paths(), bank_id)
    return _page(bank, QuestionForm(type=OFFERED[0]))


@bp.post("/banks/<int:bank_id>/questions/new")
@writes
def create(bank_id: int) -> Response:
    """Add a draft, or show what is wrong with everything still typed."""
    session, form = db.session(), QuestionForm.parse(request.form)
    bank = queries.bank_of(session, paths(), bank_id)
    try:
        content = form.asked(None)
        made = editing.create(session, bank, content, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        return _page(bank, form, wrong)
    return go_to(f"/author/questions/{made.key}")


@bp.post("/banks/<int:bank_id>/questions/preview")
def preview_new(bank_id: int) -> Response:
    """Show how a new question will look; keeps nothing."""
    bank = queries.bank_of(db.session(), paths(), bank_id)
    return _page(bank, QuestionForm.parse(request.form))


@bp.post("/questions/<key>/preview")
def preview(key: str) -> Response:
    """Show how a changed question will look; keeps nothing."""
    bank, row = queries.question_of(db.session(), paths(), key)
    form = QuestionForm.parse(request.form)
    return question_page(bank, row, form, content=form.sketch())


@bp.post("/questions/<key>/delete")
@writes
def delete(key: str) -> Response:
    """Delete a draft, or show why the question stays."""
    session = db.session()
    bank, row = queries.question_of(session, paths(), key)
    try:
        editing.delete_draft(session, row.question, by=current_member().id, at=clock.now())
    except DomainError as refused:
        return question_page(bank, row, wrong=refused)
    return go_to(f"/author/banks/{bank.id}")


def _page(bank: Bank, form: QuestionForm, wrong: Invalid | None = None) -> Response:
    content = form.sketch()
    return show(
        "questions/new.html",
        "questions/_preview.html",
        bank=bank,
        content=content,
        notes=wording.notes(content),
        form=form,
        types=OFFERED,
        errors=wrong.fields if wrong else {},
        wrong=wrong,
        status=wrong.status if wrong else 200,
    )
