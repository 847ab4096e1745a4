"""Pages and fragments: the only module that reads or writes htmx headers."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, make_response, redirect, render_template, request


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part of the page; a history restore needs it whole."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-History-Restore-Request") != "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-Request-Type") != "full"
    )


def wants_json() -> bool:
    """Tell whether the answer should be JSON: the JSON interface, or a client that prefers it."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def show(
    page: str, fragment: str | None = None, /, *, status: int = 200, **context: Any
) -> Response:
    """Render *fragment* when htmx asks for one and there is one, else the whole *page*."""
    template = fragment if fragment and wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def go_to(url: str) -> Response:
    """Send the browser to *url* after a write: 303, or HX-Redirect where htmx asked."""
    if request.headers.get("HX-Request") == "true":
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, 303))


def safe_next(target: str | None, default: str = "/") -> str:
    """Return *target* if it is a path on this site, else *default*.

    Only ``/path?query`` without backslash, control character, scheme or host is accepted.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return default
    if "\\" in target or any(ord(c) <= 32 or ord(c) == 127 for c in target):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target
