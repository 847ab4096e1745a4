"""Events and ledger rows for the tests of points."""

from typing import Any

from app.members.models import Member
from app.points.awarding import Event


def lesson(member: Member, key: str = "one", **given: Any) -> Event:
    """Return the event of a completed lesson: 5 points, at most 15 a day."""
    return Event(
        member.id,
        member.branch_id,
        given.pop("rule", "lesson_complete"),
        f"lesson:{key}:{member.id}",
        "lesson",
        key,
        **given,
    )


def by_hand(member: Member, points: int, key: str = "one") -> Event:
    """Return the event of points given by hand, without a cap."""
    return lesson(member, key, rule="manual", facts={"points": points})
