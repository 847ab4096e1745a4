"""The whole URL space and command line in two tuples."""

from app.members import cli as members_cli
from app.members import views as members_views
from app.points import api as points_api
from app.points import cli as points_cli
from app.standings import api as standings_api
from app.standings import cli as standings_cli
from app.standings import views as standings_views

BLUEPRINTS = (
    members_views.bp,
    points_api.bp,
    standings_views.bp,
    standings_api.bp,
)

COMMANDS = (
    members_cli.member,
    members_cli.token,
    points_cli.ledger,
    standings_cli.standings,
)
