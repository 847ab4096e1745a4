"""What a finished attempt shows and when; whose attempt counts; what a paper can never say."""

import ast
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.core.errors import NotFound
from app.points.models import PointEntry, RuleVersion
from app.quizzes import keys, papers, queries
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import save, start, submit

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]
QUIZZES = Path(queries.__file__).parent


def test_a_key_has_one_spelling(app: Flask) -> None:
    key = keys.new()
    shown = keys.text(key)
    assert (len(shown), keys.parse(shown)) == (22, key)
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = shown[:-1] + last[last.index(shown[-1]) + 1]
    for wrong in ("", "A" * 21, "A" * 23, "键" * 22, "+" * 22, " " * 22, other):
        with pytest.raises(NotFound):
            keys.parse(wrong)


def test_a_public_question_has_no_place_for_a_key() -> None:
    names = {field.name for field in fields(papers.PublicQuestion)}
    assert names == {"slot", "type", "marks", "stem_html", "options"}
    assert {field.name for field in fields(papers.PublicOption)} == {"id", "html"}


@pytest.mark.parametrize("module", ["saving", "storing", "shapes", "forms"])
def test_saving_never_looks_at_what_is_right(module: str) -> None:
    tree = ast.parse((QUIZZES / f"{module}.py").read_text())
    names = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    origins = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not names & {"answer", "mark", "explanation", "grade_paper"}
    assert not origins & {"question_bank.grading", "app.quizzes.submitting"}


def test_option_ids_are_unique_in_a_slot_and_other_in_every_attempt(
    make: Make, sign_in: SignIn
) -> None:
    quiz = b.quiz(make, each=4)
    ids: list[str] = []
    for _ in range(3):
        paper = start(sign_in(make.member()), quiz)
        for slot in paper["slots"]:
            own = [option["id"] for option in slot["options"]]
            assert len(set(own)) == len(own)
            ids += own
    assert len(ids) == 84
    assert len(set(ids)) > 80


def finished(client: FlaskClient, quiz: Any, right: int) -> dict[str, Any]:
    """Answer *right* slots rightly, hand in, and return the paper."""
    paper = start(client, quiz)
    values = dict(list(b.right(paper).items())[:right])
    save(client, paper, values)
    assert submit(client, paper).status_code == 200
    return paper


def test_the_best_attempt_counts_then_the_quicker_then_the_earlier(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    quiz = b.quiz(make, attempts_allowed=3)
    people = [make.member() for _ in range(4)]
    clients = [sign_in(member) for member in people]
    runs = [(0, 2, 60), (0, 5, 90), (0, 5, 60), (1, 6, 500), (2, 5, 60), (3, 5, 30)]
    for who, right, seconds in runs:
        at(NOON)
        paper = start(clients[who], quiz)
        values = dict(list(b.right(paper).items())[:right])
        save(clients[who], paper, values)
        at(NOON + timedelta(seconds=seconds))
        submit(clients[who], paper)
    best = queries.best_attempts(db.session(), quiz.id)
    found = [(one.member_id, one.score_tenths, one.seconds) for one in best]
    ids = [member.id for member in people]
    assert found == [(ids[1], 300, 500), (ids[3], 250, 30), (ids[0], 250, 60), (ids[2], 250, 60)]


@pytest.mark.parametrize(
    ("runs", "paid"),
    [
        ([2, 5], [("quiz_score", 3), ("quiz_pass", 10), ("quiz_score", 5)]),
        ([5, 2], [("quiz_pass", 10), ("quiz_score", 8)]),
        ([0, 6], [("quiz_pass", 10), ("quiz_score", 10)]),
        ([5, 6, 6], [("quiz_pass", 10), ("quiz_score", 8), ("quiz_score", 2)]),
    ],
)
def test_points_follow_the_best_attempt(
    make: Make, sign_in: SignIn, runs: list[int], paid: list[tuple[str, int]]
) -> None:
    quiz, client = b.quiz(make, attempts_allowed=3), sign_in(make.member())
    for right in runs:
        finished(client, quiz, right)
    query = select(RuleVersion.rule, PointEntry.amount).join(PointEntry.rule_version)
    assert [tuple(row) for row in db.session.execute(query.order_by(PointEntry.id))] == paid


def test_cards_say_how_each_quiz_stands(make: Make, sign_in: SignIn, at: At) -> None:
    at(NOON)
    client, hour = sign_in(make.member()), timedelta(hours=1)
    b.quiz(make, title="开着")
    b.quiz(make, title="以后", opens_at=NOON + hour, closes_at=NOON + 2 * hour)
    b.quiz(make, title="过去", opens_at=NOON - 2 * hour, closes_at=NOON)
    started, taken = b.quiz(make, title="在答"), b.quiz(make, title="答完")
    start(client, started)
    finished(client, taken, 6)
    listed = {one["title"]: one["state"] for one in client.get("/api/v1/quizzes").json}
    assert listed == {"开着": "open", "以后": "coming", "在答": "resume"}


def test_history_does_not_move_with_the_application_s_secret(
    app: Flask, make: Make, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(make.member())
    quiz = b.quiz(make, feedback="after_attempt")
    done, running = finished(client, quiz, 6), start(sign_in(make.member()), b.quiz(make))
    attempt = queries.attempts_of(db.session(), 1, quiz.id)[0]
    before = papers.review(db.session(), attempt, quiz, at=NOON)
    assert len(before) == 6 and running["key"] != done["key"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one")
    assert papers.review(db.session(), attempt, quiz, at=NOON) == before
