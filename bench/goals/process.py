"""Goal 13: memory of a served worker after load, and the time until it first answers."""

import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import member
from bench.report import Line
from bench.world import SECRET, Phone, World

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
STARTS = 3
REQUESTS = 400
#: Seconds after which a server that does not answer is given up.
PATIENCE = 20.0


def served(world: World) -> list[Line]:
    """Start both applications in turn under the same server, then load ours and weigh it."""
    if not Path("/proc/self/smaps_rollup").exists():
        return [Line(13, "memory and cold start", "not on this system")]
    starts: dict[str, list[float]] = {"bench.hello:app": [], "wsgi:app": []}
    for _ in range(1 + STARTS):
        for target, seconds in starts.items():
            with server(target, world) as (_process, _port, took):
                seconds.append(took)
    # The first start of each compiles the modules, as an installer does.
    bare, ours = (statistics.median(seconds[1:]) for seconds in starts.values())
    with server("wsgi:app", world) as (process, port, _took):
        load(port, world)
        sizes = [pss_mb(pid) for pid in children(process.pid)]
    workers = sorted(sizes)[-WORKERS:]
    each = statistics.mean(workers)
    told = f"{ours / bare:.2f} x ({ours:.2f} / {bare:.2f} s)"
    return [
        Line(13, "cold start against bare Flask", told, "<= 2 x", ours <= 2 * bare),
        Line(13, f"memory of a worker after {REQUESTS} requests", f"{each:.0f} MB PSS",
             "<= 73 MB", each <= 73),
    ]  # fmt: skip


@contextmanager
def server(
    target: str, world: World, *, workers: int = WORKERS
) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """Serve *target* and give the process, its port and the seconds until its first answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "8", "--no-log", target]
    given = {
        "MINGDENG_INSTANCE": str(world.folder),
        "MINGDENG_DATABASE_URL": world.url,
        "MINGDENG_SECRET_KEY": SECRET,
        "MINGDENG_LEDGER_KEY": SECRET,
        "PYTHONPYCACHEPREFIX": str(world.folder / "pycache"),
    }
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(
        command, cwd=ROOT, env=inherited | given, start_new_session=True, **quiet
    )
    try:
        while not _answers(port):
            if time.perf_counter() - begun > PATIENCE or process.poll() is not None:
                raise RuntimeError(f"{target} does not answer")
            time.sleep(0.01)
        yield process, port, time.perf_counter() - begun
    finally:
        # The whole group: a worker that is still starting does not hear of its parent's end.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        return _get(port, "/healthz", {}) == 200
    return False


def _get(port: int, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def load(port: int, world: World) -> None:
    """Ask for the pages that members open, a new connection each, so that every worker works."""
    phones: list[Phone] = world.phones(4)
    sittings = [member.sit_down(world, phone) for phone in phones]
    paths = ["/attempts/{}", "/", "/boards", member.BOARD, "/quizzes", "/me"]
    for n in range(REQUESTS):
        sitting = sittings[n % len(sittings)]
        path = paths[n % len(paths)].format(sitting.key)
        status = _get(port, path, {"Cookie": sitting.phone.headers["Cookie"]})
        assert status == 200, (path, status)


def children(pid: int) -> list[int]:
    """Return the processes that *pid* started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found]


def pss_mb(pid: int) -> float:
    """Return the proportional set size of a process in MB (2^20 bytes)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
