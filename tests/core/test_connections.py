"""A pooled connection that the database closed costs nobody, or one request a process."""

from collections.abc import Callable

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db as database
from app.core.db import db
from tests.builders import Make


def end_connections(app: Flask) -> None:
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        pytest.skip("SQLite has no server that could close a connection")
    db.session.remove()
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    plain = url.set(drivername="postgresql", database="postgres")
    with psycopg.connect(plain.render_as_string(False), autocommit=True) as server:
        server.execute(others, [url.database])


@pytest.mark.parametrize(("rested", "statuses"), [(0.0, [200, 200]), (60.0, [503, 200])])
def test_a_closed_connection_is_replaced(
    app: Flask, make: Make, sign_in: Callable[..., FlaskClient],
    monkeypatch: pytest.MonkeyPatch, rested: float, statuses: list[int],
) -> None:  # fmt: skip
    client = sign_in(make.member())
    assert client.get("/quizzes").status_code == 200
    end_connections(app)
    monkeypatch.setattr(database, "RESTED", rested)
    assert [client.get("/quizzes").status_code for _ in statuses] == statuses
    # What this test broke is not left for the next one to find.
    db.session.remove()
    db.engine.dispose()
