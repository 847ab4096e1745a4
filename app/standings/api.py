"""The JSON interface to the boards."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.members.access import current_member
from app.standings import boards, choosing
from app.standings.queries import Place
from app.standings.rules import BranchRow

bp = Blueprint("standings_api", __name__)


@bp.get("/api/v1/boards")
def list_boards() -> Response:
    """Answer the boards that the member may see, with their windows of today."""
    me, today = current_member(), clock.local_day(clock.now())
    names = {
        "branches": _("支部榜"),
        "members": _("个人榜"),
        f"{choosing.BRANCH}{me.branch.code}": me.branch.name,
    }
    windows = {kind: boards.window_key(kind, today) for kind in ("today", "week", "month", "all")}
    return jsonify(
        boards=[{"key": key, "title": str(name), "windows": windows} for key, name in names.items()]
    )


@bp.get("/api/v1/boards/<key>")
def board(key: str) -> Response:
    """Answer a board's rows and the member's own, with the instant they are true for."""
    session, me, at = db.session(), current_member(), clock.now()
    choice = choosing.chosen(session, key, request.args.get("window", ""), clock.local_day(at))
    rows: list[dict[str, Any]]
    if choice.key == "branches":
        branches = boards.branch_board(session, choice.window, at=at, me_branch=me.branch)
        rows = [branch_json(row) for row in branches.rows]
        mine = branch_json(branches.mine) if branches.mine else None
        as_of = branches.as_of
    else:
        members = boards.member_board(
            session, choice.window, at=at, branch_ids=choice.branch_ids, me=me
        )
        rows = [place_json(row) for row in members.rows]
        mine = place_json(members.mine) if members.mine else None
        as_of = members.as_of
    return jsonify(key=key, window=choice.window, as_of=clock.iso(as_of), rows=rows, me=mine)


def place_json(row: Place) -> dict[str, Any]:
    """Return a member's line: name and branch, nothing else about a person."""
    return {
        "rank": row.rank,
        "name": row.name,
        "branch": row.branch,
        "points": row.points,
        "me": row.mine,
    }


def branch_json(row: BranchRow) -> dict[str, Any]:
    """Return a branch's line with what its score is made of."""
    return {
        "rank": row.rank,
        "code": row.figures.code,
        "name": row.figures.name,
        "score": row.score,
        "points": row.figures.points,
        "eligible": row.figures.eligible,
        "participants": row.figures.participants,
        "participation": row.participation,
        "moved": row.delta,
        "me": row.mine,
    }
