"""The organiser's list of people, and adding one."""

from collections.abc import Mapping

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.core.security import holds_secrets
from app.members import managing, people, roles, work
from app.members.access import current_member, role_paths

bp = Blueprint("people", __name__, url_prefix="/organise/people")


@bp.get("")
def index() -> Response:
    """List the people of my subtrees, searched by number or name, a page at a time."""
    query, after = request.args.get("q", "").strip(), request.args.get("after", "")
    found, more = people.found(db.session(), role_paths("organiser"), query, after)
    return show(
        "members/people.html", people=found, more=more, query=query, after=after, names=roles.NAMES
    )


@bp.get("/new")
def new() -> Response:
    """Ask who is to be added."""
    return _form({"branch": request.args.get("branch", "")})


@bp.post("/new")
@holds_secrets
@writes
def add() -> Response:
    """Add a person to a branch of my subtrees, or show what is wrong with everything kept."""
    session, form, paths = db.session(), request.form, role_paths("organiser")
    try:
        made = managing.add_person(
            session, form.get("no", ""), form.get("name", ""),
            people.chosen(session, paths, form.get("branch", "")), form.get("password", ""),
            by=current_member().id, at=clock.now(), work=work.chosen(session, form),
        )  # fmt: skip
    except DomainError as wrong:
        return _form(form, wrong)
    flash(_("已添加 %(name)s。", name=made.name), "good")
    return go_to(f"/organise/people/{made.id}")


def _form(form: Mapping[str, str], wrong: DomainError | None = None) -> Response:
    errors = wrong.fields if isinstance(wrong, Invalid) else {"no": wrong} if wrong else {}
    return show(
        "members/person_new.html",
        branches=people.branches(db.session(), role_paths("organiser")),
        form=form,
        errors=errors,
        status=wrong.status if wrong else 200,
        **work.choices(db.session()),
    )
