"""The organiser's pages: make a competition of two quizzes, settle a round."""

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _

from app.competitions import queries, services
from app.competitions.forms import CompetitionForm
from app.core import clock
from app.core.db import db, writes
from app.core.errors import Invalid
from app.core.pages import go_to, show
from app.core.templating import moment
from app.members.access import current_member, role_paths
from app.organisation.models import Branch
from app.quizzes import queries as quizzes

bp = Blueprint("organise_competitions", __name__, url_prefix="/organise/competitions")


@bp.get("")
def index() -> Response:
    """List the competitions I organise with their rounds."""
    session, at = db.session(), clock.now()
    found = queries.organised(session, role_paths("organiser"))
    listed = queries.rounds_of_all(session, found, at=at)
    return show("competitions/organise.html", listed=listed)


@bp.get("/new")
def new() -> Response:
    """Show the form of a new competition."""
    return _form(CompetitionForm.empty(), {}, 200)


@bp.post("/new")
@writes
def create() -> Response:
    """Make the competition, or show what is missing."""
    session, form = db.session(), CompetitionForm.parse(request.form)
    paths = role_paths("organiser")
    try:
        drafts = form.rounds(lambda key: quizzes.quiz_by_key(session, key, paths))
        branch = session.get_one(Branch, drafts[0].quiz.branch_id)
        made = services.create_competition(
            session,
            form.title,
            branch,
            drafts,
            description=form.description,
            by=current_member().id,
            at=clock.now(),
        )
    except Invalid as wrong:
        session.rollback()
        return _form(form, wrong.fields, wrong.status)
    flash(_("竞赛已发起。"), "good")
    return go_to(f"/competitions/{made.key}")


@bp.post("/<key>/rounds/<int:number>/settle")
@writes
def settle(key: str, number: int) -> Response:
    """Settle a round that is over; a second time changes nothing."""
    session = db.session()
    competition = queries.organised_one(session, role_paths("organiser"), key)
    services.settle(session, queries.round_of(session, competition, number), at=clock.now())
    return go_to(f"/competitions/{key}/rounds/{number}")


def _form(form: CompetitionForm, errors: dict[str, str], status: int) -> Response:
    session, at = db.session(), clock.now()
    taken = queries.rounds_taken(session)
    options = [("", _("请选择"))] + [
        (q.key, f"{q.title}（{moment(q.opens_at)} – {moment(q.closes_at)}）")
        for q in quizzes.quizzes_of(session, role_paths("organiser"))
        if q.state == "published" and q.closes_at > at and q.id not in taken
    ]
    return show("competitions/new.html", form=form, errors=errors, options=options, status=status)
