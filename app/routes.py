"""The whole URL space and the whole command line."""

from collections.abc import Mapping

from app import openapi
from app.admin import branch_views, rota_views, work_views
from app.admin import views as admin_views
from app.competitions import manage_views as manage_competitions
from app.competitions import organise_views as organise_competitions
from app.competitions import views as competitions_views
from app.core.lazily import Spoken
from app.home import views as home_views
from app.lessons import course_views, part_views
from app.lessons import organise_views as organise_lessons
from app.lessons import views as lessons_views
from app.live import views as live_views
from app.members import api as members_api
from app.members import people_import_views, people_views, person_views, settings_views
from app.members import views as members_views
from app.members import work_views as people_work_views
from app.points import api as points_api
from app.questions import bank_views, import_views, writing_views
from app.questions import views as questions_views
from app.quizzes import api as quizzes_api
from app.quizzes import organise_views as organise_quizzes
from app.quizzes import publish_views, statistics_views
from app.quizzes import views as quizzes_views
from app.standings import api as standings_api
from app.standings import views as standings_views

BLUEPRINTS = (
    openapi.bp,
    home_views.bp,
    members_views.bp,
    members_api.bp,
    settings_views.bp,
    people_views.bp,
    people_work_views.bp,
    people_import_views.bp,
    person_views.bp,
    questions_views.bp,
    bank_views.bp,
    writing_views.bp,
    import_views.bp,
    points_api.bp,
    lessons_views.bp,
    organise_lessons.bp,
    course_views.bp,
    part_views.bp,
    quizzes_views.bp,
    organise_quizzes.bp,
    publish_views.bp,
    statistics_views.bp,
    standings_views.bp,
    quizzes_api.bp,
    standings_api.bp,
    competitions_views.bp,
    organise_competitions.bp,
    manage_competitions.bp,
    live_views.bp,
    admin_views.bp,
    branch_views.bp,
    work_views.bp,
    rota_views.bp,
)

#: Each word of ``flask`` and where it is defined, for a group also what features above it add; a
#: server never imports them.
COMMANDS: Mapping[str, Spoken] = {
    "serve": "app.serving:serve",
    "jobs": "app.jobs:jobs",
    "demo": "app.demo.cli:demo",
    "member": "app.members.cli:member",
    "token": "app.members.cli:token",
    "bank": ("app.questions.cli:bank", {"stats": "app.quizzes.cli:stats"}),
    "ledger": "app.points.cli:ledger",
    "standings": "app.standings.cli:standings",
    "screen": "app.live.cli:screen",
    "db": "app.core.migrations_cli:migrations",
    "settings": "app.core.settings_cli:settings",
}
