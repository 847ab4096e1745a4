"""The secretary's page and the organiser's desk."""

from typing import Any

from flask import Blueprint, Response, request

from app.admin import queries
from app.core import clock
from app.core.db import db
from app.core.pages import go_to, show
from app.members.access import role_paths
from app.organisation.models import Branch
from app.points import windows
from app.standings.rules import participation

bp = Blueprint("admin", __name__)

WINDOWS = ("week", "month", "all")


@bp.get("/branch")
def branch() -> Response:
    """Go to my branch, or let me choose where I look after several."""
    found = queries.branches_under(db.session(), role_paths("secretary", "organiser"))
    if len(found) == 1:
        return go_to(f"/branch/{found[0].code}")
    return show("admin/branches.html", branches=found)


@bp.get("/branch/<code>")
def branch_one(code: str) -> Response:
    """Show who of a branch has done what, who not, and everyone's points."""
    one = queries.branch_under(db.session(), role_paths("secretary", "organiser"), code)
    return show("admin/branch.html", **_branch_context(one, request.args.get("window", "")))


def _branch_context(one: Branch, wanted: str) -> dict[str, Any]:
    session, now = db.session(), clock.now()
    window = wanted if wanted in WINDOWS else "week"
    today = clock.local_day(now)
    everyone = queries.people(session, one, windows.key_for(window, today), today=today)
    active = sum(1 for p in everyone if p.points > 0)
    return {
        "branch": one,
        "window": window,
        "windows": WINDOWS,
        "people": everyone,
        "active": active,
        "part": participation(active, len(everyone)),
        "points": sum(p.points for p in everyone),
        "running": queries.progress(session, one, everyone, at=now),
    }


@bp.get("/organise")
def organise() -> Response:
    """Show what runs, how many take part, and the way to every builder."""
    session, paths = db.session(), role_paths("organiser")
    return show(
        "admin/organise.html",
        figures=queries.quiz_figures(session, paths, at=clock.now()),
        members=queries.member_count(session, paths),
        branches=len(queries.branches_under(session, paths)),
    )
