"""Login and logout."""

from flask import Blueprint, Response, request
from flask import session as cookie
from flask_login import login_user, logout_user

from app.core import clock, rates
from app.core.db import db, writes
from app.core.pages import go_to, safe_next, show
from app.core.security import holds_secrets
from app.members import access, queries, services

bp = Blueprint("members", __name__)


@bp.get("/login")
def login() -> Response:
    """Show the login form."""
    if access.signed_in() is not None:
        return go_to("/")
    return show("members/login.html", next=safe_next(request.args.get("next")), error=None, no="")


def _number_and_address() -> str:
    """Return what wrong logins are counted by, so that nobody locks a colleague out from afar."""
    return f"{queries.normal_no(request.form.get('no', ''))[:40]}|{request.remote_addr}"


@bp.post("/login")
@holds_secrets
@writes
def sign_in() -> Response:
    """Open a login and continue where the person wanted to go."""
    no, password = request.form.get("no", ""), request.form.get("password", "")
    target = safe_next(request.form.get("next"))
    guesser = _number_and_address()
    rates.refuse_when_spent("LOGIN_LIMIT", guesser)
    try:
        opened = services.sign_in(db.session(), no, password, at=clock.now())
    except services.WrongPassword as wrong:
        rates.count_failure("LOGIN_LIMIT", guesser)
        return show("members/login.html", status=wrong.status, next=target, error=wrong, no=no)
    cookie.clear()
    db.session.flush()
    login_user(access.loaded(opened.id))
    return go_to(target)


@bp.post("/logout")
@writes
def sign_out() -> Response:
    """End this login and forget what the browser kept."""
    who = access.signed_in()
    if who is not None:
        services.end_login(db.session(), who.login_id, at=clock.now())
    logout_user()
    cookie.clear()
    response = go_to("/login")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
