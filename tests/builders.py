"""Builders of people and things, a signed-in browser, and a clock to set."""

import contextvars
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event

from app.core import clock
from app.core.db import db, transaction
from app.members import services as people
from app.members.models import Member
from app.organisation import services as organisation
from app.organisation.models import Branch

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@dataclass
class Make:
    """Makes rows, each in its own transaction; without arguments a plausible one."""

    count: int = 0
    root: Branch | None = None
    branches: list[Branch] = field(default_factory=list)

    def number(self) -> int:
        """Return the next number, so that every made thing differs."""
        self.count += 1
        return self.count

    def organisation(self) -> Branch:
        """Return the root of the tree, made on first use."""
        if self.root is None:
            with transaction() as session:
                self.root = organisation.add_branch(
                    session, "ROOT", "测试矿党委", parent=None, level="committee"
                )
        return self.root

    def branch(self, name: str = "", **given: Any) -> Branch:
        """Return a new branch below the root."""
        root, number = self.organisation(), self.number()
        with transaction() as session:
            made = organisation.add_branch(
                session, f"B{number:02}", name or f"第{number}党支部", parent=root, **given
            )
        self.branches.append(made)
        return made

    def member(self, branch: Branch | None = None, *, role: str = "", **given: Any) -> Member:
        """Return a new member; *role* is held over the whole tree."""
        home, number = branch or self.branch(), self.number()
        password = given.pop("password", "")
        with transaction() as session:
            made = people.add_member(
                session,
                given.pop("no", f"M{number:04}"),
                given.pop("name", f"张三{number}"),
                home,
                at=clock.now(),
                password=password,
                **given,
            )
            if role:
                people.grant(session, made, role, self.organisation(), by=None, at=clock.now())
        return made


@pytest.fixture
def make(app: Flask) -> Make:
    """Builders over the test's database."""
    return Make()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Member], FlaskClient]:
    """Return a browser signed in as the member, that sends the CSRF token with every write."""

    def signed_in(member: Member) -> FlaskClient:
        with transaction() as session:
            login = people.open_login(session, member, at=clock.now()).id
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = login
            cookie["_fresh"] = True
        return with_csrf(app, client)

    return signed_in


def with_csrf(app: Flask, client: FlaskClient) -> FlaskClient:
    """Let *client* send a valid CSRF token in its header, as our pages do."""
    raw, token = contextvars.Context().run(_new_token, app)
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = raw
    client.environ_base["HTTP_X_CSRFTOKEN"] = token
    return client


def _new_token(app: Flask) -> tuple[str, str]:
    with app.test_request_context():
        token = generate_csrf()
        return session["csrf_token"], token


@pytest.fixture
def at(app: Flask) -> Iterator[Callable[[datetime], None]]:
    """Set the clock; it stands still until it is set again."""
    running: list[time_machine.travel] = []

    def travel(moment: datetime) -> None:
        if running:
            running.pop().stop()
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        running.append(traveller)

    yield travel
    if running:
        running.pop().stop()


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement since the start of the test, transaction control included."""
    seen: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)
