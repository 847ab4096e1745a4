"""Pages for operators and developers: liveness, readiness, the component gallery."""

from flask import Blueprint, Flask, Response, jsonify, render_template
from sqlalchemy import text

from app.core import migrations_cli
from app.core.db import db

bp = Blueprint("operations", __name__)


def init_app(app: Flask) -> None:
    """Mount the pages; the gallery only in development."""
    app.register_blueprint(bp)
    if app.config["DEVELOPMENT"] == "1":
        app.add_url_rule("/components", "operations.components", components)


@bp.get("/healthz")
def healthz() -> Response:
    """Answer as long as the process lives."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Answer 200 when the database is reachable and has every migration, else 503."""
    db.session.execute(text("SELECT 1"))
    current = migrations_cli.is_current()
    return jsonify(status="ok" if current else "migrations missing"), 200 if current else 503


def components() -> str:
    """Show every component in every state."""
    return render_template("components/page.html")
