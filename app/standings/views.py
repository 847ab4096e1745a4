"""The boards, page and fragment, and what a branch's place is made of."""

from flask import Blueprint, Response, request

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.pages import show
from app.members.access import current_member
from app.organisation import queries as organisation
from app.standings import boards, choosing, rules, wording

bp = Blueprint("standings", __name__)

#: Best members shown beside a branch's figures.
BEST = 10


@bp.get("/boards")
def index() -> Response:
    """Show the branches' board."""
    return board("branches")


@bp.get("/boards/<key>")
def board(key: str) -> Response:
    """Show one board in the window asked for."""
    session, me, at = db.session(), current_member(), clock.now()
    today = clock.local_day(at)
    choice = choosing.chosen(session, key, request.args.get("window", ""), today)
    if choice.key == "branches":
        found: object = boards.branch_board(session, choice.window, at=at, me_branch=me.branch)
    else:
        found = boards.member_board(
            session, choice.window, at=at, branch_ids=choice.branch_ids, me=me
        )
    return show(
        "standings/page.html",
        "standings/_board.html",
        board=found,
        choice=choice,
        me=me,
        today=today,
        wording=wording,
    )


@bp.get("/boards/branches/<code>")
def branch(code: str) -> Response:
    """Show how a branch's number is made: its points, members, the formula, its best members."""
    session, me, at = db.session(), current_member(), clock.now()
    today = clock.local_day(at)
    choice = choosing.chosen(session, "branches", request.args.get("window", ""), today)
    found = boards.branch_board(session, choice.window, at=at, me_branch=me.branch)
    row = next((one for one in found.rows if one.figures.code == code), None)
    if row is None:
        raise NotFound()
    ids = organisation.subtree_ids(session, row.figures.path)
    best = boards.member_board(
        session, choice.window, at=at, branch_ids=ids, limit=BEST, me=me if row.mine else None
    )
    return show(
        "standings/branch.html",
        board=found,
        best=best,
        row=row,
        choice=choice,
        prior=rules.PRIOR,
        today=today,
        wording=wording,
    )
