"""Figures that cost a pass over all members: kept for some seconds, computed by one at a time."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")

#: Keys kept at most; the oldest goes.
MOST = 64


class Kept(Generic[T]):
    """Values that are fresh for some seconds; all who ask for a stale one wait for one answer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._values: dict[Hashable, tuple[float, T]] = {}
        self._locks: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of *key*, made by *make* unless a fresh one is kept."""
        asked = time.monotonic()
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            kept = self._values.get(key)
            # One that was begun while we waited is as fresh as our own would be.
            if kept is not None and kept[0] + self.seconds > asked:
                return kept[1]
            began = time.monotonic()
            value = make()
            self._keep(key, began, value)
            return value

    def _keep(self, key: Hashable, began: float, value: T) -> None:
        with self._guard:
            self._values.pop(key, None)
            self._values[key] = (began, value)
            while len(self._values) > MOST:
                oldest = next(iter(self._values))
                del self._values[oldest]
                self._locks.pop(oldest, None)
