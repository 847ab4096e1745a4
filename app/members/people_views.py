"""The organiser's page of people: find, add, give and take roles."""

from flask import Blueprint, Response, request

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError
from app.core.pages import go_to, show
from app.members import people, services, work
from app.members.access import current_member, role_paths
from app.members.models import ROLES

bp = Blueprint("people", __name__, url_prefix="/organise/people")


@bp.get("")
def index() -> Response:
    """List the people of my subtrees, searched by number or name."""
    return _page({}, {})


@bp.post("")
@writes
def add() -> Response:
    """Add a person to a branch of my subtrees."""
    session, form, paths = db.session(), request.form, role_paths("organiser")
    try:
        branch = people.branch(session, paths, form.get("branch", ""))
        post, rota = work.chosen(session, form)
        services.add_member(
            session,
            form.get("no", ""),
            form.get("name", ""),
            branch,
            at=clock.now(),
            password=form.get("password", ""),
            post_id=post,
            rota_id=rota,
        )
    except DomainError as wrong:
        session.rollback()
        fields = getattr(wrong, "fields", None) or {"no": str(wrong)}
        return _page(form, fields, status=422 if wrong.status == 422 else wrong.status)
    return go_to(f"/organise/people?q={form.get('no', '')}")


@bp.post("/<int:member_id>/roles")
@writes
def grant(member_id: int) -> Response:
    """Give a role over a branch of my subtrees to a person of my subtrees."""
    session, paths = db.session(), role_paths("organiser")
    member = people.member(session, paths, member_id)
    branch = people.branch(session, paths, request.form.get("branch", ""))
    role = request.form.get("role", "")
    services.grant(session, member, role, branch, by=current_member().id, at=clock.now())
    return go_to(f"/organise/people?q={member.no}")


@bp.post("/<int:member_id>/roles/end")
@writes
def revoke(member_id: int) -> Response:
    """Take a role over a branch of my subtrees from a person."""
    session, paths = db.session(), role_paths("organiser")
    member = people.member(session, paths, member_id)
    branch = people.branch(session, paths, request.form.get("branch", ""))
    role = request.form.get("role", "")
    services.revoke(session, member, role, branch, by=current_member().id, at=clock.now())
    return go_to(f"/organise/people?q={member.no}")


def _page(form: object, errors: dict[str, str], status: int = 200) -> Response:
    session, paths = db.session(), role_paths("organiser")
    query = request.args.get("q", "").strip()
    return show(
        "members/people.html",
        people=people.found(session, paths, query),
        branches=people.branches(session, paths),
        roles=ROLES,
        query=query,
        form=form,
        errors=errors,
        status=status,
        **work.choices(session),
    )
