"""``flask screen``."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.db import transaction
from app.live import services
from app.organisation import queries as organisation

screen = AppGroup("screen", help="Hall screens.")


@screen.command()
@click.option("--branch", "code", required=True, help="Code of the branch whose board it shows.")
@click.option("--title", default="", help="Words at the top; the branch's name if not given.")
@click.option("--days", default=30, show_default=True, help="Days for which it works.")
def create(code: str, title: str, days: int) -> None:
    """Print the address of a new hall screen, once."""
    with transaction() as session:
        branch = organisation.by_code(session, code)
        if branch is None:
            raise click.ClickException(f"no branch {code}")
        token = services.create_screen(
            session, title or branch.name, branch, by=None, at=clock.now(), days=days
        )
    host, port = current_app.config["HOST"], current_app.config["PORT"]
    click.echo(f"http://{host}:{port}/screen/{token}")
