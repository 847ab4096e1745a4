"""My settings, and the look of pages before the login."""

from flask import Blueprint, Response, current_app, request
from flask import session as cookie
from flask_login import login_user

from app.core import clock
from app.core.db import db, writes
from app.core.errors import Invalid
from app.core.pages import go_to, safe_next, show
from app.core.security import holds_secrets
from app.members import access, choosing, looks, services

bp = Blueprint("settings", __name__)


@bp.get("/me/settings")
def page() -> Response:
    """Show language, theme, type size and password."""
    return _page({})


@bp.post("/me/settings")
@writes
def save() -> Response:
    """Keep language, theme and type size with the member."""
    member = access.current_member()
    services.set_look(member, **looks.chosen(request.form))
    return looks.keep(go_to("/me/settings"), request.form, secure=current_app.config["HTTPS"])


@bp.post("/look")
def look() -> Response:
    """Keep language, theme and type size on this device, before any login."""
    back = go_to(safe_next(request.form.get("next"), "/login"))
    return looks.keep(back, request.form, secure=current_app.config["HTTPS"])


@bp.post("/me/password")
@holds_secrets
@writes
def password() -> Response:
    """Set a new password; every other login of mine ends."""
    session, member, at, form = db.session(), access.current_member(), clock.now(), request.form
    new = form.get("new", "")
    try:
        choosing.check_change(member, form.get("old", ""), new, form.get("again", ""))
    except Invalid as wrong:
        return _page(wrong.fields, status=wrong.status)
    services.set_password(session, member, new, by=member.id, at=at)
    opened = services.open_login(session, member, at=at)
    session.flush()
    cookie.clear()
    login_user(access.loaded(opened.id))
    return go_to("/me/settings?changed=1")


def _page(errors: dict[str, str], status: int = 200) -> Response:
    member = access.current_member()
    changed = "changed" in request.args
    return show(
        "members/settings.html", member=member, errors=errors, changed=changed, status=status
    )
