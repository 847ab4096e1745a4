"""Awards: once, within the cap, with totals and histogram in the same transaction."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.points.awarding import Event, award, award_many
from app.points.models import CapUse, PointBucket, PointEntry, PointTotal
from app.points.rule_book import UnknownRule
from tests.builders import NOON, Make
from tests.points.builders import by_hand, lesson


def total(member_id: int, window: str = "all") -> int:
    db.session.rollback()
    return (
        db.session.scalar(select(PointTotal.points).filter_by(member_id=member_id, window=window))
        or 0
    )


def test_an_award_is_written_once_and_repeats_return_the_first(make: Make) -> None:
    member = make.member()
    with transaction() as session:
        first = award(session, lesson(member), at=NOON)
    with transaction() as session:
        again = award(session, lesson(member), at=NOON + timedelta(days=1))
    assert first and again and (first.id, again.amount, again.outcome) == (again.id, 5, "full")
    assert again.rule_version.text["en_name"] == "Lessons"
    assert [total(member.id, w) for w in ("all", "2026-11-21", "2026-W47", "2026-11")] == [5] * 4
    assert db.session.scalar(select(func.sum(CapUse.used))) == 5


def test_the_cap_leaves_a_part_then_nothing_and_starts_again_next_day(make: Make) -> None:
    member = make.member()
    with transaction() as session:
        hand = award(
            session,
            lesson(member, "x", rule="quiz_score", facts={"score": 9, "max_score": 9}),
            at=NOON,
        )
        rest = [
            award(
                session,
                lesson(member, str(n), rule="quiz_score", facts={"score": 3, "max_score": 4}),
                at=NOON,
            )
            for n in range(4)
        ]
        next_day = award(session, lesson(member, "9"), at=NOON + timedelta(hours=12))
    assert hand and hand.amount == 10
    assert [(e.asked, e.amount, e.outcome) for e in rest if e] == [
        (8, 8, "full"),
        (8, 8, "full"),
        (8, 4, "capped"),
        (8, 0, "cap_reached"),
    ]
    assert next_day and next_day.local_day.day == 22
    assert (total(member.id), total(member.id, "2026-11-21")) == (35, 30)


def test_a_rule_that_asks_nothing_writes_nothing(make: Make) -> None:
    member = make.member()
    with transaction() as session:
        event = lesson(member, rule="quiz_pass", facts={"passed": False})
        assert award(session, event, at=NOON) is None
        assert award_many(session, [], at=NOON) == []
    assert total(member.id) == 0


def test_a_batch_answers_in_its_order_and_shares_one_cap(make: Make) -> None:
    one, other = make.member(), make.member()
    events = [lesson(one, str(n)) for n in range(4)] + [lesson(other), lesson(one, "0")]
    with transaction() as session:
        award(session, events[1], at=NOON)
        found = award_many(session, events, at=NOON)
    assert sum(e.amount for e in found[:4] if e) == 15
    assert found[0] is found[5] and found[4] and found[4].member_id == other.id
    assert (total(one.id), total(other.id)) == (15, 5)
    assert db.session.scalar(select(CapUse.used).filter_by(member_id=one.id)) == 15


def test_the_histogram_follows_up_and_down(make: Make) -> None:
    member = make.member()
    seen = []
    for n, points in enumerate((19, 1, -5, -15)):
        with transaction() as session:
            award(session, by_hand(member, points, str(n)), at=NOON)
        db.session.rollback()
        query = select(PointBucket.bucket).filter_by(window="all").where(PointBucket.members > 0)
        seen.append(list(db.session.scalars(query)))
        db.session.rollback()
    assert seen == [[0], [1], [0], []]


def test_an_unknown_rule_is_refused_and_nothing_is_written(make: Make) -> None:
    member = make.member()
    with pytest.raises(UnknownRule, match="no_such_rule"), transaction() as session:
        award(session, lesson(member, rule="no_such_rule"), at=NOON)
    assert db.session.scalar(select(func.count(PointEntry.id))) == 0


def test_a_hand_in_costs_six_statements_and_a_repeat_one(make: Make, statements: list[str]) -> None:
    member = make.member()
    with transaction() as session:
        award(session, lesson(member), at=NOON)
    facts = {"score": 80, "max_score": 100, "passed": True}
    events = [
        Event(member.id, member.branch_id, rule, f"quiz:k:{rule}", "attempt", "k", facts=facts)
        for rule in ("quiz_score", "quiz_pass")
    ]
    counts = []
    for _ in range(2):
        statements.clear()
        with transaction() as session:
            award_many(session, events, at=NOON)
        counts.append(len([s for s in statements if not s.startswith(("BEGIN", "COMMIT"))]))
    assert counts == [6, 1]
