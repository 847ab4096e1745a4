"""How a person wants to see pages: language, theme and type size, from the member or a cookie."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request

from app.core.i18n import LANGUAGES
from app.members.access import signed_in

THEMES = ("light", "dark")
#: A year, in seconds.
KEPT = 31_536_000


@dataclass(frozen=True)
class Look:
    """What ``<html>`` is told; an empty theme follows the phone."""

    theme: str
    large: bool


def init_app(app: Flask) -> None:
    """Give every template ``look``."""
    app.context_processor(lambda: {"look": look()})


def look() -> Look:
    """Return the member's look, or the cookie's before login."""
    who = signed_in()
    if who is not None:
        return Look(who.member.theme, who.member.large_type)
    theme = request.cookies.get("theme", "")
    return Look(theme if theme in THEMES else "", request.cookies.get("type") == "large")


def chosen(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the member's columns that a form of the look asks for."""
    language, theme = form.get("locale", ""), form.get("theme", "")
    return {
        "locale": language if language in LANGUAGES else "",
        "theme": theme if theme in THEMES else "",
        "large_type": bool(form.get("large_type")),
    }


def keep(response: Response, form: Mapping[str, str], *, secure: bool) -> Response:
    """Keep language, theme and type size in cookies, for pages before the login."""
    wish = chosen(form)
    kept = {
        "lang": wish["locale"],
        "theme": wish["theme"],
        "type": "large" if wish["large_type"] else "",
    }
    for name, value in kept.items():
        response.set_cookie(name, value, max_age=KEPT, secure=secure, httponly=True, samesite="Lax")
    return response
