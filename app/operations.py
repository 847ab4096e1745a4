"""Pages for operators and developers: liveness, readiness, the component gallery."""

from flask import Blueprint, Flask, Response, jsonify, render_template
from sqlalchemy import func, select, text

from app.core import migrations_cli
from app.core.db import db
from app.points.models import PointEntry, PointSeal
from app.quizzes.models import STATES, Attempt

bp = Blueprint("operations", __name__)


def init_app(app: Flask) -> None:
    """Mount the pages; the gallery only in development."""
    app.register_blueprint(bp)
    if app.config["DEVELOPMENT"] == "1":
        app.add_url_rule("/components", "operations.components", components)
    if app.config["METRICS"] == "1":
        app.add_url_rule("/metrics", "operations.metrics", metrics)


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


def metrics() -> Response:
    """Return what the database knows, in Prometheus' text format. Two statements."""
    session = db.session()
    counted = select(Attempt.state, func.count()).group_by(Attempt.state)
    states = {row[0]: row[1] for row in session.execute(counted)}
    entries, seals = session.execute(
        select(
            select(func.count(PointEntry.id)).scalar_subquery(),
            select(func.count(PointSeal.seq)).scalar_subquery(),
        )
    ).one()
    lines = ["# TYPE mingdeng_attempts gauge"]
    lines += [f'mingdeng_attempts{{state="{s}"}} {states.get(s, 0)}' for s in STATES]
    lines += ["# TYPE mingdeng_ledger_entries gauge", f"mingdeng_ledger_entries {entries}"]
    lines += [
        "# TYPE mingdeng_ledger_unsealed gauge",
        f"mingdeng_ledger_unsealed {entries - seals}",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
