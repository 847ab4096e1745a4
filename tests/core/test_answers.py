"""Refusals look right: a page for people, problem+json for programs, a fragment for htmx."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.pages import safe_next


def test_an_unknown_address_is_a_friendly_404(app: Flask) -> None:
    response = app.test_client().get("/nothing-here", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "没有找到" in response.text


def test_an_unknown_api_address_is_problem_json(app: Flask) -> None:
    response = app.test_client().get("/api/v1/nothing-here")
    assert response.content_type == "application/problem+json"
    assert response.json["error"] == "not_found"


def test_a_full_disk_answers_503_and_when_to_retry(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(Session, "execute", full)
    for path in ("/readyz", "/api/v1/boards", "/"):
        response = app.test_client().get(path, headers={"Authorization": "Bearer x"})
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "bad",
    ["//example.com", "/\\example.com", "\\\\example.com", "http:///x", "https://example.com",
     "//%09/x", "/\x08//x", "javascript:alert(1)", "x", "", None, "/ /x", "/\t/x", "///x"],
)  # fmt: skip
def test_a_login_never_continues_on_another_site(bad: str | None) -> None:
    assert safe_next(bad) == "/"
    assert safe_next("/quizzes?a=1") == "/quizzes?a=1"
