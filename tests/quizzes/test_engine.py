"""An attempt through the JSON door: start, save, leave, come back, hand in, once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.points.models import PointEntry
from app.quizzes import keys, sweeping
from app.quizzes.models import Attempt, LateResponse, Response
from tests.builders import NOON, Make
from tests.quizzes import builders as b

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]


def start(client: FlaskClient, quiz: Any) -> dict[str, Any]:
    response = client.post(f"/api/v1/quizzes/{quiz.key}/attempts")
    assert response.status_code in (200, 201), response.json
    return response.json


def save(client: FlaskClient, paper: dict[str, Any], values: dict[int, Any], seq: int = 1) -> Any:
    body = {"epoch": paper["epoch"], "messages": b.messages(values, seq)}
    return client.put(f"/api/v1/attempts/{paper['key']}/answers", json=body)


def submit(client: FlaskClient, paper: dict[str, Any], manifest: Any = None) -> Any:
    body = {"manifest": manifest or {}}
    return client.post(f"/api/v1/attempts/{paper['key']}/submit", json=body)


def outcomes(response: Any) -> list[str]:
    return [r["outcome"] for r in response.json["results"]]


def test_a_member_starts_answers_and_hands_in_for_full_marks(make: Make, sign_in: SignIn) -> None:
    client, quiz = sign_in(make.member()), b.quiz(make)
    paper = start(client, quiz)
    saved = save(client, paper, b.right(paper))
    assert outcomes(saved) == ["stored"] * 6
    assert saved.json["acked"] == {str(n): [1, 1] for n in range(1, 7)}
    done = submit(client, paper, saved.json["acked"])
    assert (done.json["score"], done.json["max_score"], done.json["passed"]) == (30, 30, True)
    assert sorted(line["amount"] for line in done.json["receipt"]) == [10, 10]
    assert submit(client, paper).json == done.json


def test_no_key_is_in_the_paper(make: Make, sign_in: SignIn) -> None:
    paper = start(sign_in(make.member()), b.quiz(make))
    assert set(paper["slots"][0]) == {"slot", "type", "marks", "stem_html", "options"}
    assert "因为" not in str(paper)


def test_leaving_and_coming_back_finds_every_answer(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    values = b.right(paper)
    save(client, paper, values)
    again = client.get(f"/api/v1/attempts/{paper['key']}").json
    assert {int(s): v["value"] for s, v in again["saved"].items()} == values
    assert again["slots"] == paper["slots"]


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [(59, "stored"), (60, "stored"), (90, "stored"), (91, "late"), (3600, "late")],
)
def test_answers_count_only_before_time_and_grace_are_up(
    make: Make, sign_in: SignIn, at: At, seconds: int, outcome: str
) -> None:
    at(NOON)
    client = sign_in(make.member())
    paper = start(client, b.quiz(make, seconds_allowed=60))
    at(NOON + timedelta(seconds=seconds))
    assert outcomes(save(client, paper, {1: None})) == [outcome]
    counted = db.session.scalar(select(func.count()).select_from(Response))
    late = db.session.scalar(select(func.count()).select_from(LateResponse))
    assert (counted, late) == ((1, 0) if outcome == "stored" else (0, 1))


@pytest.mark.parametrize(
    ("seconds", "status", "error"),
    [(-1, 409, "not_yet_open"), (0, 201, None), (3599, 201, None), (3600, 409, "closed")],
)
def test_a_quiz_starts_only_inside_its_window(
    make: Make, sign_in: SignIn, at: At, seconds: int, status: int, error: str | None
) -> None:
    at(NOON)
    quiz = b.quiz(make)
    at(NOON + timedelta(seconds=seconds))
    client = sign_in(make.member())
    response = client.post(f"/api/v1/quizzes/{quiz.key}/attempts")
    assert (response.status_code, response.json.get("error")) == (status, error)


def test_the_deadline_never_passes_the_end_of_the_window(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    client, quiz = sign_in(make.member()), b.quiz(make, seconds_allowed=600)
    at(NOON + timedelta(minutes=55))
    assert start(client, quiz)["seconds_left"] == 300


def test_attempts_are_counted_and_a_second_start_continues(make: Make, sign_in: SignIn) -> None:
    client, quiz = sign_in(make.member()), b.quiz(make, attempts_allowed=2)
    first = start(client, quiz)
    assert start(client, quiz)["key"] == first["key"]
    submit(client, first)
    second = start(client, quiz)
    assert second["key"] != first["key"]
    submit(client, second)
    refused = client.post(f"/api/v1/quizzes/{quiz.key}/attempts")
    assert (refused.status_code, refused.json["error"]) == (409, "no_attempts_left")


def test_an_older_device_is_told_that_it_was_left(make: Make, sign_in: SignIn) -> None:
    client, quiz = sign_in(make.member()), b.quiz(make)
    old = start(client, quiz)
    new = start(client, quiz)
    assert new["epoch"] == old["epoch"] + 1
    refused = save(client, old, {1: None})
    assert (refused.status_code, refused.json["error"]) == (409, "moved")
    assert outcomes(save(client, new, {1: None})) == ["stored"]


def test_a_message_sent_twice_or_overtaken_changes_nothing(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    slot = next(s["slot"] for s in paper["slots"] if s["type"] == "true_false")
    assert outcomes(save(client, paper, {slot: True}, seq=2)) == ["stored"]
    assert outcomes(save(client, paper, {slot: True}, seq=2)) == ["duplicate"]
    assert outcomes(save(client, paper, {slot: False}, seq=1)) == ["stale"]
    assert client.get(f"/api/v1/attempts/{paper['key']}").json["saved"][str(slot)]["value"] is True


def test_a_stranger_and_nobody_get_the_same_404(make: Make, sign_in: SignIn) -> None:
    paper = start(sign_in(make.member()), b.quiz(make))
    stranger = sign_in(make.member())
    nobody = {**paper, "key": keys.text(keys.new())}
    for ask in (save, lambda c, p, _: submit(c, p)):
        mine, none = ask(stranger, paper, {1: None}), ask(stranger, nobody, {1: None})
        assert (mine.status_code, mine.data) == (none.status_code, none.data)
        assert mine.status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_a_hand_in_waits_for_the_answers_it_names(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    refused = submit(client, paper, {"1": [1, 1], "3": [1, 2]})
    assert (refused.status_code, refused.json["need"]) == (409, [1, 3])
    values = {1: b.right(paper)[1], 3: b.right(paper)[3]}
    save(client, paper, values, seq=2)
    assert submit(client, paper, {"1": [1, 1], "3": [1, 2]}).status_code == 200
    assert outcomes(save(client, paper, values, seq=3)) == ["locked", "locked"]


@pytest.mark.parametrize(
    "body",
    [
        b"not json", b"[]", b'{"epoch": 1}', b'{"epoch": 1, "messages": []}',
        b'{"epoch": 1, "messages": [{"slot": 1, "seq": 1, "value": ["nope1"]}]}',
        b'{"epoch": 1, "messages": [{"slot": 99, "seq": 1, "value": true}]}',
        b'{"epoch": 1, "messages": [{"slot": 1, "seq": 1, "value": {"a": 1}}]}',
        b'{"epoch": 1, "messages": [{"slot": 1, "seq": 1, "value": null, "score": 100}]}',
        b'{"epoch": 9, "messages": [{"slot": 1, "seq": 1, "value": null}]}',
    ],
)  # fmt: skip
def test_a_message_that_is_none_keeps_nothing(make: Make, sign_in: SignIn, body: bytes) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    address = f"/api/v1/attempts/{paper['key']}/answers"
    response = client.put(address, data=body, content_type="application/json")
    assert (response.status_code, response.json["error"]) == (422, "invalid")
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0
    large = client.put(address, data=b" " * 1_000_000, content_type="application/json")
    assert (large.status_code, large.json["error"]) == (413, "too_large")


def test_the_server_hands_in_what_is_overdue_with_what_it_has(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    client = sign_in(make.member())
    paper = start(client, b.quiz(make, seconds_allowed=60))
    save(client, paper, b.right(paper))
    for seconds, finished in ((61, 0), (119, 0), (121, 1), (122, 0)):
        at(NOON + timedelta(seconds=seconds))
        with transaction() as session:
            assert sweeping.finish_overdue(session, at=clock.now()) == finished
    found = db.session.scalars(select(Attempt)).one()
    assert (found.state, found.by_server, found.score_tenths) == ("graded", True, 300)
    assert db.session.scalar(select(func.count()).select_from(PointEntry)) == 2


def test_a_save_is_one_statement_once_the_attempt_is_known(
    make: Make, sign_in: SignIn, statements: list[str]
) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    values = b.right(paper)
    save(client, paper, {1: values[1]})
    statements.clear()
    assert outcomes(save(client, paper, {2: values[2]})) == ["stored"]
    assert len([s for s in statements if not s.startswith("BEGIN")]) == 1
