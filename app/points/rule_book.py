"""Which version of a rule holds when; the default rules are written on first use."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from app.core.errors import DomainError
from app.core.upserts import insert_into
from app.points.defaults import BEGINNING, DEFAULT_RULES
from app.points.models import RuleVersion


class UnknownRule(DomainError):
    """No version of the rule is in force."""

    error = "unknown_rule"


def in_force(at: datetime) -> ColumnElement[bool]:
    """Return the condition that a rule version holds at *at*."""
    ongoing = or_(RuleVersion.ends_at.is_(None), RuleVersion.ends_at > at)
    return and_(RuleVersion.starts_at <= at, ongoing)


def ensure_rules(session: Session, *, at: datetime) -> None:
    """Write the first version of every default rule that has none. One statement."""
    rows = [
        {
            "rule": default.rule,
            "number": 1,
            "kind": default.kind,
            "config": default.config,
            "text": default.text,
            "starts_at": min(BEGINNING, at),
            "ends_at": None,
        }
        for default in DEFAULT_RULES
    ]
    new = insert_into(session, RuleVersion).on_conflict_do_nothing(
        index_elements=["rule", "number"]
    )
    session.execute(new.returning(RuleVersion.id), rows)


def has_default(rules: Iterable[str]) -> bool:
    """Tell whether one of *rules* is a default rule, so that it can be written when missing."""
    return not {default.rule for default in DEFAULT_RULES}.isdisjoint(rules)
