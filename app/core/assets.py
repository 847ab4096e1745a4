"""Addresses of static files that may be cached for ever, because they name their content."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app


def init_app(app: Flask) -> None:
    """Give templates ``asset('css/app.css')``."""
    app.jinja_env.globals["asset"] = asset


def asset(path: str) -> str:
    """Return the address of the static file *path* with its content's hash as version."""
    return f"/static/{path}?v={_digest(str(current_app.static_folder), path)}"


@lru_cache(maxsize=512)
def _digest(folder: str, path: str) -> str:
    return hashlib.sha256((Path(folder) / path).read_bytes()).hexdigest()[:10]
