"""Threads that award at once, on both databases: nothing counts twice, no cap is passed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.points import sealing, verifying
from app.points.awarding import award, award_many
from app.points.models import CapUse, PointEntry, PointSeal
from app.points.queries import points_in
from tests.builders import NOON, Make
from tests.points.builders import by_hand, lesson

THREADS = 8

pytestmark = pytest.mark.race


def at_once(app: Flask, work: Callable[[int], object]) -> list[object]:
    """Run *work* with 0 … 7 in as many threads that start together; return what they returned."""
    barrier = threading.Barrier(THREADS)
    results: list[object] = [None] * THREADS

    def run(n: int) -> None:
        with app.app_context():
            try:
                barrier.wait()
                results[n] = work(n)
            except BaseException as error:
                results[n] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [r for r in results if isinstance(r, BaseException)] == []
    return results


@contextmanager
def reading() -> Iterator[object]:
    yield db.session()
    db.session.rollback()


def count(model: type) -> int:
    with reading():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def no_faults() -> None:
    with reading():
        assert [str(f) for f in verifying.verify(db.session())] == []


@pytest.mark.parametrize("rule", ["lesson_complete", "competition_advance"])
def test_one_event_in_eight_threads_counts_once(app: Flask, make: Make, rule: str) -> None:
    member = make.member()

    def work(_n: int) -> object:
        with transaction() as session:
            entry = award(session, lesson(member, rule=rule), at=NOON)
        return entry and (entry.id, entry.amount)

    assert len(set(at_once(app, work))) == 1
    assert count(PointEntry) == 1
    no_faults()


@pytest.mark.parametrize("batch", [1, 3])
def test_eight_threads_together_never_pass_one_cap(app: Flask, make: Make, batch: int) -> None:
    member = make.member()

    def work(n: int) -> object:
        with transaction() as session:
            events = [lesson(member, f"{n}-{k}") for k in range(batch)]
            return sum(e.amount for e in award_many(session, events, at=NOON) if e)

    assert sum(at_once(app, work)) == 15  # type: ignore[arg-type]
    assert count(PointEntry) == THREADS * batch
    with reading():
        assert db.session.scalar(select(CapUse.used)) == 15
        assert points_in(db.session(), member.id, "2026-11-21") == 15
    no_faults()


def test_eight_members_at_once_share_the_histogram_without_deadlock(app: Flask, make: Make) -> None:
    members = [make.member() for _ in range(THREADS)]

    def work(n: int) -> object:
        for k in range(6):
            with transaction() as session:
                events = [by_hand(m, 13, f"{n}-{k}") for m in (members[n], members[n - 1])]
                award_many(session, events, at=NOON)
        return None

    at_once(app, work)
    assert count(PointEntry) == THREADS * 12
    no_faults()


def test_of_two_sealers_one_works_and_every_entry_is_sealed_once(app: Flask, make: Make) -> None:
    member = make.member()
    with transaction() as session:
        award_many(session, [by_hand(member, 1, str(n)) for n in range(50)], at=NOON)

    def work(_n: int) -> object:
        with transaction() as session:
            return sealing.seal(session, at=NOON)

    assert sorted(at_once(app, work)) == [0] * (THREADS - 1) + [50]  # type: ignore[type-var]
    assert count(PointSeal) == 50
    no_faults()
