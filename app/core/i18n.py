"""The reader's language and look: Chinese first, English complete."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale

LANGUAGES = ("zh", "en")

babel = Babel()


def init_app(app: Flask) -> None:
    """Choose the locale per request and tell templates the value of ``<html lang>``."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, locale_selector=choose, timezone_selector=lambda: app.config["TIMEZONE"])
    app.jinja_env.globals["html_lang"] = html_lang


def choose() -> str:
    """Return the member's language, the cookie's or the browser's best; Chinese if none fits."""
    if not has_request_context():
        return "zh"
    for wish in (getattr(g, "locale", None), request.cookies.get("lang")):
        if wish in LANGUAGES:
            return wish
    # Browsers send en-US by default on many phones sold here, so only a clear wish counts.
    return request.accept_languages.best_match(LANGUAGES, default="zh") or "zh"


def html_lang() -> str:
    """Return the language tag for ``<html lang>``."""
    return "en" if str(get_locale()) == "en" else "zh-CN"
