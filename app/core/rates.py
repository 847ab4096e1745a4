"""How often something may fail in a while: counted in Redis, or in this process without it."""

from typing import cast

from flask import Flask, current_app
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from app.core.errors import TooMany


class Rates:
    """Counters that outlive a lost Redis: this process then counts by itself."""

    def __init__(self, redis_url: str) -> None:
        own: Storage = MemoryStorage()
        shared = storage_from_string(redis_url, wrap_exceptions=True) if redis_url else own
        self._shared = SlidingWindowCounterRateLimiter(cast(Storage, shared))
        self._own = SlidingWindowCounterRateLimiter(own)

    def is_left(self, limit: RateLimitItem, key: str) -> bool:
        """Tell whether *key* may fail once more."""
        try:
            return self._shared.test(limit, key)
        except StorageError:
            return self._own.test(limit, key)

    def count(self, limit: RateLimitItem, key: str) -> None:
        """Count one failure of *key*."""
        try:
            self._shared.hit(limit, key)
        except StorageError:
            self._own.hit(limit, key)


def init_app(app: Flask) -> None:
    """Give *app* its counters."""
    app.extensions["rates"] = Rates(app.config["REDIS_URL"])


def refuse_when_spent(setting: str, key: str) -> None:
    """Refuse when *key* has failed as often as the *setting*, such as ``10 per minute``, allows.

    :raises TooMany: until enough of the failures are old.
    """
    if not _rates().is_left(_limit(setting), key):
        raise TooMany()


def count_failure(setting: str, key: str) -> None:
    """Count one failure of *key* against the *setting*."""
    _rates().count(_limit(setting), key)


def _limit(setting: str) -> RateLimitItem:
    return parse(str(current_app.config[setting]))


def _rates() -> Rates:
    rates: Rates = current_app.extensions["rates"]
    return rates
