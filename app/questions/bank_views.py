"""Making a bank, calling it otherwise, and removing it while it is empty."""

from flask import Blueprint, Response, request

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.members.access import current_member
from app.organisation import queries as organisation
from app.questions import banking, queries
from app.questions.models import Bank
from app.questions.views import banks_page, paths

bp = Blueprint("banks", __name__, url_prefix="/author/banks")


@bp.post("")
@writes
def create() -> Response:
    """Make an empty bank, or show the list again with what is wrong with the name."""
    session, name = db.session(), request.form.get("name", "")
    try:
        home = organisation.subtree(session, paths()[0])[0]
        made = banking.create_bank(session, name, home, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        return banks_page(name, wrong)
    return go_to(f"/author/banks/{made.id}")


@bp.get("/<int:bank_id>/edit")
def edit(bank_id: int) -> Response:
    """Show the bank's name to change, and how to remove it."""
    bank = queries.bank_of(db.session(), paths(), bank_id)
    return _page(bank, bank.name)


@bp.post("/<int:bank_id>/edit")
@writes
def rename(bank_id: int) -> Response:
    """Call the bank otherwise, or show what is wrong with the name."""
    session, name = db.session(), request.form.get("name", "")
    bank = queries.bank_of(session, paths(), bank_id)
    try:
        banking.rename_bank(session, bank, name, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        session.rollback()
        return _page(queries.bank_of(session, paths(), bank_id), name, wrong)
    return go_to(f"/author/banks/{bank_id}")


@bp.post("/<int:bank_id>/remove")
@writes
def remove(bank_id: int) -> Response:
    """Remove an empty bank, or show why it stays."""
    session = db.session()
    bank = queries.bank_of(session, paths(), bank_id)
    try:
        banking.remove_bank(session, bank, by=current_member().id, at=clock.now())
    except banking.BankInUse as refused:
        return _page(bank, bank.name, refused)
    return go_to("/author")


def _page(bank: Bank, name: str, wrong: DomainError | None = None) -> Response:
    return show(
        "questions/bank_edit.html",
        bank=bank,
        name=name,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        wrong=wrong,
        status=wrong.status if wrong else 200,
    )
