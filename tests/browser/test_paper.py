"""What is printed is black on white, by night too, and has nothing that only a finger can use."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, log_in
from tests.browser.ways import RESULT, Way, follow

UNFIT = """() => {
    const name = (e) => `${e.tagName} ${e.className.baseVal ?? e.className}`;
    const found = new Set();
    const { backgroundColor: sheet, colorScheme } = getComputedStyle(document.documentElement);
    if (sheet !== "rgb(255, 255, 255)" || colorScheme !== "light")
        found.add(`a ${colorScheme} sheet in ${sheet}`);
    for (const e of document.body.querySelectorAll("*")) {
        if (!e.checkVisibility()) continue;
        const { color, backgroundColor, backgroundImage } = getComputedStyle(e);
        if (e.matches("nav, .topbar, .tabbar, .toast, button, .button, dialog"))
            found.add(`a control: ${name(e)}`);
        if (color !== "rgb(0, 0, 0)") found.add(`${color}: ${name(e)}`);
        if (backgroundColor !== "rgba(0, 0, 0, 0)" || backgroundImage !== "none")
            found.add(`on ${backgroundColor}: ${name(e)}`);
    }
    return [...found];
}"""


@pytest.mark.parametrize(
    "way",
    [RESULT, follow("/boards/branches"), follow("/boards/members")],
    ids=["a result", "branches", "people"],
)
def test_paper_is_black_on_white_without_bars_and_buttons(page: Page, site: Site, way: Way) -> None:
    log_in(page, site.members[0])
    for _ in way(page):
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(UNFIT) == []
        assert page.locator("main").inner_text().strip()
