"""The author's page of what a bank's answers say."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from app.core.db import db
from app.core.pages import show
from app.members.access import role_paths
from app.questions import queries as questions
from app.quizzes import presenting, statistics
from question_bank.statistics import MIN_RESPONSES

bp = Blueprint("bank_statistics", __name__, url_prefix="/author/banks")


@bp.get("/<int:bank_id>/statistics")
def page(bank_id: int) -> Response:
    """Show the item analysis of a bank, the suspicious questions first."""
    session = db.session()
    bank = questions.bank_of(session, role_paths("author", "organiser"), bank_id)
    found = statistics.items(session, bank)
    return show(
        "quizzes/statistics.html",
        bank=bank,
        items=found,
        few=sum(not item.enough for item in found),
        least=MIN_RESPONSES,
        names=suspicion_names(),
        type_names=presenting.type_names(),
    )


def suspicion_names() -> dict[str, str]:
    """Return code → what an author should check."""
    return {
        "wrong_key": _("答案可能标错：选这一项的人，其他题答得更好"),
        "leaked": _("可能泄题：答对的人突然变多"),
        "negative": _("答得好的人反而更容易答错"),
        "dubious": _("分不出会与不会"),
        "too_easy": _("太容易，几乎人人答对"),
        "dead_option": _("几乎没有人选这一项"),
    }
