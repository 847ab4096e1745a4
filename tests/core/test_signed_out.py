"""Whose login ended while they typed: the text is still there, and so is the way back."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import db, transaction
from app.members import services
from tests.builders import NOON, Make

SignIn = Callable[..., FlaskClient]
OURS = {"Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/me/settings"}


def signed_out(make: Make, sign_in: SignIn) -> FlaskClient:
    member = make.member(password="lampe-und-licht-7")
    client = sign_in(member)
    assert client.get("/me/settings").status_code == 200
    with transaction() as session:
        services.set_password(
            session, session.merge(member), "andere-lampe-9", by=member.id, at=NOON
        )
    db.session.remove()
    return client


def test_what_was_typed_is_shown_again(make: Make, sign_in: SignIn) -> None:
    form = {"locale": "zh", "note": "三小时的<b>心血</b>"}
    answer = signed_out(make, sign_in).post("/me/settings", data=form, headers=OURS)
    assert answer.status_code == 401
    assert "三小时的&lt;b&gt;心血&lt;/b&gt;" in answer.text
    assert "/login?next=/me/settings" in answer.text


def test_another_site_cannot_have_its_text_shown(make: Make, sign_in: SignIn) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    client = signed_out(make, sign_in)
    assert "心血" not in client.post("/me/settings", data={"a": "心血"}, headers=foreign).text


def test_a_page_asked_for_without_a_login_comes_after_it(app: Flask) -> None:
    assert "next=/me/settings" in app.test_client().get("/me/settings").text


@pytest.mark.parametrize(
    "path", ["/me/password", "/organise/people/new", "/organise/people/1/password"]
)
def test_a_password_is_never_shown_again(make: Make, sign_in: SignIn, path: str) -> None:
    form = {"old": "geheim-alt", "new": "geheim-neu", "again": "geheim-neu", "password": "geheim"}
    answer = signed_out(make, sign_in).post(path, data=form, headers=OURS)
    assert answer.status_code == 401 and "geheim" not in answer.text


def test_a_long_text_is_shown_again_and_a_longer_one_is_no_failure(
    make: Make, sign_in: SignIn
) -> None:
    client, path = signed_out(make, sign_in), "/organise/lessons/courses/x/new"
    for size, kind in ((30_000, "multipart/form-data"), (900_000, None)):
        answer = client.post(path, data={"body": "心" * size}, headers=OURS, content_type=kind)
        assert (answer.status_code, "心心心" in answer.text) == (401, size < 100_000)
