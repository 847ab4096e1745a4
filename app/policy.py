"""The policy of every endpoint, gathered from the features; anything missing stops the start."""

from flask import Flask

from app.admin import access as admin
from app.competitions import access as competitions
from app.core.policy import PUBLIC, Policy
from app.home import access as home
from app.lessons import access as lessons
from app.live import access as live
from app.members import access as members
from app.points import access as points
from app.questions import access as questions
from app.quizzes import access as quizzes
from app.quizzes import page_policy as quiz_pages
from app.standings import access as standings

TABLES = (
    members.POLICY,
    questions.POLICY,
    points.POLICY,
    lessons.POLICY,
    quiz_pages.PAGES,
    standings.POLICY,
    quizzes.POLICY,
    competitions.POLICY,
    live.POLICY,
    home.POLICY,
    admin.POLICY,
)

OWN = {
    "static": PUBLIC,
    "openapi.describe": PUBLIC,
    "operations.healthz": PUBLIC,
    "operations.readyz": PUBLIC,
}


def policy_table(app: Flask) -> dict[str, Policy]:
    """Return endpoint → policy for *app*; the components page exists only in development."""
    table = dict(OWN)
    for one in TABLES:
        table.update(one)
    if "operations.components" in app.view_functions:
        table["operations.components"] = PUBLIC
    if "operations.metrics" in app.view_functions:
        table["operations.metrics"] = PUBLIC
    return table
