"""Defences every request passes: size, origin, CSRF token, policy, headers."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_babel import lazy_gettext as _l
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix
from wtforms import ValidationError

from app.core.errors import CrossSite, Invalid
from app.core.policy import Policy, check_table

csrf = CSRFProtect()

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)

FIXED_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Gatekeeper = Callable[[Policy], None]
View = TypeVar("View", bound=Callable[..., object])


def init_app(app: Flask) -> None:
    """Switch the defences on, in the order in which a request meets them."""
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    csrf.init_app(app)
    app.after_request(add_headers)


def guard(app: Flask, table: Mapping[str, Policy], gatekeeper: Gatekeeper) -> None:
    """Check *table* against the routes, then judge every request by it and by its origin.

    :raises app.core.policy.UndeclaredEndpoint: when a route has no policy.
    """
    check_table(app, table)

    def ask() -> None:
        if request.endpoint is not None:
            gatekeeper(table[request.endpoint])

    # Who may not come in is sent away before a body is read, and before its limit is raised.
    for step in (refuse_nul, ask, raise_limit, refuse_cross_site):
        app.before_request(step)


def refuse_nul() -> None:
    """Refuse an address with a NUL, which PostgreSQL cannot store and nobody types.

    :raises Invalid: for one in the path or the query.
    """
    if "\x00" in request.path or b"%00" in request.query_string:
        raise Invalid(detail=_l("地址里有不能用的字符。"))


def accepts_bytes(limit: int) -> Callable[[View], View]:
    """Let a view take bodies of up to *limit* bytes; every other one takes 64 kB.

    Declared beside the view, because the CSRF check reads the form before the view runs.
    """

    def mark(view: View) -> View:
        view.accepts_bytes = limit  # type: ignore[attr-defined]
        return view

    return mark


def holds_secrets(view: View) -> View:
    """Mark a view whose form has passwords: nothing of it is ever shown again."""
    view.holds_secrets = True  # type: ignore[attr-defined]
    return view


def raise_limit() -> None:
    """Raise the limit of the request's body where its view says so."""
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, "accepts_bytes", None)
    if limit is not None:
        request.max_content_length = limit


def uses_bearer_token() -> bool:
    """Tell whether the request brings its own token, so that no cookie takes part."""
    return request.headers.get("Authorization", "").startswith("Bearer ")


def _texts() -> Iterator[str]:
    yield from request.form.values()
    yield from (file.filename or "" for file in request.files.values())


def refuse_cross_site() -> None:
    """Refuse a write that another site may have sent.

    Fetch metadata first, Origin where a browser has none, and the CSRF token always; a bearer
    token cannot be sent by a foreign page, so it needs none.

    :raises CrossSite: when any of the three speaks against it.
    """
    if request.method in SAFE_METHODS or request.endpoint is None or uses_bearer_token():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        raise CrossSite()
    origin = request.headers.get("Origin")
    if site is None and origin and urlsplit(origin).netloc != request.host:
        raise CrossSite()
    token = request.headers.get("X-CSRFToken")
    if request.mimetype in FORMS and any("\x00" in text for text in _texts()):
        raise Invalid(detail=_l("填写的内容里有不能用的字符。"))
    try:
        # protect() would parse the body as a form before it looks at the header.
        validate_csrf(token) if token else csrf.protect()
    except (CSRFError, ValidationError) as refused:
        raise CrossSite() from refused


def add_headers(response: Response) -> Response:
    """Add the security headers; everything but static files is private and never stored."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.extend(FIXED_HEADERS)
    if current_app.config["HTTPS"]:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "private, no-store")
        response.vary.add("Cookie")
    return response
