"""Random lives of a ledger against a model of it: invariants I1 to I4 hold after every step."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from app.core.clock import local_day
from app.core.db import db, transaction
from app.members.models import Member
from app.points import verifying
from app.points.awarding import award_many
from app.points.models import CapUse, PointEntry, PointTotal
from app.points.reversing import reverse
from tests.builders import NOON, Make
from tests.databases import empty
from tests.points.builders import lesson

CAPS = {"lesson_complete": 15, "quiz_score": 30}


class Ledger(RuleBasedStateMachine):
    """Awards, repeats, caps, reversals and days in any order."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        db.session.remove()
        empty(self.app)
        make = Make()
        self.members: list[Member] = [make.member() for _ in range(2)]
        self.at: datetime = NOON
        self.amounts: dict[str, int] = {}
        self.used: dict[Any, int] = defaultdict(int)
        self.points: dict[int, int] = defaultdict(int)
        self.reversed: set[str] = set()

    @rule(
        who=st.integers(0, 1),
        keys=st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True),
        share=st.integers(0, 9),
        kind=st.sampled_from(["lesson_complete", "quiz_score", "manual"]),
    )
    def award(self, who: int, keys: list[int], share: int, kind: str) -> None:
        member = self.members[who]
        facts = {"score": share, "max_score": 9, "points": share - 4}
        events = [lesson(member, f"{kind}{k}", rule=kind, facts=facts) for k in keys]
        asked = {"lesson_complete": 5, "quiz_score": (20 * share + 9) // 18, "manual": share - 4}[
            kind
        ]
        with transaction() as session:
            entries = award_many(session, events, at=self.at)
        for event, entry in zip(events, entries, strict=True):
            if event.key not in self.amounts and asked:
                pair = (member.id, kind, local_day(self.at))
                left = CAPS[kind] - self.used[pair] if kind in CAPS else asked
                self.amounts[event.key] = min(asked, left)
                self.used[pair] += self.amounts[event.key]
                self.points[member.id] += self.amounts[event.key]
            assert (entry.amount if entry else None) == self.amounts.get(event.key)

    @precondition(lambda self: self.amounts)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.amounts)))
        with transaction() as session:
            entry = session.scalars(select(PointEntry).filter_by(event_key=key)).one()
            back = reverse(session, entry, reason="试验", actor_id=None, at=self.at)
        assert back.amount == -self.amounts[key]
        if key not in self.reversed:
            self.reversed.add(key)
            self.points[entry.member_id] += back.amount

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @invariant()
    def every_figure_adds_up(self) -> None:
        session = db.session()
        stored = dict(
            session.execute(
                select(PointTotal.member_id, PointTotal.points).filter_by(window="all")
            ).all()
        )
        assert {m: p for m, p in self.points.items() if p} == {m: p for m, p in stored.items() if p}
        entries = session.scalar(select(func.count(PointEntry.id)))
        assert entries == len(self.amounts) + len(self.reversed)
        assert all(row.used <= row.cap for row in session.scalars(select(CapUse)))
        db.session.remove()
        session = db.session()
        assert [str(f) for f in verifying.verify(session)] == []
        db.session.remove()


@pytest.fixture
def only_sqlite(shared_app: Flask) -> Iterator[Flask]:
    """The application where emptying the database is quick enough for many lives."""
    if "sqlite" not in shared_app.config["SQLALCHEMY_DATABASE_URI"]:
        pytest.skip("the model test runs on SQLite; PostgreSQL has the race tests")
    with shared_app.app_context():
        yield shared_app
        db.session.remove()


@pytest.mark.slow
def test_random_lives_of_the_ledger_keep_the_invariants(only_sqlite: Flask) -> None:
    Ledger.app = only_sqlite
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
