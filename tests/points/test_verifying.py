"""The auditor finds what was tampered with, and the rebuilt figures are equal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.core.db import db, transaction
from app.points import recomputing, sealing, verifying
from app.points.awarding import award
from app.points.models import PointBucket, PointEntry, PointSeal, PointTotal
from app.points.reversing import reverse
from tests.builders import NOON, Make
from tests.points.builders import by_hand, lesson


@pytest.fixture
def history(make: Make) -> None:
    """Some months of entries of three members, with a reversal, sealed except for the last."""
    members = [make.member() for _ in range(3)]
    for n in range(12):
        with transaction() as session:
            entry = award(
                session, by_hand(members[n % 3], 17, f"h{n}"), at=NOON + timedelta(days=9 * n)
            )
            award(session, lesson(members[n % 3], str(n)), at=NOON)
            if n == 5 and entry:
                reverse(
                    session, entry, reason="重复记分", actor_id=None, at=NOON + timedelta(days=60)
                )
        if n < 11:
            with transaction() as session:
                sealing.seal(session, at=NOON)


def faults() -> list[str]:
    db.session.rollback()
    found = [str(fault) for fault in verifying.verify(db.session())]
    db.session.rollback()
    return found


def tamper(statement: str) -> None:
    """Run *statement* as somebody who owns the database: without triggers and foreign keys."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            connection.rollback()
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            for (name,) in raw.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger'"
            ).fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            raw.execute(statement)
            raw.execute("PRAGMA foreign_keys=ON")
            return
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement))
        connection.commit()


def test_an_honest_ledger_has_no_fault(history: None, app: Flask) -> None:
    assert faults() == []
    result = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert (result.exit_code, result.output) == (0, "ledger ok: 25 entries, 2 not yet sealed\n")


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE point_entry SET amount = 16 WHERE id = 1", "entry 1: the row was changed"),
        ("UPDATE point_entry SET note = '' WHERE outcome = 'reversal'", "entry 13: the row was"),
        ("UPDATE point_entry SET local_day = '2026-11-20' WHERE id = 2", "entry 2: the row was"),
        ("DELETE FROM point_entry WHERE id = 3", "total 2026-11 of member 2"),
        ("DELETE FROM point_entry WHERE id = 24", "total 2027-02 of member 3"),
        (
            "UPDATE point_total SET points = points + 1 WHERE member_id = 2 AND \"window\" = 'all'",
            "total all of member 2",
        ),
        ("DELETE FROM point_total WHERE member_id = 1", "total 2026-11 of member 1"),
        ("UPDATE point_bucket SET members = members + 1 WHERE \"window\" = 'all'", "histogram all"),
        ("UPDATE cap_use SET used = 0 WHERE member_id = 1", "cap lesson_complete of member 1"),
        ("DELETE FROM point_seal WHERE seq = 4", "link 5"),
        ("UPDATE point_seal SET chain = mac FROM point_entry WHERE seq = 4 AND id = 4", "link 4"),
    ],
)
def test_what_was_tampered_with_is_named(
    history: None, app: Flask, statement: str, first: str
) -> None:
    tamper(statement)
    assert faults()[0].startswith(first)
    result = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert result.exit_code == 1
    assert f"first: {first}" in result.output


def test_figures_rebuilt_from_the_ledger_are_equal(history: None) -> None:
    def stored() -> tuple[list, list]:
        totals = db.session.execute(
            select(PointTotal.__table__).order_by(PointTotal.window, PointTotal.member_id)
        )
        buckets = db.session.execute(
            select(PointBucket.__table__)
            .where(PointBucket.members > 0)
            .order_by(PointBucket.window, PointBucket.bucket)
        )
        found = totals.all(), buckets.all()
        db.session.rollback()
        return found

    before = stored()
    with transaction() as session:
        recomputing.rebuild(session)
    assert stored() == before
    assert list(recomputing.differences(db.session())) == []


def test_every_entry_is_sealed_once_even_when_it_comes_late(
    history: None, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "RECENT", 3)
    run: Callable[[], object] = lambda: app.test_cli_runner().invoke(args=["ledger", "seal"])  # noqa: E731
    run(), run()
    entries, seals = (
        db.session.scalar(select(func.count()).select_from(m)) for m in (PointEntry, PointSeal)
    )
    assert entries == seals
    assert db.session.scalar(select(func.max(PointSeal.seq))) == seals
    assert faults() == []
