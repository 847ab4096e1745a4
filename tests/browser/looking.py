"""What axe and a ruler find on a page: on a phone, on the narrowest one and in large type."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import PHONE

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}
#: Sideways scrolling, tabs and buttons whose words are cut, words and names broken for want of
#: room (one of more than 14 letters may be), and what is too small for a thumb. A
#: link in a sentence may be small; a hidden box is pressed through its label.
RULER = """() => {
    const seen = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
    const name = (e) => `${e.className || e.tagName} “${e.textContent.trim().slice(0, 30)}”`;
    const wide = (e) => e.scrollWidth > e.clientWidth + 1;
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) {
        const out = [...document.body.querySelectorAll("*")].filter(
            (e) => seen(e) && e.getBoundingClientRect().right > innerWidth + 1);
        found.push(`wider than the screen: ${out.slice(0, 3).map(name).join(", ")}`);
    }
    for (const e of document.querySelectorAll(".tabs, .button, .badge, .tabbar a, .stat, .timer"))
        if (seen(e) && wide(e)) found.push(`cut: ${name(e)}`);
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const lines = () => [...range.getClientRects()].filter(({ width }) => width > 1);
    for (let text = words.nextNode(); text; text = words.nextNode()) {
        if (!text.data.trim() || !seen(text.parentElement)) continue;
        range.selectNodeContents(text);
        const all = lines();
        const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
        if (all.length > 3 && all.every(({ width }) => width < 2.2 * size))
            found.push(`a letter a line: ${name(text.parentElement)}`);
        for (const { 0: word, index } of all.length > 1 ? text.data.matchAll(/\\w{2,14}/g) : []) {
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (lines().length > 1) found.push(`broken: ${word}`);
        }
    }
    const open = document.querySelector("dialog[open]") ?? document;
    for (const e of open.querySelectorAll("a[href], button, select, input, textarea, summary")) {
        const held = e.closest(":is(.option, .check, .card:has(h2 a))") ?? e;
        const inText = e.matches(":is(p, li, td, dd, .prose, .problems, caption, .note) a")
            && getComputedStyle(e).display === "inline";
        if (e.type === "hidden" || e.matches(".skip, .visually-hidden") || inText) continue;
        const { width, height } = (e.matches("input, h2 a") ? held : e).getBoundingClientRect();
        if (seen(e) && Math.min(width, height) < 44)
            found.push(`small, ${Math.round(width)} by ${Math.round(height)}: ${name(e)}`);
    }
    return found;
}"""


def faults(page: Page) -> list[str]:
    """Return what axe finds, a line for each rule that is broken."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found.response["violations"]]


def misfits(page: Page) -> list[str]:
    """Return what does not fit as the page is, at 320 px, and there in large type."""
    found = [f"390: {one}" for one in page.evaluate(RULER)]
    page.set_viewport_size(NARROW)
    found += [f"320: {one}" for one in page.evaluate(RULER)]
    page.evaluate("document.documentElement.dataset.type = 'large'")
    found += [f"320 large: {one}" for one in page.evaluate(RULER)]
    page.evaluate("delete document.documentElement.dataset.type")
    page.set_viewport_size(PHONE)
    return found


def look(page: Page) -> list[str]:
    """Return everything that is wrong with the page on the screen."""
    return faults(page) + misfits(page)
