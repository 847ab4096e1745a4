"""Reversals: once, with a reason, never of a reversal, and without giving cap room back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.core.db import db, transaction
from app.core.errors import Invalid
from app.members.models import Member
from app.points import queries
from app.points.awarding import award
from app.points.models import PointEntry
from app.points.reversing import NotReversible, reverse
from tests.builders import NOON, Make
from tests.points.builders import lesson

LATER = NOON + timedelta(days=9)


def written(make: Make) -> PointEntry:
    member = make.member()
    with transaction() as session:
        entry = award(session, lesson(member), at=NOON)
    assert entry
    return entry


def test_a_reversal_takes_the_points_out_of_every_window_once(make: Make) -> None:
    entry = written(make)
    for _ in range(2):
        with transaction() as session:
            back = reverse(session, entry, reason="题目有误", actor_id=None, at=LATER)
    assert (back.amount, back.local_day, back.note) == (-5, entry.local_day, "题目有误")
    for window in ("all", "2026-11-21", "2026-W47", "2026-11"):
        assert queries.points_in(db.session(), entry.member_id, window) == 0
    assert db.session.scalar(select(func.count(PointEntry.id))) == 2
    assert (
        db.session.scalar(
            select(func.count()).select_from(AuditEntry).filter_by(action="points.reverse")
        )
        == 1
    )


def test_a_reversal_gives_no_room_under_the_cap_back(make: Make) -> None:
    entry = written(make)
    member = db.session.get_one(Member, entry.member_id)
    db.session.rollback()
    with transaction() as session:
        reverse(session, entry, reason="题目有误", actor_id=None, at=NOON)
        given = [award(session, lesson(member, str(n)), at=NOON) for n in range(3)]
    assert [e.amount for e in given if e] == [5, 5, 0]


def test_a_reversal_needs_a_reason_and_is_itself_final(make: Make) -> None:
    entry = written(make)
    with transaction() as session:
        with pytest.raises(Invalid):
            reverse(session, entry, reason="  ", actor_id=None, at=NOON)
        back = reverse(session, entry, reason="题目有误", actor_id=None, at=NOON)
        with pytest.raises(NotReversible):
            reverse(session, back, reason="又改主意", actor_id=None, at=NOON)
