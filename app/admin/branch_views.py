"""The organiser's pages of the branch tree: add, rename, move, delete what is empty."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.admin import staff_queries
from app.core import clock, stale
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid, NotFound
from app.core.pages import go_to, show
from app.members import people
from app.members.access import current_member, role_paths
from app.organisation import branching
from app.organisation.branching import BranchDraft
from app.organisation.models import Branch

bp = Blueprint("organise_branches", __name__, url_prefix="/organise/branches")

LEVELS = (
    ("branch", _l("党支部")),
    ("group", _l("党小组")),
    ("general_branch", _l("党总支")),
    ("committee", _l("党委")),
)
KINDS = (
    ("production", _l("生产")),
    ("auxiliary", _l("辅助")),
    ("office", _l("机关")),
    ("retired", _l("离退休")),
)


@bp.get("")
def index() -> Response:
    """Show my branches as a tree, and the form of a new one."""
    return _tree({"parent": request.args.get("parent", "")})


@bp.post("")
@writes
def add() -> Response:
    """Add a branch below one of mine, or show what is wrong with everything still typed."""
    session, form = db.session(), request.form
    branching.lock_tree(session)
    try:
        parent = _offered(session, form)
        made = branching.create_branch(
            session, form.get("code", ""), _draft(form), parent,
            by=current_member().id, at=clock.now(),
        )  # fmt: skip
    except Invalid as wrong:
        return _tree(form, wrong)
    return go_to(f"/organise/branches#branch-{made.code}")


@bp.get("/<code>")
def page(code: str) -> Response:
    """Show a branch of mine to rename, move or delete."""
    return _page(_mine(code))


@bp.post("/<code>")
@writes
def change(code: str) -> Response:
    """Change name, level and kind."""
    session, branch, form = db.session(), _mine(code, lock=True), request.form
    above = session.get(Branch, branch.parent_id) if branch.parent_id else None
    try:
        branching.change_branch(
            session, branch, _draft(form), parent=above, seen=form.get("seen", ""),
            by=current_member().id, at=clock.now(),
        )  # fmt: skip
    except DomainError as wrong:
        return _page(branch, form, wrong)
    return go_to("/organise/branches")


@bp.post("/<code>/move")
@writes
def move(code: str) -> Response:
    """Hang the branch under another one of mine."""
    session, branch, form = db.session(), _mine(code, lock=True), request.form
    _need_above(session, branch)
    try:
        branching.move_branch(
            session, branch, _offered(session, form), seen=form.get("seen", ""),
            by=current_member().id, at=clock.now(),
        )  # fmt: skip
    except DomainError as wrong:
        return _page(branch, form, wrong)
    return go_to(f"/organise/branches#branch-{branch.code}")


@bp.post("/<code>/delete")
@writes
def delete(code: str) -> Response:
    """Delete the branch if nobody and nothing belongs to it."""
    session, branch = db.session(), _mine(code, lock=True)
    _need_above(session, branch)
    seen = request.form.get("seen", "")
    try:
        branching.delete_branch(session, branch, seen=seen, by=current_member().id, at=clock.now())
    except DomainError as wrong:
        return _page(branch, wrong=wrong)
    return go_to("/organise/branches")


def _mine(code: str, *, lock: bool = False) -> Branch:
    session = db.session()
    if lock:
        branching.lock_tree(session)
    return people.branch(session, role_paths("organiser"), code)


def _above(session: Session, branch: Branch) -> Branch | None:
    mine = people.branches(session, role_paths("organiser"))
    return next((one for one in mine if one.id == branch.parent_id), None)


def _need_above(session: Session, branch: Branch) -> None:
    """Refuse to take a branch from a parent that is not this organiser's.

    :raises NotFound: for the top of the organiser's own subtree.
    """
    if _above(session, branch) is None:
        raise NotFound()


def _offered(session: Session, form: Mapping[str, str]) -> Branch:
    try:
        return people.branch(session, role_paths("organiser"), form.get("parent", ""))
    except NotFound as elsewhere:
        raise Invalid({"parent": _("请从列表里选一个。")}) from elsewhere


def _draft(form: Mapping[str, str]) -> BranchDraft:
    return BranchDraft(*(form.get(name, "") for name in ("name", "level", "kind")))


def _tree(form: Mapping[str, str], wrong: Invalid | None = None) -> Response:
    session, paths = db.session(), role_paths("organiser")
    return show(
        "admin/tree/index.html",
        nodes=staff_queries.tree(session, paths),
        parents=_choices(people.branches(session, paths)),
        levels=LEVELS,
        kinds=KINDS,
        form=form,
        errors=wrong.fields if wrong else {},
        status=wrong.status if wrong else 200,
    )


def _page(
    branch: Branch, form: Mapping[str, str] | None = None, wrong: DomainError | None = None
) -> Response:
    """Show a branch; a form that was refused keeps what was typed, beside what is stored."""
    session, shown = db.session(), _stored(branch)
    above = _above(session, branch)
    return show(
        "admin/tree/page.html",
        branch=branch,
        seen=stale.stamp(branch),
        form={**shown, **(form or {})},
        stored=shown,
        levels=LEVELS,
        kinds=KINDS,
        above=above,
        parents=_choices(_possible(session, branch)) if above else [],
        people=staff_queries.people_in(session, branch),
        has_below=staff_queries.has_below(session, branch),
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )


def _stored(branch: Branch) -> dict[str, Any]:
    above = db.session().get(Branch, branch.parent_id) if branch.parent_id else None
    return {
        "name": branch.name,
        "level": branch.level,
        "kind": branch.kind,
        "parent": above.code if above else "",
    }


def _possible(session: Session, branch: Branch) -> Sequence[Branch]:
    return [
        one
        for one in people.branches(session, role_paths("organiser"))
        if not one.path.startswith(branch.path) and branching.fits_below(branch.level, one.level)
    ]


def _choices(branches: Sequence[Branch]) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} {one.name}") for one in branches]
