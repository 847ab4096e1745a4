"""A phone that two people share, and a member with two phones."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Site, log_in

ROW_KEYS = """new Promise((done) => {
    const opened = indexedDB.open("mingdeng", 1);
    opened.onsuccess = () => {
        const keys = opened.result.transaction("answers").objectStore("answers").getAllKeys();
        keys.onsuccess = () => done(keys.result);
    };
})"""


def begin(page: Page) -> None:
    """Start or go on with the monthly quiz."""
    page.goto("/quizzes")
    card = page.locator(".card", has_text="十一月安全知识月测").first
    if card.locator("form").count():
        card.locator("button").click()
    else:
        card.get_by_role("link").click()
        page.locator("form[action$=start] button").click()
    page.wait_for_url("**/attempts/*")
    page.wait_for_selector("#next:visible")


def says(page: Page, words: str) -> None:
    page.locator("#save-state", has_text=re.compile(words)).wait_for()


def test_answers_waiting_on_a_shared_phone_are_sent_only_for_their_owner(
    page: Page, context: BrowserContext, site: Site
) -> None:
    log_in(page, site.members[0], "/quizzes")
    begin(page)
    address, mine = page.url, context.cookies()
    context.set_offline(True)
    page.locator(".question:not([hidden]) .option").first.click()
    says(page, "离线，1 题")
    page.close()
    context.clear_cookies()
    context.set_offline(False)
    second, sent = context.new_page(), []
    second.on("request", lambda r: sent.append(r.post_data) if r.method == "PUT" else None)
    log_in(second, site.members[1], "/quizzes")
    begin(second)
    says(second, "自动保存|已保存")
    assert sent == [] and len(second.evaluate(ROW_KEYS)) == 1
    context.clear_cookies()
    context.add_cookies(mine)  # type: ignore[arg-type]
    second.goto(address)
    says(second, "已保存")
    # The closing page may have got its last message through itself; either way A's answer is there.
    expect(second.locator("#paper input:checked")).to_have_count(1)


def test_the_older_phone_becomes_read_only_and_can_take_the_attempt_back(
    page: Page, browser: Browser, site: Site
) -> None:
    log_in(page, site.members[1], "/quizzes")
    begin(page)
    other = browser.new_context(base_url=site.url, viewport=PHONE, locale="zh-CN")
    newer = other.new_page()
    log_in(newer, site.members[1], "/quizzes")
    begin(newer)
    page.locator(".question:not([hidden]) .option").last.click()
    page.locator("[data-notice=moved]").wait_for()
    assert page.locator("#paper input:enabled:not([type=hidden])").count() == 0
    page.locator("[data-notice=moved] button").click()
    says(page, "已保存")
    assert page.locator(".question:not([hidden]) input:checked").count() == 1
    other.close()
