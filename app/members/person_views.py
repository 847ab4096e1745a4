"""The organiser's page of one person: name, branch, password, roles, whether active."""

from collections.abc import Mapping

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.pages import go_to, show
from app.core.security import holds_secrets
from app.members import choosing, managing, people, roles, services
from app.members.access import current_member, role_paths
from app.members.models import ROLES, Member
from app.organisation.models import Branch

bp = Blueprint("person", __name__, url_prefix="/organise/people/<int:member_id>")


@bp.get("")
def page(member_id: int) -> Response:
    """Show a person of my subtrees."""
    return _page(_mine(member_id))


@bp.post("")
@writes
def rename(member_id: int) -> Response:
    """Give the person another name."""
    session, member, form = db.session(), _mine(member_id, lock=True), request.form
    name, seen = form.get("name", ""), form.get("seen", "")
    try:
        managing.rename(session, member, name, seen=seen, by=current_member().id, at=clock.now())
    except DomainError as wrong:
        return _page(member, form, wrong)
    return _done(member, _("已保存。"))


@bp.post("/branch")
@writes
def move(member_id: int) -> Response:
    """Let the person belong to another branch of mine."""
    session, member, form = db.session(), _mine(member_id, lock=True), request.form
    try:
        branch = people.chosen(session, role_paths("organiser"), form.get("branch", ""))
        managing.move(
            session, member, branch, seen=form.get("seen", ""),
            by=current_member().id, at=clock.now(),
        )  # fmt: skip
    except DomainError as wrong:
        return _page(member, form, wrong)
    return _done(member, _("现在属于“%(branch)s”。", branch=branch.name))


@bp.post("/active")
@writes
def set_active(member_id: int) -> Response:
    """Deactivate the person, ending their logins, or let them log in again."""
    session, member, form = db.session(), _mine(member_id, lock=True), request.form
    managing.need_reach(session, member, role_paths("organiser"))
    active = form.get("active") == "1"
    try:
        managing.set_active(
            session, member, active, seen=form.get("seen", ""),
            by=current_member().id, at=clock.now(),
        )  # fmt: skip
    except DomainError as wrong:
        return _page(member, None, wrong)
    return _done(member, _("可以登录了。") if active else _("已停用，登录已结束。"))


@bp.post("/password")
@holds_secrets
@writes
def password(member_id: int) -> Response:
    """Set a new password for somebody else; their logins end."""
    session, member = db.session(), _mine(member_id, lock=True)
    managing.need_reach(session, member, role_paths("organiser"))
    me, chosen = current_member(), request.form.get("password", "")
    try:
        if member.id == me.id:
            raise Invalid({"password": _("自己的密码请在“我的 → 设置”里修改。")})
        choosing.check_first(chosen, member.no, member.name)
    except Invalid as wrong:
        return _page(member, None, wrong)
    services.set_password(session, member, chosen, by=me.id, at=clock.now())
    return _done(member, _("新密码已生效，原来的登录已结束。请当面告诉本人。"))


@bp.post("/roles")
@writes
def grant(member_id: int) -> Response:
    """Give the person a role over a branch of my subtrees."""
    session, member, form = db.session(), _mine(member_id), request.form
    branch = people.branch(session, role_paths("organiser"), form.get("branch", ""))
    role = form.get("role", "")
    try:
        services.grant(session, member, role, branch, by=current_member().id, at=clock.now())
    except Invalid as wrong:
        return _page(member, {"role": role}, wrong)
    return _done(member, _("已授予“%(role)s”。", role=roles.NAMES[role]))


@bp.post("/roles/end")
@writes
def revoke(member_id: int) -> Response:
    """Take a role over a branch of my subtrees away; one's own only when asked twice."""
    session, member, form = db.session(), _mine(member_id), request.form
    branch = people.branch(session, role_paths("organiser"), form.get("branch", ""))
    role, mine = form.get("role", ""), member.id == current_member().id
    if mine and not form.get("sure"):
        return _ask(member, role, branch)
    try:
        managing.revoke(session, member, role, branch, by=current_member().id, at=clock.now())
    except DomainError as wrong:
        return _page(member, None, wrong)
    if mine and not people.holds(session, member, "organiser"):
        flash(_("已收回“%(role)s”。", role=roles.NAMES.get(role, role)), "good")
        return go_to("/me")
    return _done(member, _("已收回“%(role)s”。", role=roles.NAMES.get(role, role)))


def _mine(member_id: int, *, lock: bool = False) -> Member:
    return people.member(db.session(), role_paths("organiser"), member_id, lock=lock)


def _ask(member: Member, role: str, branch: Branch) -> Response:
    named = roles.NAMES.get(role, role)
    return show("members/person_sure.html", person=member, role=role, named=named, branch=branch)


def _done(member: Member, word: str) -> Response:
    flash(word, "good")
    return go_to(f"/organise/people/{member.id}")


def _page(
    member: Member, form: Mapping[str, str] | None = None, wrong: DomainError | None = None
) -> Response:
    """Show a person; a form that was refused keeps what was typed, beside what is stored."""
    session, paths = db.session(), role_paths("organiser")
    home = session.get_one(Branch, member.branch_id)
    return show(
        "members/person.html",
        person=member,
        home=home,
        held=people.roles_of(session, paths, [member.id]).get(member.id, []),
        reached=managing.reaches(session, member, paths),
        branches=people.branches(session, paths),
        seen=managing.stamp(member),
        me=current_member(),
        roles=ROLES,
        names=roles.NAMES,
        opens=roles.OPENS,
        form={"name": member.name, "branch": home.code, **(form or {})},
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )
