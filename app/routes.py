"""The whole URL space and command line in two tuples."""

from app import jobs, openapi, serving
from app.admin import views as admin_views
from app.competitions import organise_views as organise_competitions
from app.competitions import views as competitions_views
from app.demo import cli as demo_cli
from app.home import views as home_views
from app.lessons import organise_views as organise_lessons
from app.lessons import views as lessons_views
from app.live import cli as live_cli
from app.live import views as live_views
from app.members import api as members_api
from app.members import cli as members_cli
from app.members import people_views, settings_views
from app.members import views as members_views
from app.points import api as points_api
from app.points import cli as points_cli
from app.questions import cli as questions_cli
from app.questions import import_views
from app.questions import views as questions_views
from app.quizzes import api as quizzes_api
from app.quizzes import organise_views as organise_quizzes
from app.quizzes import views as quizzes_views
from app.standings import api as standings_api
from app.standings import cli as standings_cli
from app.standings import views as standings_views

BLUEPRINTS = (
    openapi.bp,
    home_views.bp,
    members_views.bp,
    members_api.bp,
    settings_views.bp,
    people_views.bp,
    questions_views.bp,
    import_views.bp,
    points_api.bp,
    lessons_views.bp,
    organise_lessons.bp,
    quizzes_views.bp,
    organise_quizzes.bp,
    standings_views.bp,
    quizzes_api.bp,
    standings_api.bp,
    competitions_views.bp,
    organise_competitions.bp,
    live_views.bp,
    admin_views.bp,
)

COMMANDS = (
    serving.serve,
    jobs.jobs,
    demo_cli.demo,
    members_cli.member,
    members_cli.token,
    questions_cli.bank,
    points_cli.ledger,
    standings_cli.standings,
    live_cli.screen,
)
