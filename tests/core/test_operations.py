"""Operators' pages: liveness, readiness, metrics only when switched on."""

from pathlib import Path

from flask import Flask

from app import create_app
from app.core.db import db
from tests.databases import configure


def test_the_process_is_alive_and_ready_on_a_migrated_database(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_metrics_are_there_only_when_switched_on(app: Flask, tmp_path: Path) -> None:
    assert app.test_client().get("/metrics").status_code == 404
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    counted = create_app({**configure(url, tmp_path), "METRICS": "1"})
    text = counted.test_client().get("/metrics").text
    with counted.app_context():
        db.engine.dispose()
    assert 'mingdeng_attempts{state="open"} 0' in text
    assert "mingdeng_ledger_unsealed 0" in text


def test_the_component_gallery_is_shown_in_development(app: Flask) -> None:
    assert app.test_client().get("/components").status_code == 200
