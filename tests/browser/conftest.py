"""A served demo and the system's Chromium at phone size."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name what is missing: a failure in CI, a skip on somebody's own machine."""
    here = [i for i in items if "tests/browser" in str(i.fspath)]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and os.environ.get("CI") != "true":
            item.add_marker(
                pytest.mark.skip(reason="Chromium is not installed (package: chromium)")
            )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the system's Chromium; nothing is downloaded."""
    assert CHROMIUM is not None, "Chromium is not installed (package: chromium)"
    return {"executable_path": CHROMIUM, "args": ARGS}


@dataclass(frozen=True)
class Site:
    """A running demo: its address and one account per role."""

    url: str
    accounts: dict[str, dict[str, str]]
    members: list[dict[str, str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} did not answer in 30 s")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a small demo as ``flask serve`` does, on a free port."""
    port = free_port()
    environment = {
        **os.environ,
        "MINGDENG_INSTANCE": str(tmp_path_factory.mktemp("site")),
        "MINGDENG_DATABASE_URL": "",
        "MINGDENG_PORT": str(port),
        "MINGDENG_WORKERS": "1",
        "MINGDENG_DEVELOPMENT": "1",
        "MINGDENG_LOGIN_LIMIT": "1000 per minute",
    }
    flask = [sys.executable, "-m", "flask"]

    def run(*words: str) -> str:
        done = subprocess.run(
            [*flask, *words], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    run("db", "upgrade")
    printed = json.loads(run("demo", "load", "--members", "200", "--seed", "7", "--json"))
    process = subprocess.Popen([*flask, "serve"], cwd=ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", process)
        accounts = printed["accounts"]
        yield Site(
            f"http://127.0.0.1:{port}",
            {a["role"]: a for a in reversed(accounts)},
            [a for a in accounts if a["role"] == "member"],
        )
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh phone."""
    opened = browser.new_context(
        base_url=site.url, viewport=PHONE, has_touch=True, locale="zh-CN", reduced_motion="reduce"
    )
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page on the phone; errors on its console fail the test that asks ``errors``."""
    return context.new_page()


def log_in(page: Page, account: dict[str, str], next_: str = "/") -> None:
    """Log in as *account* and wait until the wanted page is there."""
    page.goto(f"/login?next={next_}")
    page.fill("input[name=no]", account["no"])
    page.fill("input[name=password]", account["password"])
    page.click("main button[type=submit], form[action] button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
