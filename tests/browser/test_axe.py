"""No page has an accessibility fault that axe can find, nor an error on its console."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Site, log_in

PAGES = {
    "member": [
        "/", "/learn", "/quizzes", "/boards", "/boards/branches", "/me", "/me/settings",
        "/competitions", "/components",
    ],
    "secretary": ["/branch"],
    "author": ["/author", "/author/import"],
    "organiser": [
        "/organise", "/organise/quizzes", "/organise/quizzes/new", "/organise/competitions",
        "/organise/competitions/new", "/organise/lessons", "/organise/people", "/organise/screens",
    ],
}  # fmt: skip


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", list(PAGES))
def test_pages_have_no_faults(page: Page, site: Site, role: str, scheme: str) -> None:
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.emulate_media(color_scheme=scheme)
    log_in(page, site.accounts[role])
    wrong = {}
    for path in PAGES[role]:
        response = page.goto(path)
        assert response is not None and response.status == 200, f"{path}: {response}"
        found = faults(page)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        if found or wide:
            wrong[path] = [*found, *(["wider than the phone"] if wide else [])]
    assert (wrong, errors) == ({}, [])


def test_the_login_page_has_no_faults(page: Page, site: Site) -> None:
    page.goto("/login")
    assert faults(page) == []
