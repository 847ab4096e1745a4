"""A key never leaves early (T1): worlds that differ only in the keys answer byte for byte alike."""

import os
import random
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.db import db, transaction
from app.questions import services as questions
from app.quizzes import building
from question_bank.question import Question
from tests.builders import NOON, Make, with_csrf
from tests.databases import empty

At = Callable[[datetime], None]
OPTIONS = ("甲", "乙", "丙", "丁")
CANARY = "KANARIENVOGEL"


@pytest.fixture
def fixed_chance(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let every random key and seed come from one seeded source; call it to begin anew."""
    source = random.Random(7)
    monkeypatch.setattr(os, "urandom", source.randbytes)
    monkeypatch.setattr(secrets, "token_bytes", lambda n=32: source.randbytes(n))
    monkeypatch.setattr(secrets, "token_hex", lambda n=32: source.randbytes(n).hex())
    monkeypatch.setattr(secrets, "token_urlsafe", lambda n=32: source.randbytes(n).hex())
    monkeypatch.setattr(secrets, "randbits", lambda n: source.getrandbits(n))
    return lambda: source.seed(7)


def pool(right: int) -> list[Question]:
    """Return six questions; only what is right, and why, depends on *right*."""
    why = f"{CANARY} {right}" * (right + 1)
    source = f"{CANARY} 第{right}条"
    single = [
        Question("single_choice", f"单选 {n}", OPTIONS, [right], why, source=source)
        for n in range(2)
    ]
    several = sorted({right, (right + 1) % 4})
    multiple = [
        Question("multiple_choice", f"多选 {n}", OPTIONS, several, why, source=source)
        for n in range(2)
    ]
    truth = [
        Question("true_false", f"判断 {n}", (), [right % 2 == 0], why, source=source)
        for n in range(2)
    ]
    return single + multiple + truth


def build(make: Make, right: int, **given: Any) -> str:
    """Build the world whose keys are *right*; return the quiz's key."""
    root, at = make.organisation(), clock.now()
    with transaction() as session:
        bank = questions.ensure_bank(session, "题库", root, at=at)
        rows = [(one, "published", list[dict[str, Any]]()) for one in pool(right)]
        questions.add_questions(session, bank, rows, member_id=None, at=at)
        kinds = ("single_choice", "multiple_choice", "true_false")
        draft = building.QuizDraft(
            title="测验",
            branch_id=root.id,
            bank_id=bank.id,
            blueprint=[{"type": k, "tag": None, "count": 2, "marks": 5} for k in kinds],
            opens_at=at,
            closes_at=at + timedelta(hours=1),
            seconds_allowed=600,
            **given,
        )
        quiz = building.create_quiz(session, draft, by=None, at=at)
        building.publish(session, quiz, at=at)
    return quiz.key


def browser(app: Flask, make: Make) -> FlaskClient:
    make.member(no="10001", password="lamp-light-7", name="张三")
    client = with_csrf(app, app.test_client())
    form = {"no": "10001", "password": "lamp-light-7"}
    assert client.post("/login", data=form).status_code == 303
    return with_csrf(app, client)


def session_script(client: FlaskClient, quiz: str) -> list[Any]:
    """Run the whole attempt up to the hand-in; return every answer as bytes."""
    seen = [client.get("/quizzes"), client.get(f"/quizzes/{quiz}"), client.get("/api/v1/quizzes")]
    started = client.post(f"/api/v1/quizzes/{quiz}/attempts")
    seen.append(started)
    paper = started.json
    path, page = f"/api/v1/attempts/{paper['key']}", f"/attempts/{paper['key']}"
    seen += [client.get(page), client.get(path), client.get(f"/attempts/{'A' * 22}")]
    for slot in paper["slots"]:
        ids = [o["id"] for o in slot["options"]]
        values = [[i] for i in ids] or [True, False]
        for seq, value in enumerate([*values, ids, "wrong", None, {"a": 1}], 1):
            message = {"slot": slot["slot"], "seq": seq, "mid": "m", "value": value}
            seen.append(client.put(f"{path}/answers", json={"epoch": 1, "messages": [message]}))
    seen += [client.get(path), client.get(page), client.get("/boards"), client.delete(path)]
    seen.append(client.post(f"{path}/submit", json={"manifest": {"1": [9, 9]}}))
    return [(r.status_code, sorted(r.headers), r.data) for r in seen]


def test_two_worlds_with_other_keys_answer_alike_until_the_hand_in(
    app: Flask, at: At, fixed_chance: Callable[[], None]
) -> None:
    transcripts = []
    for right in (0, 2, 3):
        db.session.remove()
        empty(app)
        fixed_chance()
        at(NOON)
        make = Make()
        quiz = build(make, right)
        transcripts.append(session_script(browser(app, make), quiz))
    for one, other in ((0, 1), (0, 2)):
        for first, second in zip(transcripts[one], transcripts[other], strict=True):
            assert first == second
    assert all(CANARY.encode() not in body for _, _, body in transcripts[0])


def hand_in(client: FlaskClient, quiz: str) -> str:
    key = client.post(f"/api/v1/quizzes/{quiz}/attempts").json["key"]
    assert client.post(f"/api/v1/attempts/{key}/submit", json={}).status_code == 200
    return str(key)


@pytest.mark.parametrize(
    ("feedback", "attempts", "seconds", "shown"),
    [
        ("after_close", 1, 0, False),
        ("after_close", 1, 3599, False),
        ("after_close", 1, 3600, False),
        ("after_close", 1, 3661, True),
        ("after_attempt", 1, 0, True),
        ("after_attempt", 2, 0, False),
        ("after_attempt", 2, 3600, False),
        ("after_attempt", 2, 3661, True),
        ("score_only", 1, 99_999, False),
    ],
)
def test_reasons_are_shown_only_when_the_policy_says_so(
    app: Flask, make: Make, at: At, feedback: str, attempts: int, seconds: int, shown: bool
) -> None:
    at(NOON)
    quiz = build(make, 1, feedback=feedback, attempts_allowed=attempts)
    client = browser(app, make)
    key = hand_in(client, quiz)
    at(NOON + timedelta(seconds=seconds))
    bodies = [
        client.get(f"/attempts/{key}"),
        client.get(f"/api/v1/attempts/{key}"),
        client.get("/quizzes"),
    ]
    assert any(CANARY in r.text for r in bodies) is shown
