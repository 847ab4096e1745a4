"""Start, save and hand-in at the same moment from many threads, on both databases (R17)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import jobs
from app.core import clock
from app.core.db import db, transaction
from app.members.models import Member
from app.points.models import PointEntry
from app.quizzes import lifecycle
from app.quizzes.models import Attempt, Quiz, Response
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import save, start, submit

SignIn = Callable[..., FlaskClient]

pytestmark = pytest.mark.race

CROWD = 8


def at_once(clients: list[FlaskClient], act: Callable[[FlaskClient, int], Any]) -> list[Any]:
    """Let every client act behind one barrier; return the answers."""
    barrier, answers = threading.Barrier(len(clients)), [None] * len(clients)

    def run(n: int) -> None:
        barrier.wait()
        answers[n] = act(clients[n], n)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def phones(sign_in: SignIn, member: Member) -> list[FlaskClient]:
    return [sign_in(member) for _ in range(CROWD)]


def test_many_starts_make_one_attempt(make: Make, sign_in: SignIn) -> None:
    clients, quiz = phones(sign_in, make.member()), b.quiz(make)
    answers = at_once(clients, lambda c, _: c.post(f"/api/v1/quizzes/{quiz.key}/attempts"))
    assert {a.status_code for a in answers} <= {200, 201}
    assert len({a.json["key"] for a in answers}) == 1
    assert sorted(a.json["epoch"] for a in answers) == list(range(1, CROWD + 1))
    assert db.session.scalar(select(func.count(Attempt.id))) == 1


def test_many_hand_ins_grade_and_pay_once(make: Make, sign_in: SignIn) -> None:
    clients, quiz = phones(sign_in, make.member()), b.quiz(make)
    paper = start(clients[0], quiz)
    save(clients[0], paper, b.right(paper))
    answers = at_once(clients, lambda c, _: submit(c, paper))
    assert {a.status_code for a in answers} == {200}
    assert len({a.data for a in answers}) == 1
    assert db.session.scalar(select(func.count(PointEntry.id))) == 2


def test_of_many_saves_the_newest_stays(make: Make, sign_in: SignIn) -> None:
    clients, quiz = phones(sign_in, make.member()), b.quiz(make)
    paper = start(clients[0], quiz)
    slot = next(s["slot"] for s in paper["slots"] if s["type"] == "true_false")
    at_once(clients, lambda c, n: save(c, paper, {slot: n % 2 == 0}, seq=n + 1))
    kept = db.session.scalars(select(Response)).one()
    assert (kept.seq, kept.value) == (CROWD, CROWD % 2 == 1)


def test_an_answer_is_counted_or_refused_never_lost_behind_a_hand_in(
    make: Make, sign_in: SignIn
) -> None:
    clients, quiz = phones(sign_in, make.member()), b.quiz(make)
    paper = start(clients[0], quiz)
    values = b.right(paper)

    def act(client: FlaskClient, n: int) -> Any:
        if n == CROWD - 1:
            return submit(client, paper)
        return save(client, paper, {n % 6 + 1: values[n % 6 + 1]}, seq=n + 1)

    answers = at_once(clients, act)
    outcomes = [a.json["results"][0]["outcome"] for a in answers[:-1]]
    found = db.session.scalars(select(Attempt)).one()
    stored = {n % 6 + 1 for n, o in enumerate(outcomes) if o == "stored"}
    assert set(outcomes) <= {"stored", "stale", "duplicate", "locked"}
    assert found.slot_tenths is not None
    assert {s for s, t in enumerate(found.slot_tenths, 1) if t} == stored


def test_the_server_and_the_phone_hand_in_at_once_and_pay_once(
    app: Flask, make: Make, sign_in: SignIn, at: Callable[[datetime], None]
) -> None:
    at(NOON)
    clients, quiz = phones(sign_in, make.member()), b.quiz(make, seconds_allowed=60)
    paper = start(clients[0], quiz)
    values = b.right(paper)
    save(clients[0], paper, values)
    at(NOON + timedelta(minutes=5))

    def act(client: FlaskClient, n: int) -> Any:
        if n % 4 == 0:
            with app.app_context():
                return jobs.sweep()
        if n % 4 == 1:
            return save(client, paper, values, seq=9)
        return submit(client, paper)

    answers = at_once(clients, act)
    assert {a.status_code for n, a in enumerate(answers) if n % 4} == {200}
    assert len({a.data for n, a in enumerate(answers) if n % 4 > 1}) == 1
    found = db.session.scalars(select(Attempt)).one()
    assert (found.state, found.score_tenths) == ("graded", 300)
    assert db.session.scalar(select(func.count(PointEntry.id))) == 2


def test_sweeping_many_while_they_earn_elsewhere_stops_nobody(
    app: Flask, make: Make, sign_in: SignIn, at: Callable[[datetime], None]
) -> None:
    at(NOON)
    members = [make.member() for _ in range(CROWD)]
    clients = [sign_in(member) for member in members]
    overdue, other = b.quiz(make, seconds_allowed=60), b.quiz(make, seconds_allowed=900)
    for client in clients:
        paper = start(client, overdue)
        save(client, paper, b.right(paper))
    at(NOON + timedelta(minutes=5))
    papers = [start(client, other) for client in clients]
    for client, paper in zip(clients, papers, strict=True):
        save(client, paper, b.right(paper))

    def act(client: FlaskClient, n: int) -> Any:
        if n == 0:
            with app.app_context():
                return jobs.sweep()
        return submit(client, papers[n])

    answers = at_once(clients, act)
    assert answers[0] == CROWD
    assert [a.status_code for a in answers[1:]] == [200] * (CROWD - 1)
    paid = {f"quiz:{q.key}:{m.id}:quiz_pass" for q in (overdue, other) for m in members}
    paid.remove(f"quiz:{other.key}:{members[0].id}:quiz_pass")
    entries = db.session.scalars(select(PointEntry.event_key)).all()
    assert {key for key in entries if key.endswith("quiz_pass")} == paid


@pytest.mark.parametrize("act", [lifecycle.take_back, lifecycle.close_early])
def test_who_starts_while_an_organiser_ends_it_waits_and_gets_no_more_than_is_left(
    make: Make, sign_in: SignIn, act: Callable[..., None]
) -> None:
    quiz, organiser = b.quiz(make), make.member()
    clients = [sign_in(make.member()) for _ in range(3)]
    statuses: list[int] = []

    def begin(client: FlaskClient) -> None:
        statuses.append(client.post(f"/api/v1/quizzes/{quiz.key}/attempts").status_code)

    threads = [threading.Thread(target=begin, args=(client,)) for client in clients]
    with transaction() as session:
        act(session, session.get_one(Quiz, quiz.id), by=organiser.id, at=clock.now())
        for thread in threads:
            thread.start()
        # Long enough for each to come to the lock, which they find held.
        threads[0].join(0.5)
    for thread in threads:
        thread.join()
    stands = db.session.get_one(Quiz, quiz.id)
    deadlines = list(db.session.scalars(select(Attempt.deadline_at)))
    assert all(end <= stands.closes_at for end in deadlines)
    if stands.state == "draft":
        assert deadlines == [] and {*statuses} <= {404, 409}
