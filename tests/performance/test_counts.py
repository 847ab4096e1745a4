"""What does not vary is gated exactly: statements per attempt, page weight and requests."""

import gzip
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.core.db import db
from tests.builders import Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import save, start, submit

SignIn = Callable[..., FlaskClient]

#: Statements of a whole 20-question attempt with its board page, BEGIN and COMMIT included.
ATTEMPT_STATEMENTS = 105
#: Compressed bytes of a first view on a phone, and of its JavaScript.
PAGE_BYTES, QUIZ_BYTES, SCRIPT_BYTES, REQUESTS = 60_000, 47_000, 25_000, 6
ASSET = re.compile(r'(?:src|href)="(/static/[^"#]+)')


@pytest.fixture
def ends(app: Flask) -> Iterator[list[str]]:
    """Every COMMIT and ROLLBACK, and on PostgreSQL, whose driver sends it unseen, every BEGIN."""
    seen: list[str] = []
    names = ["commit", "rollback"] + (["begin"] if db.engine.dialect.name != "sqlite" else [])
    notes = [(name, lambda _connection, name=name: seen.append(name)) for name in names]
    for name, note in notes:
        event.listen(db.engine, name, note)
    yield seen
    for name, note in notes:
        event.remove(db.engine, name, note)


def test_a_whole_attempt_costs_few_statements(
    make: Make, sign_in: SignIn, statements: list[str], ends: list[str]
) -> None:
    client = sign_in(make.member())
    quiz = b.quiz(make, each=20, blueprint=[
        {"type": "single_choice", "tag": None, "count": 10, "marks": 5},
        {"type": "true_false", "tag": None, "count": 10, "marks": 5},
    ])  # fmt: skip
    statements.clear()
    ends.clear()
    paper = start(client, quiz)
    client.get(f"/attempts/{paper['key']}")
    for slot, value in b.right(paper).items():
        assert save(client, paper, {slot: value}).status_code == 200
    assert submit(client, paper).json["score"] == 100
    client.get("/boards/members")
    assert len(statements) + len(ends) <= ATTEMPT_STATEMENTS


def weight(client: FlaskClient, path: str) -> tuple[int, int, int]:
    """Return compressed bytes in all, of JavaScript, and requests of a page's first view."""
    page = client.get(path)
    assert page.status_code == 200
    sizes = {"": len(gzip.compress(page.data, 6))}
    for address in set(ASSET.findall(page.text)):
        # Fetched only when somebody puts the page on the home screen.
        if not address.partition("?")[0].endswith((".png", ".webmanifest")):
            with client.get(address) as file:
                sizes[address] = len(gzip.compress(file.data, 6))
    scripts = sum(size for address, size in sizes.items() if ".js" in address)
    return sum(sizes.values()), scripts, len(sizes)


@pytest.mark.parametrize("path", ["/", "/learn", "/quizzes", "/boards", "/boards/members", "/me"])
def test_a_page_is_light(make: Make, sign_in: SignIn, path: str) -> None:
    b.quiz(make)
    total, scripts, requests = weight(sign_in(make.member()), path)
    assert total <= PAGE_BYTES
    assert scripts <= SCRIPT_BYTES
    assert requests <= REQUESTS


def test_an_open_quiz_is_lighter_still(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make, each=10))
    total, scripts, requests = weight(client, f"/attempts/{paper['key']}")
    assert (total <= QUIZ_BYTES, scripts <= SCRIPT_BYTES, requests <= REQUESTS) == (
        True,
        True,
        True,
    )


def test_an_answered_question_costs_less_than_a_kilobyte(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    paper = start(client, b.quiz(make))
    response = save(client, paper, {1: b.right(paper)[1]})
    assert len(response.data) + len(str(response.headers)) < 1024 + 512
