"""A full disk: 503 and when to retry; nothing acknowledged is lost; later it works again (R6)."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from app.core.db import db
from app.quizzes.models import Attempt
from tests.builders import Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import save, start


@pytest.fixture
def disk(app: Flask) -> Iterator[Callable[[int], None]]:
    """Set how many more pages the SQLite file may take; 0 is a full disk."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's disk is not ours to fill")
    limit = {"pages": 1_000_000}

    def hold(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limit['pages']}")

    def allow(more: int) -> None:
        db.session.remove()
        with db.engine.connect() as connection:
            used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        limit["pages"] = used + more

    event.listen(db.engine, "checkout", hold)
    yield allow
    event.remove(db.engine, "checkout", hold)
    db.engine.dispose()


def test_writes_are_refused_while_the_disk_is_full_and_what_was_acknowledged_stays(
    make: Make, sign_in: Callable[..., FlaskClient], disk: Callable[[int], None]
) -> None:
    rules = [{"type": "true_false", "tag": None, "count": 60, "marks": 1}]
    quiz = b.quiz(make, each=60, blueprint=rules)
    branch = make.branch()
    clients = [sign_in(make.member(branch)) for _ in range(30)]
    disk(0)
    answers = [c.post(f"/api/v1/quizzes/{quiz.key}/attempts") for c in clients]
    refused = [n for n, a in enumerate(answers) if a.status_code != 201]
    assert refused and {answers[n].status_code for n in refused} == {503}
    assert answers[refused[0]].json["error"] == "unavailable"
    assert int(answers[refused[0]].headers["Retry-After"]) > 0
    started = db.session.scalar(select(func.count(Attempt.id)))
    assert started == len(clients) - len(refused)
    disk(1000)
    paper = start(clients[refused[0]], quiz)
    assert save(clients[refused[0]], paper, {60: True}).status_code == 200
