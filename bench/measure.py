"""Measuring: CPU time of requests called in this process, A B A B, as a ratio pair by pair.

CPU is this process's and, on PostgreSQL, that of the server processes behind its connections.
"""

import gc
import io
import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

Call = Callable[[], object]
Answer = tuple[int, dict[str, str], bytes]


def nothing() -> None:
    """Do nothing."""


def no_backends() -> list[int]:
    """Return that no other process works for this one."""
    return []


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one call: CPU, and by the clock on the wall."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Ratio:
    """Ratios of A to B, pair by pair, and the median cost of each."""

    cpu: list[float]
    wall: list[float]
    a: Cost
    b: Cost

    @property
    def median(self) -> float:
        """Return the median of the CPU ratios."""
        return statistics.median(self.cpu)

    @property
    def wall_median(self) -> float:
        """Return the median of the ratios by the clock on the wall."""
        return statistics.median(self.wall)

    def __str__(self) -> str:
        """Return the ratio and its spread in one line."""
        spread = f"{min(self.cpu):.2f}-{max(self.cpu):.2f}"
        return f"{self.median:.2f} x ({spread}; {self.a.cpu:.2f} / {self.b.cpu:.2f} ms)"


def cost(call: Call, times: int, *, before: Call = nothing, backends: Iterable[int] = ()) -> Cost:
    """Return what one *call* costs, the mean over *times*; *before* each runs uncounted."""
    pids = list(backends)
    gc.collect()
    gc.disable()
    cpu = wall = 0
    try:
        for _ in range(times):
            before()
            theirs, mine, clock = _theirs(pids), time.process_time_ns(), time.perf_counter_ns()
            call()
            wall += time.perf_counter_ns() - clock
            cpu += time.process_time_ns() - mine + _theirs(pids) - theirs
    finally:
        gc.enable()
    return Cost(cpu / times / 1e6, wall / times / 1e6)


def _theirs(pids: Iterable[int]) -> int:
    """Return the CPU nanoseconds that the processes *pids* have used; 0 where nothing says so."""
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            continue
    return total


def ratio(
    a: Call,
    b: Call,
    *,
    pairs: int,
    times: tuple[int, int] = (60, 60),
    before: Call = nothing,
    before_b: Call = nothing,
    backends: Callable[[], list[int]] = no_backends,
) -> Ratio:
    """Measure *a* and *b* in turn, after some calls of each that are not counted."""
    cost(a, min(5, times[0]), before=before)
    cost(b, min(5, times[1]), before=before_b)
    pids = backends()
    found = [
        (
            cost(a, times[0], before=before, backends=pids),
            cost(b, times[1], before=before_b, backends=pids),
        )
        for _ in range(pairs)
    ]
    return Ratio(
        [x.cpu / y.cpu for x, y in found],
        [x.wall / y.wall for x, y in found],
        _median([x for x, _ in found]),
        _median([y for _, y in found]),
    )


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(one.cpu for one in costs), statistics.median(one.wall for one in costs)
    )


def request(
    app: Flask, method: str, path: str, *, body: Any = None, headers: dict[str, str] | None = None
) -> Answer:
    """Send one request straight into the WSGI application: no client, no socket."""
    raw = b"" if body is None else json.dumps(body).encode()
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(raw)),
        "CONTENT_TYPE": "application/json" if body is not None else "",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(raw),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ |= {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in (headers or {}).items()}
    answer: dict[str, Any] = {}

    def start_response(status: str, given: list[tuple[str, str]], *_: Any) -> None:
        answer.update(status=int(status[:3]), headers=dict(given))

    content = app.wsgi_app(environ, start_response)
    try:
        data = b"".join(content)
    finally:
        if hasattr(content, "close"):
            content.close()
    return answer["status"], answer["headers"], data
