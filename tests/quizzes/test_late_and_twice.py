"""Answers that come late, twice, out of order or from a second place: never lost, never doubled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core import clock
from app.core.db import db, transaction
from app.members import services as people
from app.members.models import LoginSession, Member
from app.quizzes import keys, sweeping
from app.quizzes.models import LateResponse, Response
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import outcomes, save, start, submit

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]


def truth_slot(paper: dict[str, Any]) -> int:
    return next(int(s["slot"]) for s in paper["slots"] if s["type"] == "true_false")


def sweep() -> int:
    with transaction() as session:
        return sweeping.finish_overdue(session, at=clock.now())


def late() -> list[tuple[int, int, int, Any]]:
    rows = db.session.scalars(select(LateResponse).order_by(LateResponse.seq))
    return [(one.slot, one.epoch, one.seq, one.value) for one in rows]


def test_answers_from_without_signal_are_kept_apart_after_the_server_handed_in(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    client = sign_in(make.member())
    paper = start(client, b.quiz(make, seconds_allowed=60))
    slot = truth_slot(paper)
    assert outcomes(save(client, paper, {slot: True})) == ["stored"]
    at(NOON + timedelta(minutes=10))
    assert sweep() == 1
    assert outcomes(save(client, paper, {slot: True}, seq=1)) == ["duplicate"]
    for _ in range(2):
        assert outcomes(save(client, paper, {slot: False}, seq=2)) == ["late"]
    assert late() == [(slot, 1, 2, False)]
    assert db.session.scalars(select(Response.value)).all() == [True]


def test_an_older_phones_answers_are_kept_too_once_time_is_up(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    client = sign_in(make.member())
    quiz = b.quiz(make, seconds_allowed=60)
    old, new = start(client, quiz), start(client, quiz)
    slot = truth_slot(old)
    assert save(client, old, {slot: True}).json["error"] == "moved"
    at(NOON + timedelta(minutes=10))
    assert outcomes(save(client, old, {slot: True})) == ["late"]
    assert outcomes(save(client, new, {slot: False})) == ["late"]
    assert [row[1] for row in late()] == [1, 2]


def test_after_an_own_hand_in_nothing_more_is_kept(make: Make, sign_in: SignIn, at: At) -> None:
    at(NOON)
    client = sign_in(make.member())
    paper = start(client, b.quiz(make, seconds_allowed=60))
    submit(client, paper)
    for seconds in (1, 600):
        at(NOON + timedelta(seconds=seconds))
        assert outcomes(save(client, paper, {1: None})) == ["locked"]
    assert late() == []


def test_two_tabs_with_one_number_are_told_whose_answer_is_kept(
    make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    slot = truth_slot(paper)
    assert outcomes(save(client, paper, {slot: True}, seq=3)) == ["stored"]
    assert outcomes(save(client, paper, {slot: True}, seq=3)) == ["duplicate"]
    assert outcomes(save(client, paper, {slot: False}, seq=3)) == ["stale"]
    assert outcomes(save(client, paper, {slot: False}, seq=4)) == ["stored"]


def test_two_phones_take_turns_and_the_newer_lease_wins(make: Make, sign_in: SignIn) -> None:
    member, quiz = make.member(), b.quiz(make)
    one, two = sign_in(member), sign_in(member)
    old, new = start(one, quiz), start(two, quiz)
    slot = truth_slot(old)
    for seq in range(1, 101):
        assert save(one, old, {slot: True}, seq=seq + 500).status_code == 409
        assert outcomes(save(two, new, {slot: seq % 2 == 0}, seq=seq)) == ["stored"]
    kept = db.session.scalars(select(Response)).one()
    assert (kept.epoch, kept.seq, kept.value) == (2, 100, True)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    order=st.lists(st.integers(1, 6), min_size=1, max_size=12).flatmap(
        lambda some: st.permutations([*some, *range(1, 7)])
    )
)
def test_shuffled_and_doubled_messages_end_alike(
    make: Make, sign_in: SignIn, order: list[int]
) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make, each=1))
    slot = truth_slot(paper)
    for seq in order:
        save(client, paper, {slot: seq % 3 == 0}, seq=seq)
    held = client.get(f"/api/v1/attempts/{paper['key']}").json["saved"][str(slot)]
    assert held == {"value": True, "epoch": 1, "seq": 6}


def test_a_batch_is_kept_whole_or_not_at_all(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    values = b.right(paper)
    refused = save(client, paper, values | {2: ["nope1"]})
    assert (refused.status_code, list(refused.json["fields"])) == (422, ["slot-2"])
    assert db.session.scalars(select(Response)).all() == []
    body = {"epoch": 1, "messages": b.messages({1: None}) * 51}
    address = f"/api/v1/attempts/{paper['key']}/answers"
    assert client.put(address, json=body).status_code == 422
    assert client.put(address, json={**body, "messages": body["messages"][:50]}).status_code == 200


def test_a_stranger_learns_nothing_even_from_a_wrong_answer(make: Make, sign_in: SignIn) -> None:
    paper, stranger = start(sign_in(make.member()), b.quiz(make)), sign_in(make.member())
    nobody = {**paper, "key": keys.text(keys.new())}
    for values in ({1: "nonsense"}, {99: None}):
        theirs, none = save(stranger, paper, values), save(stranger, nobody, values)
        assert (theirs.status_code, theirs.data) == (none.status_code, none.data)
        assert theirs.status_code == 404


@pytest.mark.parametrize("field", ["member_id", "score", "deadline_at", "state", "by_server"])
def test_a_message_cannot_name_what_the_server_decides(
    make: Make, sign_in: SignIn, field: str
) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    path = f"/api/v1/attempts/{paper['key']}"
    body = {"epoch": 1, "messages": b.messages({1: None}), field: 1}
    assert client.put(f"{path}/answers", json=body).status_code == 422
    assert client.post(f"{path}/submit", json={"manifest": {}, field: 1}).status_code == 422
    assert client.get(path).json["state"] == "open"


def token_client(app: Flask, member: Member) -> FlaskClient:
    with transaction() as session:
        token = people.create_token(session, member, at=clock.now())
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def test_a_bearer_token_takes_the_whole_attempt(app: Flask, make: Make) -> None:
    client = token_client(app, make.member())
    paper = start(client, b.quiz(make))
    assert outcomes(save(client, paper, b.right(paper))) == ["stored"] * 6
    assert submit(client, paper).json["score"] == 30
    client.environ_base["HTTP_AUTHORIZATION"] = "Bearer nobody"
    assert save(client, paper, {1: None}).status_code == 401


def test_an_ended_login_or_a_left_member_saves_nothing_more(make: Make, sign_in: SignIn) -> None:
    member = make.member()
    client, quiz = sign_in(member), b.quiz(make)
    paper = start(client, quiz)
    assert outcomes(save(client, paper, {1: None})) == ["stored"]
    nobody = {**paper, "key": keys.text(keys.new())}
    with transaction() as session:
        session.scalars(select(LoginSession)).one().ended_at = clock.now()
    assert save(client, paper, {1: None}, seq=2).status_code == 401
    assert save(client, nobody, {1: None}, seq=2).status_code == 401
    other = sign_in(member)
    with transaction() as session:
        session.get_one(Member, member.id).active = False
    assert save(other, paper, {1: None}, seq=2).status_code == 401
