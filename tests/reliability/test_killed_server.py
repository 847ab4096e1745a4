"""Law 1: what was acknowledged survives a server killed without warning."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, free_port, wait_for

pytestmark = pytest.mark.slow


class Phone:
    """A program with a bearer token."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self.url}/api/v1{path}", method=method, data=json.dumps(body or {}).encode()
        )
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def serve(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "serve"], cwd=ROOT, env=environment, start_new_session=True
    )
    wait_for(f"http://127.0.0.1:{port}/readyz", process)
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.2)


def test_acknowledged_answers_survive_kill_nine(tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ, "MINGDENG_INSTANCE": str(tmp_path), "MINGDENG_PORT": str(port),
        "MINGDENG_DATABASE_URL": "", "MINGDENG_WORKERS": "1", "MINGDENG_JOBS": "0",
    }  # fmt: skip

    def flask(*words: str) -> str:
        run = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True)
        return done.stdout.decode()

    flask("db", "upgrade")
    accounts = json.loads(flask("demo", "load", "--members", "160", "--json"))["accounts"]
    phone = Phone(f"http://127.0.0.1:{port}", flask("token", "create", accounts[0]["no"]).strip())
    process = serve(environment, port)
    try:
        quiz = next(q for q in phone.ask("GET", "/quizzes") if q["state"] == "open")
        paper = phone.ask("POST", f"/quizzes/{quiz['key']}/attempts")
        acked: dict[str, Any] = {}
        for slot in paper["slots"]:
            value = [slot["options"][0]["id"]] if slot["options"] else True
            message = {"slot": slot["slot"], "seq": 1, "mid": "m", "value": value}
            body = {"epoch": 1, "messages": [message]}
            acked |= phone.ask("PUT", f"/attempts/{paper['key']}/answers", body)["acked"]
            if slot["slot"] == 5:
                kill(process)
                process = serve(environment, port)
        kill(process)
        process = serve(environment, port)
        held = phone.ask("GET", f"/attempts/{paper['key']}")["saved"]
        assert {s: [v["epoch"], v["seq"]] for s, v in held.items()} == acked
        assert len(acked) == len(paper["slots"])
    finally:
        kill(process)
