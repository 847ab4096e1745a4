"""Making, renaming and removing banks."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import DomainError, Invalid
from app.organisation.models import Branch
from app.questions.models import Bank, ImportRun, Question
from app.questions.services import bank_name


class BankInUse(DomainError):
    """A bank that still holds questions or that a quiz draws from."""

    error = "bank_in_use"


def create_bank(session: Session, name: str, branch: Branch, *, by: int, at: datetime) -> Bank:
    """Add an empty bank for *branch*. Flushes.

    :raises Invalid: for a name that none can have or that another bank has.
    """
    bank = Bank(name=bank_name(name, "name"), branch_id=branch.id, created_at=at)
    _keep(session, bank)
    audit.record(session, "bank.create", f"bank:{bank.id}", actor_id=by, at=at, name=bank.name)
    return bank


def rename_bank(session: Session, bank: Bank, name: str, *, by: int, at: datetime) -> None:
    """Call *bank* by another name; the same name changes nothing. Flushes.

    :raises Invalid: as :func:`create_bank`.
    """
    before, after = bank.name, bank_name(name, "name")
    if before == after:
        return
    _keep(session, bank, after)
    audit.record(
        session, "bank.rename", f"bank:{bank.id}", actor_id=by, at=at, before=before, name=after
    )


def remove_bank(session: Session, bank: Bank, *, by: int, at: datetime) -> None:
    """Remove an empty bank, and what was imported into it and deleted since. Flushes.

    :raises BankInUse: when it is not empty, or a quiz draws from it.
    """
    if session.scalar(select(Question.id).where(Question.bank_id == bank.id).limit(1)):
        raise BankInUse(_l("题库里还有试题，不能删除。草稿可以逐题删除；发布过的题只能停用。"))
    try:
        with session.begin_nested():
            session.execute(delete(ImportRun).where(ImportRun.bank_id == bank.id))
            session.delete(bank)
            session.flush()
    except IntegrityError as used:
        raise BankInUse(_l("有答题活动从这个题库抽题，不能删除。")) from used
    audit.record(session, "bank.remove", f"bank:{bank.id}", actor_id=by, at=at, name=bank.name)


def _keep(session: Session, bank: Bank, name: str | None = None) -> None:
    # The unique name is the database's to judge: two authors may choose it at the same time.
    try:
        with session.begin_nested():
            bank.name = name or bank.name
            session.add(bank)
            session.flush()
    except IntegrityError as taken:
        raise Invalid({"name": _l("已经有叫这个名字的题库，请换一个名字。")}) from taken
