"""The organiser's pages of rotas: the pattern, what it gives, who follows it."""

from datetime import date

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext as _l

from app.admin import rota_forms, staff_queries
from app.admin.access import need_all, organises_all
from app.admin.rota_forms import RotaForm
from app.core import clock, stale
from app.core.db import db, writes
from app.core.errors import DomainError, Invalid
from app.core.numbers import whole
from app.core.pages import go_to, show
from app.members import people, services
from app.members.access import current_member, role_paths
from app.organisation import queries as organisation
from app.organisation import working
from app.organisation.models import Rota

bp = Blueprint("organise_rotas", __name__, url_prefix="/organise/rotas")


@bp.get("")
def index() -> Response:
    """List the rotas in words with how many follow each."""
    session = db.session()
    names = _names()
    return show(
        "admin/work/rotas.html",
        rotas=[
            (one, count, rota_forms.words(one.cycle, names))
            for one, count in staff_queries.rotas(session)
        ],
        has_shifts=bool(names),
        may_change=organises_all(session),
    )


@bp.get("/new")
def new() -> Response:
    """Show a new rota with a plausible pattern."""
    session = db.session()
    need_all(session)
    return _edit(RotaForm.new(organisation.shifts(session), _today()))


@bp.post("/new")
@writes
def create() -> Response:
    """Add a rota, or show what is wrong with everything still typed."""
    session, form = db.session(), RotaForm.parse(request.form)
    need_all(session)
    try:
        made = working.create_rota(
            session, form.code, form.draft(), by=current_member().id, at=clock.now()
        )
    except Invalid as wrong:
        return _edit(form, wrong=wrong)
    return go_to(f"/organise/rotas/{made.id}")


@bp.post("/pattern")
def pattern() -> Response:
    """Show the form with a run more or less, and what it gives; stores nothing."""
    session, form = db.session(), RotaForm.parse(request.form)
    need_all(session)
    if "add" in request.form:
        form.add_run()
    form.drop_run(request.form.get("drop", -1, type=int))
    key = whole(request.form.get("key"))
    return _edit(form, organisation.one(session, Rota, key) if key else None)


@bp.get("/<int:rota_id>")
def page(rota_id: int) -> Response:
    """Show what a rota gives in the next days, its form, and whom to give it to."""
    rota = organisation.one(db.session(), Rota, rota_id)
    return _edit(RotaForm.of(rota), rota)


@bp.post("/<int:rota_id>")
@writes
def change(rota_id: int) -> Response:
    """Change a rota for everybody who follows it."""
    session, form = db.session(), RotaForm.parse(request.form)
    need_all(session)
    rota = organisation.one(session, Rota, rota_id, lock=True)
    by = current_member().id
    try:
        draft = form.draft()
        working.change_rota(session, rota, draft, seen=form.seen, by=by, at=clock.now())
    except DomainError as wrong:
        return _edit(form, rota, wrong)
    return go_to(f"/organise/rotas/{rota_id}")


@bp.post("/<int:rota_id>/give")
@writes
def give(rota_id: int) -> Response:
    """Let everybody of one of my branches follow the rota."""
    session = db.session()
    rota = organisation.one(session, Rota, rota_id)
    branch = people.branch(session, role_paths("organiser"), request.form.get("branch", ""))
    count = services.give_rota(session, rota, branch, by=current_member().id, at=clock.now())
    return go_to(f"/organise/rotas/{rota_id}?given={count}")


def _today() -> date:
    return clock.local_day(clock.now())


def _names() -> dict[str, str]:
    return {one.code: one.name for one in organisation.shifts(db.session())}


def _edit(form: RotaForm, rota: Rota | None = None, wrong: DomainError | None = None) -> Response:
    """Show the form: as a page, or only its pattern when htmx asks."""
    session, names, today = db.session(), _names(), _today()
    branches = people.branches(session, role_paths("organiser")) if rota else []
    overtaken = rota is not None and isinstance(wrong, stale.ChangedMeanwhile)
    return show(
        "admin/work/rota.html",
        "admin/work/_pattern.html",
        form=form,
        rota=rota,
        seen=stale.stamp(rota) if rota and (overtaken or not form.seen) else form.seen,
        stored=rota_forms.words(rota.cycle, names) if rota else "",
        stored_days=rota_forms.calendar(rota.cycle, rota.anchor, names, today) if rota else [],
        shifts=[*names.items(), ("", _l("休息"))],
        preview=rota_forms.preview(form, names, today),
        branches=[(one.code, f"{one.code} {one.name}") for one in branches],
        given=request.args.get("given", type=int),
        may_change=organises_all(session),
        wrong=wrong,
        errors=wrong.fields if isinstance(wrong, Invalid) else {},
        status=wrong.status if wrong else 200,
    )
