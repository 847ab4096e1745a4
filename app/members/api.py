"""The JSON interface to who I am."""

from flask import Blueprint, Response, jsonify

from app.core import clock
from app.core.db import db
from app.members.access import current_member, signed_in
from app.organisation.models import Rota
from app.organisation.rules import shift_on

bp = Blueprint("members_api", __name__)


@bp.get("/api/v1/me")
def me() -> Response:
    """Answer who I am, my branch, my roles and today's shift."""
    member, who = current_member(), signed_in()
    rota = db.session().get(Rota, member.rota_id) if member.rota_id else None
    today = clock.local_day(clock.now())
    return jsonify(
        no=member.no,
        name=member.name,
        branch={"code": member.branch.code, "name": member.branch.name},
        roles=[{"role": g.role, "over": g.path} for g in who.grants] if who else [],
        shift=shift_on(rota.cycle, rota.anchor, today) if rota else None,
    )
