"""今日 and 我的."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from sqlalchemy.orm import Session

from app.competitions import queries as competitions
from app.core import clock
from app.core.db import db
from app.core.pages import show
from app.core.paging import cursor
from app.home import queries, rules
from app.lessons import queries as lessons
from app.members.access import current_member
from app.members.models import Member
from app.points import queries as points
from app.points import windows
from app.quizzes import queries as quizzes
from app.standings import boards

bp = Blueprint("home", __name__)

#: Points each of the people counted as missing to pass the branch ahead.
GAIN = 20
WINDOWS = ("day", "week", "month", "all")


@bp.get("/")
def today() -> Response:
    """Show the next thing due, today's small tasks, my points and my branch."""
    session, member, at = db.session(), current_member(), clock.now()
    day = clock.local_day(at)
    cards = quizzes.for_member(session, member, at=at)
    courses = lessons.courses(session, member)
    return show(
        "home/today.html",
        member=member,
        day=queries.my_day(session, member, at),
        due=[c for c in cards if c.state in ("resume", "open")],
        lesson=lessons.to_continue(courses),
        caps=points.cap_state(session, member.id, day),
        rule_name=points.rule_name,
        locale=str(get_locale()),
        points=points.points_on(session, member.id, day),
        active=queries.taking_part(session, member.branch_id, day),
        competitions=[c for c in competitions.visible(session, member) if c.state == "running"],
        at=at,
        **_branch(session, member, at),
    )


def _branch(session: Session, member: Member, at: datetime) -> dict[str, Any]:
    """Return my branch's place this week and how many people would pass the one ahead."""
    key = windows.key_for("week", clock.local_day(at))
    board = boards.branch_board(session, key, at=at, me_branch=member.branch)
    mine = board.mine
    if mine is None or board.mean <= 0:
        return {"mine": None, "ahead": None, "more": 0}
    better = [row for row in board.rows if row.rank < mine.rank]
    if not better:
        return {"mine": mine, "ahead": None, "more": 0}
    ahead = better[-1]
    figures = mine.figures
    more = rules.people_to_pass(mine.score, ahead.score, figures.eligible, GAIN)
    enough = more <= figures.eligible - figures.participants
    return {"mine": mine, "ahead": ahead if enough else None, "more": more, "gain": GAIN}


@bp.get("/me")
def me() -> Response:
    """Show my ledger line by line, my settings and the way out."""
    session, member = db.session(), current_member()
    day = clock.local_day(clock.now())
    window = request.args.get("window", "all")
    key = windows.key_for(window if window in WINDOWS else "all", day)
    before = cursor(request.args.get("before"))
    page = points.entries_page(
        session, member.id, windows.first_day(key), windows.last_day(key), before, 30
    )
    return show(
        "home/me.html",
        "home/_entries.html",
        member=member,
        page=page,
        window=window if window in WINDOWS else "all",
        windows=WINDOWS,
        total=points.points_in(session, member.id, key),
        locale=str(get_locale()),
        rule_name=points.rule_name,
        rule_text=points.rule_text,
        why=points.why,
    )


@bp.get("/me/export")
def export() -> Response:
    """Send everything that is stored about me as a file."""
    response = jsonify(queries.everything(db.session(), current_member()))
    response.headers["Content-Disposition"] = "attachment; filename=mingdeng-me.json"
    return response
