"""The organiser's page of one person's post and rota."""

from collections.abc import Mapping

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.members import people, services, work
from app.members.access import current_member, role_paths
from app.members.models import Member

bp = Blueprint("people_work", __name__, url_prefix="/organise/people/<int:member_id>/work")


@bp.get("")
def page(member_id: int) -> Response:
    """Show which post and rota a person of my subtrees has."""
    session = db.session()
    member = people.member(session, role_paths("organiser"), member_id)
    return _page(session, member, _stored(member))


@bp.post("")
@writes
def save(member_id: int) -> Response:
    """Give the person another post or rota."""
    session, form = db.session(), request.form
    member = people.member(session, role_paths("organiser"), member_id)
    session.refresh(member, with_for_update=True)
    seen, by = form.get("seen", ""), current_member().id
    try:
        post, rota = work.chosen(session, form)
        services.set_work(session, member, post, rota, seen=seen, by=by, at=clock.now())
    except DomainError as wrong:
        return _page(session, member, form, wrong)
    flash(_("已保存。"), "good")
    return go_to(f"/organise/people/{member.id}")


def _stored(member: Member) -> dict[str, str]:
    return {"post": str(member.post_id or ""), "rota": str(member.rota_id or "")}


def _page(
    session: Session, member: Member, form: Mapping[str, str], wrong: DomainError | None = None
) -> Response:
    return show(
        "members/work.html",
        person=member,
        seen=services.work_stamp(member),
        stored=_stored(member),
        form=form,
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
        **work.choices(session),
    )
