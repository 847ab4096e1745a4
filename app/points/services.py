"""Everything that writes to the ledger, by the names other features call."""

from app.points.awarding import Event, award, award_many
from app.points.models import PointEntry as Entry
from app.points.reversing import NotReversible, reverse
from app.points.rule_book import UnknownRule, ensure_rules
from app.points.sealing import seal

__all__ = [
    "Entry",
    "Event",
    "NotReversible",
    "UnknownRule",
    "award",
    "award_many",
    "ensure_rules",
    "reverse",
    "seal",
]
