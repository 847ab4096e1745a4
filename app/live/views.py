"""The hall screen and the organiser's desk for it."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup

from app.core import clock
from app.core.db import db, writes
from app.core.errors import Invalid, NotFound
from app.core.lazily import Lazily
from app.core.numbers import whole
from app.core.pages import go_to, show
from app.live import queries, services, wall
from app.live.queries import Screen
from app.members.access import current_member, role_paths
from app.organisation import queries as organisation
from app.organisation.models import Branch
from app.standings import wording
from app.standings.boards import window_key

if TYPE_CHECKING:
    import segno
else:
    segno = Lazily("segno")

bp = Blueprint("live", __name__)


@bp.get("/screen/<token>")
def screen(token: str) -> Response:
    """Show the wall: its board, a clock, and a code to join."""
    found = queries.screen(db.session(), token, at=clock.now())
    code = segno.make(request.url_root, error="m", micro=False)
    picture = code.svg_inline(omitsize=True, border=0, title=str(request.url_root))
    return show(
        "live/screen.html",
        screen=found.row,
        qr=Markup(picture),  # noqa: S704
        address=request.host,
        branches=found.branch.level not in ("branch", "group"),
        zone=clock.zone().key,
        **_lines(found, token),
    )


@bp.get("/screen/<token>/lines")
def lines(token: str) -> Response:
    """Answer the lines alone, or 304 when the wall already shows them."""
    found = queries.screen(db.session(), token, at=clock.now())
    response = show("live/_lines.html", **_lines(found, token))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _lines(found: Screen, token: str) -> dict[str, Any]:
    at = clock.now()
    today = clock.local_day(at)
    word = request.args.get("window", "week")
    window = window_key(word, today)
    if window is None:
        raise NotFound()
    return {
        "part": wall.lines(db.session(), found.branch, window, at=at),
        "poll": url_for("live.lines", token=token, window=word),
        "window_name": wording.window_name(window, today),
    }


@bp.get("/organise/screens")
def screens() -> Response:
    """Show the screens under the organiser's branches, and the form for a new one."""
    return _desk()


@bp.post("/organise/screens")
@writes
def create() -> Response:
    """Open a screen and show its address, this once."""
    form, session, me = request.form, db.session(), current_member()
    branch = next((b for b in _branches() if b.code == form.get("branch")), None)
    try:
        if branch is None:
            raise NotFound()
        days = whole(form.get("days")) or 0
        token = services.create_screen(
            session,
            form.get("title", ""),
            branch,
            by=me.id,
            at=clock.now(),
            days=days,
            token=form.get("token", "-"),
        )
    except Invalid as invalid:
        return _desk(status=invalid.status, errors=invalid.fields)
    return _desk(status=201, made=url_for("live.screen", token=token, _external=True))


@bp.post("/organise/screens/<key>/end")
@writes
def end(key: str) -> Response:
    """Close a screen for good."""
    session, me = db.session(), current_member()
    found = queries.own_screen(session, role_paths("organiser"), key)
    services.end_screen(session, found.row, by=me.id, at=clock.now())
    return go_to(url_for("live.screens"))


def _branches() -> list[Branch]:
    paths = role_paths("organiser")
    return [b for b in organisation.tree(db.session()) if b.path.startswith(paths)]


def _desk(*, status: int = 200, **context: Any) -> Response:
    open_now = queries.screens(db.session(), role_paths("organiser"), at=clock.now())
    return show(
        "live/screens.html",
        status=status,
        screens=open_now,
        branches=_branches(),
        token=services.new_token(),
        form=request.form,
        **context,
    )
