"""No page has an accessibility fault that axe can find, nor anything too wide, cut or too small.

Each is looked at in Chinese by day and in English by night, on a phone, on the narrowest one and
there in large type.
"""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, Site, log_in
from tests.browser.looking import look
from tests.browser.ways import PAGES, walk

#: What a browser says itself about a form that is shown again with its problems.
REFUSED = "status of 422"


@pytest.mark.parametrize(("scheme", "language"), [("light", "zh-CN"), ("dark", "en")])
@pytest.mark.parametrize("role", list(PAGES))
def test_pages_have_no_faults(
    browser: Browser, site: Site, role: str, scheme: str, language: str
) -> None:
    context = browser.new_context(
        base_url=site.url, viewport=PHONE, has_touch=True, locale=language,
        color_scheme=scheme, reduced_motion="reduce",
    )  # type: ignore[call-overload]  # fmt: skip
    context.set_default_timeout(15_000)
    page, errors = context.new_page(), []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    log_in(page, site.accounts[role])
    wrong = {name: found for name in walk(page, role) if (found := look(page))}
    context.close()
    assert (wrong, [e for e in errors if REFUSED not in e]) == ({}, [])


def test_the_login_page_in_large_type_has_no_faults(page: Page, site: Site) -> None:
    page.goto("/login")
    assert look(page) == []
    look_ = {"type": "large", "theme": "dark", "lang": "en"}
    page.context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in look_.items()])
    page.goto("/login")
    assert page.locator("html[data-type=large][data-theme=dark][lang=en]").count() == 1
    assert look(page) == []
