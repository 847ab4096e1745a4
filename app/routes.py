"""The whole URL space and command line in two tuples."""

from app.members import cli as members_cli
from app.members import views as members_views

BLUEPRINTS = (members_views.bp,)

COMMANDS = (members_cli.member, members_cli.token)
