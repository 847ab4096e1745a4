"""Mingdeng 明灯: the application, put together from its features."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from app import models as models
from app import operations
from app.core import (
    answers,
    assets,
    config,
    db,
    i18n,
    rates,
    security,
    templating,
)
from app.core.lazily import CommandLine
from app.core.numbers import IdConverter
from app.home import navigation
from app.members import access, looks
from app.policy import policy_table
from app.routes import BLUEPRINTS, COMMANDS


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the application, configured by the environment and then by *overrides*.

    :raises app.core.config.BadSetting: for a setting it cannot run with.
    :raises app.core.policy.UndeclaredEndpoint: when an endpoint has no policy.
    """
    app = Flask(
        "app",
        root_path=str(config.ROOT / "app"),
        static_folder=str(config.ROOT / "static"),
        template_folder=str(config.ROOT / "templates"),
    )
    app.url_map.converters["int"] = IdConverter
    app.config.from_mapping(config.flask_config())
    app.config.from_mapping(overrides or {})
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for part in (db, i18n, rates, security, assets, templating, answers, access, looks, navigation):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    operations.init_app(app)
    app.cli = CommandLine(COMMANDS)
    security.guard(app, policy_table(app), access.gatekeeper)
    return app
