"""Default deny, CSRF and headers."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.policy import PUBLIC, UndeclaredEndpoint, check_table
from app.policy import policy_table


def test_an_endpoint_without_policy_stops_the_start(app: Flask) -> None:
    table = policy_table(app)
    check_table(app, table)
    table.pop("members.login")
    with pytest.raises(UndeclaredEndpoint, match="members.login"):
        check_table(app, table)


def test_a_policy_without_endpoint_stops_the_start(app: Flask) -> None:
    with pytest.raises(UndeclaredEndpoint, match="ghost"):
        check_table(app, {**policy_table(app), "ghost": PUBLIC})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-CSRFToken": "wrong"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example"},
    ],
)
def test_a_write_without_our_token_is_refused(
    make: object, sign_in: Callable[..., FlaskClient], headers: dict[str, str]
) -> None:
    client = sign_in(make.member())  # type: ignore[attr-defined]
    if "Sec-Fetch-Site" not in headers and "Origin" not in headers:
        client.environ_base.pop("HTTP_X_CSRFTOKEN")
    assert client.post("/logout", headers=headers).status_code == 400
    assert client.get("/api/v1/me").status_code == 200


def test_every_answer_is_private_and_has_a_policy_for_content(app: Flask) -> None:
    headers = app.test_client().get("/login").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
