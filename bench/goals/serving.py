"""Goal 1 as it was set: saves through a server, by eight kept connections, against /save1."""

import http.client
import itertools
import json
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench import member
from bench.goals.process import children, server
from bench.measure import Cost
from bench.report import Line
from bench.world import World

CONNECTIONS = 8
#: Requests of each kind in one pair.
BURST = 400
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Sent:
    """One request that is ready to go."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]


def saves(world: World, pairs: int) -> list[Line]:
    """Serve both applications with one worker each and measure bursts of saves in turn."""
    taps = [_tap(*tap) for tap in member.taps(world, (pairs + 1) * BURST)]
    bare = Sent("POST", "/save1", b'{"value": "q7fz"}', JSON)
    with (
        server("bench.bare_served:app", world, workers=1) as (their, their_port, _),
        server("wsgi:app", world, workers=1) as (ours, port, _),
    ):
        fresh = iter(taps)
        burst = lambda: list(itertools.islice(fresh, BURST))  # noqa: E731
        measured = [
            (
                _cost(ours.pid, port, burst(), world),
                _cost(their.pid, their_port, [bare] * BURST, world),
            )
            for _ in range(pairs + 1)
        ][1:]
    cpu = statistics.median(a.cpu / b.cpu for a, b in measured)
    speed = statistics.median(b.wall / a.wall for a, b in measured)
    a, b = (statistics.median(cost.cpu for cost in side) for side in zip(*measured, strict=True))
    x, y = (statistics.median(cost.wall for cost in side) for side in zip(*measured, strict=True))
    return [
        Line(1, "served, 8 connections: save, CPU against /save1",
             f"{cpu:.2f} x ({a:.2f} / {b:.2f} ms)", "<= 1.5 x", cpu <= 1.5),
        Line(1, "served, 8 connections: save, speed against /save1",
             f"{speed:.0%} ({1000 / x:.0f} / {1000 / y:.0f} per s)", ">= 70 %", speed >= 0.7),
    ]  # fmt: skip


def _tap(sitting: member.Sitting, slot: int) -> Sent:
    message = {"slot": slot, "seq": 1, "mid": f"m{slot}", "value": sitting.answers[slot]}
    body = json.dumps({"epoch": 1, "messages": [message]}).encode()
    headers = sitting.phone.headers | JSON
    return Sent("PUT", f"/api/v1/attempts/{sitting.key}/answers", body, headers)


def _cost(pid: int, port: int, burst: list[Sent], world: World) -> Cost:
    """Send *burst* and return what one request of it cost the server, and its share of the time."""
    pids = [*children(pid), *world.backends()]
    before, begun = _used(pids), time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda n: _send(port, iter(burst[n::CONNECTIONS])), range(CONNECTIONS)))
    wall = time.perf_counter() - begun
    return Cost((_used(pids) - before) / len(burst), wall * 1000 / len(burst))


def _send(port: int, requests: Iterator[Sent]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        for one in requests:
            connection.request(one.method, one.path, one.body, one.headers)
            answer = connection.getresponse()
            data = answer.read()
            assert answer.status == 200 and (b"stored" in data or b"ok" in data), data
    finally:
        connection.close()


def _used(pids: list[int]) -> float:
    """Return the milliseconds of CPU that the threads of *pids* have used."""
    found = (task for pid in pids for task in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(int(task.read_text().split()[0]) for task in found) / 1e6
