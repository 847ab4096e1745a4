"""What a bank's answers say, from real attempts: first ones only, and a wrong key is found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db, transaction
from app.members import services as people
from app.questions.models import Bank
from app.quizzes import statistics
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import save, start, submit

SignIn = Callable[..., FlaskClient]


def sit(client: FlaskClient, quiz: Any, right: int) -> None:
    paper = start(client, quiz)
    values = dict(list(b.right(paper).items())[:right])
    if values:
        save(client, paper, values)
    submit(client, paper)


def command(app: Flask, *words: str) -> Any:
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["bank", *words])
    db.session.remove()
    return result


@pytest.fixture
def bank(make: Make, sign_in: SignIn) -> Bank:
    quiz = b.quiz(make, each=1, attempts_allowed=2)
    for n in range(22):
        client = sign_in(make.member())
        sit(client, quiz, n % 4)
        sit(client, quiz, 3)
    db.session.remove()
    return db.session.scalars(select(Bank)).one()


def test_only_first_attempts_count(bank: Bank) -> None:
    found = statistics.items(db.session(), bank)
    assert [item.analysis.responses for item in found] == [22, 22, 22]
    facility = sum(item.analysis.facility for item in found)
    assert facility == pytest.approx(sum(n % 4 for n in range(22)) / 22)
    for item in found:
        assert item.enough and item.analysis.discrimination > 0
        right = [one for one in item.analysis.options if one.right]
        assert sum(one.count for one in right) >= round(22 * item.analysis.facility)


def test_the_command_prints_every_figure(app: Flask, bank: Bank) -> None:
    shown = command(app, "stats", bank.name)
    assert shown.exit_code == 0 and len(shown.output.splitlines()) == 3
    report = json.loads(command(app, "stats", bank.name, "--json").output)
    assert {"facility", "discrimination", "efficiency", "options", "suspicions"} <= set(
        report["items"][0]
    )
    assert command(app, "stats", "没有").exit_code == 1


def test_a_bank_is_written_and_read_back(app: Flask, bank: Bank, tmp_path: Path) -> None:
    file = tmp_path / "bank.json"
    done = command(app, "export", bank.name, "--format", "json", "-o", str(file))
    assert (done.exit_code, done.output.split()[-1]) == (0, "3")
    again = command(app, "import", str(file), "--bank", "另一个", "--json")
    counts = json.loads(again.output)["counts"]
    assert (counts["found"], counts["ready"]) == (3, 3)
    assert command(app, "export", "没有", "--format", "json", "-o", str(file)).exit_code == 1


def test_an_author_reads_it_on_a_page(make: Make, sign_in: SignIn, bank: Bank) -> None:
    db.session.remove()
    page = sign_in(make.member(role="author")).get(f"/author/banks/{bank.id}/statistics")
    assert page.status_code == 200
    assert "答对率" in page.text and "没有作答" in page.text
    db.session.remove()
    branch = make.branch()
    elsewhere = make.member(branch)
    with transaction() as session:
        people.grant(session, session.merge(elsewhere), "author", branch, by=None, at=NOON)
    assert sign_in(elsewhere).get(f"/author/banks/{bank.id}/statistics").status_code == 404
    assert sign_in(make.member()).get(f"/author/banks/{bank.id}/statistics").status_code == 403
