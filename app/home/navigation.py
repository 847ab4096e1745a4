"""The places of the bars: five for everyone, more for those who hold a role."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_babel import gettext as _

from app.members.access import has_role, signed_in


@dataclass(frozen=True)
class Place:
    """A link in the bar."""

    href: str
    label: str
    icon: str
    current: bool


def init_app(app: Flask) -> None:
    """Give every template ``nav``."""
    app.context_processor(navigation)


def navigation() -> dict[str, Any]:
    """Return the places of the person who asks. No statement beyond the login's."""
    if signed_in() is None:
        return {"nav": {"places": [], "role_places": []}}
    return {"nav": {"places": _everyone(), "role_places": _roles()}}


def _place(href: str, label: str, icon: str) -> Place:
    path = request.path
    current = path == href or (href != "/" and path.startswith(href + "/"))
    return Place(href, label, icon, current)


def _everyone() -> list[Place]:
    return [
        _place("/", _("今日"), "sun"),
        _place("/learn", _("学习"), "book-open"),
        _place("/quizzes", _("答题"), "list-checks"),
        _place("/boards", _("榜单"), "trophy"),
        _place("/me", _("我的"), "user-round"),
    ]


def _roles() -> list[Place]:
    places = []
    if has_role("secretary", "organiser"):
        places.append(_place("/branch", _("支部"), "users"))
    if has_role("author", "organiser"):
        places.append(_place("/author", _("题库"), "library"))
    if has_role("organiser"):
        places.append(_place("/organise", _("组织"), "building-2"))
    return places
