"""Every route against every kind of person (T24), pure GETs and CSRF on every write (T18)."""

import hashlib
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from app.core.db import Base, db
from app.core.policy import Policy
from app.policy import policy_table
from tests.builders import Make

SignIn = Callable[..., FlaskClient]


def routes(app: Flask) -> Iterator[tuple[str, str, str, Policy]]:
    """Yield (method, path, endpoint, policy) of every route, arguments filled with a stranger's."""
    table = policy_table(app)
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path_of(app, rule), rule.endpoint, table[rule.endpoint]


def path_of(app: Flask, rule: Rule) -> str:
    values = {
        name: 1 if isinstance(c, IntegerConverter) else "nobody-has-this"
        for name, c in rule._converters.items()
    }
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=None)


def checksum() -> str:
    """Return a digest of every row of every table, login bookkeeping included."""
    digest = hashlib.sha256()
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(table.select()).all()
            digest.update(repr((table.name, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()


def test_without_a_login_only_public_routes_answer(app: Flask, make: Make) -> None:
    make.organisation()
    wrong = []
    for method, path, endpoint, policy in routes(app):
        if method != "GET" or policy.kind == "public":
            continue
        status = app.test_client().get(path).status_code
        if status not in (401, 404 if policy.kind == "loaded" else 401):
            wrong.append(f"{endpoint}: {status}")
    assert wrong == []


@pytest.mark.parametrize("role", ["", "secretary", "author", "organiser", "auditor"])
def test_a_role_opens_its_own_routes_and_no_others(
    app: Flask, make: Make, sign_in: SignIn, role: str
) -> None:
    client = sign_in(make.member(role=role))
    wrong = []
    for method, path, endpoint, policy in routes(app):
        if endpoint in ("members.sign_out", "static"):
            continue
        status = client.open(path, method=method).status_code
        refused = policy.kind == "role" and role not in policy.roles
        if status >= 500 or refused != (status == 403):
            wrong.append(f"{method} {endpoint} as {role or 'member'}: {status}")
    assert wrong == []


def test_reading_changes_nothing(app: Flask, make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="organiser"))
    before = checksum()
    for method, path, _, _ in routes(app):
        if method == "GET":
            client.get(path)
    assert checksum() == before


@pytest.mark.parametrize("forged", ["none", "wrong", "cross-site"])
def test_no_write_passes_without_our_own_token(
    app: Flask, make: Make, sign_in: SignIn, forged: str
) -> None:
    client = sign_in(make.member(role="organiser"))
    headers = {}
    if forged != "cross-site":
        client.environ_base.pop("HTTP_X_CSRFTOKEN")
    if forged == "wrong":
        headers["X-CSRFToken"] = "not-a-token"
    if forged == "cross-site":
        headers["Sec-Fetch-Site"] = "cross-site"
    before, wrong = checksum(), []
    for method, path, endpoint, _ in routes(app):
        if method != "GET" and client.open(path, method=method, headers=headers).status_code != 400:
            wrong.append(f"{method} {endpoint}")
    assert (wrong, checksum()) == ([], before)
