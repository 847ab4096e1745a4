"""Turn what went wrong into one clear answer: a page, a fragment or problem+json."""

import secrets
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from app.core import pages
from app.core.db import db
from app.core.errors import (
    DomainError,
    Invalid,
    NotFound,
    SignInNeeded,
    TooLarge,
    TooMany,
    Unavailable,
)

log = structlog.get_logger()

#: Longest form that is shown again to somebody who is not signed in, in bytes.
MOST_TYPED = 512 * 1024

#: Words of database errors that a later try may not meet again.
PASSING = (
    "full", "locked", "busy", "no space", "connect", "disk i/o", "terminating", "readonly",
    "deadlock",
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Answer every refusal and failure in one place."""
    app.register_error_handler(DomainError, answer_refusal)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(DBAPIError, answer_database)
    app.register_error_handler(PoolTimeout, answer_database)
    app.register_error_handler(Exception, answer_failure)


def answer_refusal(error: DomainError) -> Response:
    """Answer a refusal with its own status and sentence."""
    return render(error, reference=secrets.token_hex(4))


def answer_http(error: HTTPException) -> Response:
    """Answer what Flask itself refuses; a redirect passes."""
    if error.code is not None and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, RequestEntityTooLarge):
        return answer_refusal(TooLarge())
    if error.code == 429:
        return answer_refusal(TooMany())
    if error.code == 404 or isinstance(error, MethodNotAllowed):
        refused: DomainError = NotFound()
        refused.status = error.code or 404
        if refused.status == 405:
            refused.title = _("不能这样打开")
        return answer_refusal(refused)
    refused = Invalid(detail=_("请求的格式不对，没有保存任何内容。"))
    refused.status = error.code or 400
    return answer_refusal(refused)


def answer_database(error: Exception) -> Response:
    """Answer a database that is full, locked or gone with 503; anything else is a failure."""
    text = str(getattr(error, "orig", error)).lower()
    gone = isinstance(error, PoolTimeout) or getattr(error, "connection_invalidated", False)
    if not gone and not any(sign in text for sign in PASSING):
        return answer_failure(error)
    db.session.rollback()
    # Rendering any page asks who is signed in; the database that knows is gone.
    g._login_user = AnonymousUserMixin()
    log.error("database_unavailable", error=text[:200], path=request.path)
    return answer_refusal(Unavailable())


def answer_failure(error: Exception) -> Response:
    """Answer an unforeseen failure without its details; the log has them by the reference."""
    reference = secrets.token_hex(4)
    db.session.rollback()
    log.exception("failure", reference=reference, path=request.path, error=type(error).__name__)
    failure = DomainError(_("服务器出错了，已保存的内容没有变化。请再试一次；仍不行时请报告编号。"))
    failure.status = 500
    failure.error = "failure"
    failure.title = _("出错了")
    return render(failure, reference)


def render(error: DomainError, reference: str) -> Response:
    """Render *error* in the form the client asked for."""
    response = problem(error) if pages.wants_json() else _page(error, reference)
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, SignInNeeded) and request.headers.get("HX-Request") == "true":
        # Without this, htmx would swap the login page into a fragment's place.
        response.headers["HX-Redirect"] = "/login"
    return response


def problem(error: DomainError) -> Response:
    """Return *error* as application/problem+json (RFC 9457)."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(error.title),
        "status": error.status,
        "detail": str(error),
        "error": error.error,
        **error.extra,
    }
    response = make_response(body, error.status)
    response.content_type = "application/problem+json"
    return response


def _where_from() -> str:
    """Return where to go on after the login: this page, or the one whose form was sent."""
    if request.method == "GET":
        return request.full_path.removesuffix("?")
    sent_from = urlsplit(request.referrer or "")
    return sent_from.path if sent_from.netloc == request.host else "/"


def _typed() -> list[tuple[str, str]]:
    """Return the texts of a form of ours that came without a login, so that nobody loses them."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or not ours or getattr(view, "holds_secrets", False):
        return []
    # What was read is at most so long; nobody is signed in.
    request.max_content_length = MOST_TYPED
    try:
        given = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [(name, text) for name, text in given if text.strip() and name != "csrf_token"]


def _page(error: DomainError, reference: str) -> Response:
    template = "errors/_fragment.html" if pages.wants_fragment() else "errors/page.html"
    if isinstance(error, Unavailable):
        # The usual frame asks the database who is signed in.
        template = "errors/unavailable.html"
    context = {
        "title": error.title,
        "detail": str(error),
        "status": error.status,
        "reference": reference,
        "kept": getattr(error, "kept", ""),
    }
    if isinstance(error, SignInNeeded):
        context |= {"back": _where_from(), "typed": _typed()}
    response = make_response(render_template(template, error=context), error.status)
    response.vary.add("HX-Request")
    return response
