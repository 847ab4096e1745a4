"""The JSON interface to one's own ledger."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.members.access import current_member
from app.points import queries
from app.points.models import PointEntry

bp = Blueprint("points_api", __name__)

#: Entries a page.
PAGE = 50


@bp.get("/api/v1/me/points")
def my_points() -> Response:
    """Answer the member's entries, newest first: days ``from`` to ``to``, both included."""
    first, last = _day("from"), _day("to")
    session, member = db.session(), current_member()
    page = queries.entries_page(session, member.id, first, last, _cursor(), PAGE)
    locale = str(get_locale() or "zh")
    return jsonify(
        entries=[entry_json(entry, locale) for entry in page.rows],
        next=str(page.next_cursor) if page.next_cursor else None,
    )


def entry_json(entry: PointEntry, locale: str) -> dict[str, Any]:
    """Return one entry as the JSON interface writes it; needs its rule version loaded."""
    return {
        "id": str(entry.id),
        "rule": entry.rule_version.rule,
        "rule_version": entry.rule_version.number,
        "rule_text": queries.rule_text(entry, locale),
        "asked": entry.asked,
        "amount": entry.amount,
        "outcome": entry.outcome,
        "why": queries.why(entry),
        "note": entry.note,
        "day": entry.local_day.isoformat(),
        "occurred_at": clock.iso(entry.occurred_at),
        "source": {"kind": entry.source_kind, "key": entry.source_key},
        "reverses": str(entry.reverses_id) if entry.reverses_id else None,
    }


def _day(name: str) -> date | None:
    given = request.args.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Invalid({name: _("日期应写成 2026-11-21 这样。")}) from None


def _cursor() -> int | None:
    given = request.args.get("cursor", "")
    if given and not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Invalid({"cursor": _("这个游标不是本接口给出的。")})
    return int(given) if given else None
