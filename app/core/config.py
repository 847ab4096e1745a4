"""The settings: every one is a ``MINGDENG_*`` environment variable with a default that works."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Setting:
    """One setting: its variable without the prefix, its default as text, its meaning."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DATABASE_URL", "", "database; empty: an SQLite file in instance/"),
    Setting("REDIS_URL", "", "Redis for rate limits and jobs; empty: none is needed"),
    Setting("SECRET_KEY", "", "signs cookies; empty: made once and kept in instance/secret_key"),
    Setting(
        "LEDGER_KEY", "", "seals ledger entries; empty: made once, kept in instance/ledger_key"
    ),
    Setting(
        "TIMEZONE", "Asia/Shanghai", "the organisation's time zone: its days, weeks and months"
    ),
    Setting("HOST", "127.0.0.1", "address that flask serve listens on"),
    Setting("PORT", "8000", "port that flask serve listens on"),
    Setting("WORKERS", "2", "server processes of flask serve"),
    Setting("INSTANCE", "", "folder for the database, keys and uploads; empty: instance/"),
    Setting("HTTPS", "0", "1 behind TLS: Secure __Host- cookies and HSTS"),
    Setting("PROXIES", "0", "how many trusted proxies set X-Forwarded-For and -Proto"),
    Setting("TRUSTED_HOSTS", "", "comma-separated host names to answer; empty: any"),
    Setting("METRICS", "0", "1 switches /metrics on"),
    Setting("DEVELOPMENT", "0", "1 shows /components"),
    Setting("LOGIN_HOURS", "12", "hours after which a login ends, 1 to 720"),
    Setting("LOGIN_LIMIT", "10 per minute", "wrong logins for one staff number and address"),
    Setting("JOBS", "1", "0: flask serve starts no background jobs (another process does)"),
)


class BadSetting(ValueError):
    """A setting has a value that the product cannot run with."""


def read(environ: Mapping[str, str]) -> dict[str, str]:
    """Return every setting by name, from *environ* or its default."""
    return {s.name: environ.get(f"MINGDENG_{s.name}", s.default) for s in SETTINGS}


def flask_config(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the Flask configuration that the environment asks for.

    Makes the instance folder and the two keys when they are missing.

    :raises BadSetting: naming the variable, if a value cannot be used.
    """
    values = read(os.environ if environ is None else environ)
    instance = Path(values["INSTANCE"] or ROOT / "instance").absolute()
    instance.mkdir(parents=True, exist_ok=True)
    https = values["HTTPS"] == "1"
    return {
        **values,
        "INSTANCE": instance,
        "PROXIES": _whole("PROXIES", values["PROXIES"], 0, 9),
        "PORT": _whole("PORT", values["PORT"], 1, 65535),
        "WORKERS": _whole("WORKERS", values["WORKERS"], 1, 64),
        "LOGIN_HOURS": _whole("LOGIN_HOURS", values["LOGIN_HOURS"], 1, 720),
        "TRUSTED_HOSTS": [h.strip() for h in values["TRUSTED_HOSTS"].split(",") if h.strip()]
        or None,
        "SECRET_KEY": values["SECRET_KEY"] or _kept_key(instance / "secret_key"),
        "LEDGER_KEY": values["LEDGER_KEY"] or _kept_key(instance / "ledger_key"),
        "SQLALCHEMY_DATABASE_URI": database_url(values["DATABASE_URL"], instance),
        "HTTPS": https,
        "SESSION_COOKIE_NAME": "__Host-mingdeng" if https else "mingdeng",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "MAX_FORM_PARTS": 1000,
        "MAX_FORM_MEMORY_SIZE": 512 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "BABEL_DEFAULT_LOCALE": "zh",
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
    }


def database_url(given: str, instance: Path) -> str:
    """Return the SQLAlchemy address for *given*, or the SQLite file in *instance* when empty."""
    if not given:
        return f"sqlite:///{instance / 'mingdeng.db'}"
    for old in ("postgres://", "postgresql://"):
        if given.startswith(old):
            return "postgresql+psycopg://" + given.removeprefix(old)
    return given


def _whole(name: str, text: str, low: int, high: int) -> int:
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadSetting(f"MINGDENG_{name}={text!r}: expected a whole number from {low} to {high}")
    return int(text)


def _kept_key(path: Path) -> str:
    """Return the key kept in *path*, made on the first start; two starters agree on one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_hex(32)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
