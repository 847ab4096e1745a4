"""Pages of competitions: the list, one with its rounds, a round's results."""

from flask import Blueprint, Response, request

from app.competitions import queries
from app.core import clock
from app.core.db import db
from app.core.pages import show
from app.members.access import current_member

bp = Blueprint("competitions", __name__)

#: Lines of results on the first page, and when everybody is asked for.
FIRST, EVERYBODY = 50, 2000


@bp.get("/competitions")
def index() -> Response:
    """List the competitions open to my branch."""
    found = queries.visible(db.session(), current_member())
    return show("competitions/index.html", competitions=found)


@bp.get("/competitions/<key>")
def page(key: str) -> Response:
    """Show a competition's rounds and where I stand."""
    session, member = db.session(), current_member()
    competition = queries.one(session, member, key)
    rounds = queries.rounds(session, competition, member.id, at=clock.now())
    return show("competitions/page.html", competition=competition, rounds=rounds)


@bp.get("/competitions/<key>/rounds/<int:number>")
def results(key: str, number: int) -> Response:
    """Show the results of a settled round, my own line pinned."""
    session, member = db.session(), current_member()
    competition = queries.one(session, member, key)
    one = queries.round_of(session, competition, number)
    limit = EVERYBODY if "all" in request.args else FIRST
    lines = queries.results(session, one, limit=limit + 1)
    return show(
        "competitions/results.html",
        competition=competition,
        round=one,
        lines=lines[:limit],
        more=len(lines) > limit and limit == FIRST,
        mine=queries.my_result(session, one, member.id),
        member=member,
    )
