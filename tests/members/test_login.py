"""Login: the same words for a wrong password and an unknown number; sessions that end at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core import clock
from app.core.db import db, transaction
from app.members import passwords, services
from app.members.models import Member
from tests.builders import Make, with_csrf
from tests.databases import configure

PASSWORD = "lamp-light-7"


def log_in(app: Flask, no: str, password: str, next_: str = "/me") -> tuple[FlaskClient, object]:
    client = with_csrf(app, app.test_client())
    form = {"no": no, "password": password, "next": next_}
    return client, client.post("/login", data=form)


def test_the_right_password_continues_where_one_wanted_to_go(app: Flask, make: Make) -> None:
    member = make.member(password=PASSWORD)
    client, response = log_in(app, f" {member.no.lower()} ", PASSWORD)
    assert (response.status_code, response.location) == (303, "/me")  # type: ignore[attr-defined]
    assert client.get("/me").status_code == 200


def test_a_wrong_password_and_an_unknown_number_look_alike(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, hashed = make.member(password=PASSWORD), []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda s, p: hashed.append(s) or real(s, p))
    answers = [log_in(app, no, "wrong-password")[1] for no in (member.no, "NOBODY")]
    texts = [a.text.replace(n, "?") for a, n in zip(answers, (member.no, "NOBODY"), strict=True)]  # type: ignore[attr-defined]
    strip = [t.split("csrf-token")[0] + t.split("</h1>")[1].split("csrf_token")[0] for t in texts]
    assert [a.status_code for a in answers] == [422, 422]  # type: ignore[attr-defined]
    assert strip[0] == strip[1]
    assert len(hashed) == 2


def test_an_unknown_number_costs_the_hash_that_a_known_one_does() -> None:
    made = passwords.hashed(PASSWORD)
    assert passwords.NOBODY.rsplit("$", 2)[0] == made.rsplit("$", 2)[0]
    assert [len(part) for part in passwords.NOBODY.split("$")] == [len(p) for p in made.split("$")]


def test_a_deactivated_member_is_out_at_the_next_request(
    make: Make, sign_in: Callable[[Member], FlaskClient]
) -> None:
    member = make.member()
    client = sign_in(member)
    assert client.get("/api/v1/me").status_code == 200
    with transaction() as session:
        session.merge(member).active = False
    assert client.get("/api/v1/me").status_code == 401


def test_logging_out_ends_the_login_everywhere_it_was_copied(
    app: Flask, make: Make, sign_in: Callable[[Member], FlaskClient]
) -> None:
    client = sign_in(make.member())
    copy = app.test_client()
    with client.session_transaction() as mine, copy.session_transaction() as theirs:
        theirs.update(mine)
    assert copy.get("/api/v1/me").status_code == 200
    assert client.post("/logout").status_code == 303
    assert copy.get("/api/v1/me").status_code == 401


def test_a_new_password_ends_other_logins_and_needs_the_old_one(
    make: Make, sign_in: Callable[[Member], FlaskClient]
) -> None:
    member = make.member(password=PASSWORD)
    here, there = sign_in(member), sign_in(member)
    new = "kettle-bronze-41"
    wrong = here.post("/me/password", data={"old": "x", "new": new, "again": new})
    assert wrong.status_code == 422
    assert (
        here.post("/me/password", data={"old": PASSWORD, "new": new, "again": new}).status_code
        == 303
    )
    assert (here.get("/me").status_code, there.get("/me").status_code) == (200, 401)


@pytest.mark.parametrize("weak", ["short1", "12345678", "woaini1314", "password1", "M0002abc"])
def test_a_password_that_is_guessed_first_is_refused(
    make: Make, sign_in: Callable[[Member], FlaskClient], weak: str
) -> None:
    client = sign_in(make.member(password=PASSWORD))
    form = {"old": PASSWORD, "new": weak, "again": weak}
    assert client.post("/me/password", data=form).status_code == 422


def test_a_bearer_token_is_a_login_of_its_own(app: Flask, make: Make) -> None:
    with transaction() as session:
        member = session.merge(make.member(role="organiser"))
    with transaction() as session:
        token = services.create_token(session, member, at=clock.now())
    client = app.test_client()
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json
    assert (me["no"], me["roles"][0]["role"]) == (member.no, "organiser")
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer x"}).status_code == 401


def test_an_organiser_grants_only_inside_the_own_subtree(
    make: Make, sign_in: Callable[[Member], FlaskClient]
) -> None:
    mine, theirs = make.branch(), make.branch()
    chief, stranger, own = make.member(mine), make.member(theirs), make.member(mine)
    with transaction() as session:
        services.grant(session, chief, "organiser", mine, by=None, at=clock.now())
    client = sign_in(chief)
    form = {"role": "author", "branch": mine.code}
    assert client.post(f"/organise/people/{own.id}/roles", data=form).status_code == 303
    assert client.post(f"/organise/people/{stranger.id}/roles", data=form).status_code == 404
    form["branch"] = "ROOT"
    assert client.post(f"/organise/people/{own.id}/roles", data=form).status_code == 404
    assert stranger.no not in client.get("/organise/people").text


@pytest.mark.parametrize("redis", ["", "redis://127.0.0.1:1/0"])
def test_guessing_is_slowed_down_for_one_number_and_address_only(
    app: Flask, make: Make, tmp_path: Path, redis: str
) -> None:
    victim, other = make.member(password=PASSWORD), make.member(password=PASSWORD)
    settings = configure(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    limited = create_app({**settings, "LOGIN_LIMIT": "3 per minute", "REDIS_URL": redis})
    guesses = [log_in(limited, victim.no, "wrong")[1].status_code for _ in range(4)]  # type: ignore[attr-defined]
    assert guesses == [422, 422, 422, 429]
    assert log_in(limited, other.no, PASSWORD)[1].status_code == 303  # type: ignore[attr-defined]
    with limited.app_context():
        db.session.remove()
        db.engine.dispose()
