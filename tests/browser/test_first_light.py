"""A first evening: log in, a lesson, a timed quiz with a reload in the middle, the board."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Site, log_in


def start_quiz(page: Page) -> None:
    page.goto("/quizzes")
    page.locator("main a[href^='/quizzes/']").first.click()
    page.locator("main form[action$='/start'] button[type=submit]").first.click()
    page.wait_for_url(re.compile("/attempts/"))


def answer(page: Page) -> None:
    """Choose the first option of the question on the screen."""
    page.locator("[data-slot]:visible label.option").first.click()


def is_saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_contain_text("已保存")


def hand_in(page: Page) -> None:
    page.locator(".sheet-button").click()
    page.locator("#sheet-hand-in").click()
    page.locator("#hand-in-now").click()
    expect(page.locator("p.score")).to_be_visible()


def test_a_member_learns_answers_and_sees_the_board(page: Page, site: Site) -> None:
    log_in(page, site.members[0])
    page.goto("/learn")
    page.locator("main a[href^='/learn/']").first.click()
    expect(page.locator("article.lesson")).to_be_visible()
    start_quiz(page)
    answer(page)
    is_saved(page)
    page.reload()
    expect(page.locator("#paper input:checked")).to_have_count(1)
    hand_in(page)
    expect(page.locator("main")).to_contain_text("积分")
    page.goto("/boards")
    expect(page.locator("main")).to_contain_text("综采一队党支部")


def test_an_answer_given_without_a_signal_arrives_when_it_is_back(
    page: Page, context: BrowserContext, site: Site
) -> None:
    log_in(page, site.members[1])
    start_quiz(page)
    context.set_offline(True)
    answer(page)
    expect(page.locator("#save-state")).to_contain_text("离线")
    context.set_offline(False)
    is_saved(page)
    attempt = page.url
    page.goto(attempt)
    expect(page.locator("#paper input:checked")).to_have_count(1)


def test_without_javascript_a_quiz_is_answered_and_handed_in(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        base_url=site.url, viewport=PHONE, java_script_enabled=False, locale="zh-CN"
    )
    page = context.new_page()
    log_in(page, site.accounts["secretary"])
    start_quiz(page)
    page.locator("label.option").first.click()
    page.locator("button[form=paper]:not([formaction])").first.click()
    page.locator("button[name=confirm]").click()
    expect(page.locator("p.score")).to_be_visible()
    context.close()


def test_a_lesson_is_completed_once_and_says_what_it_earned(page: Page, site: Site) -> None:
    log_in(page, site.accounts["secretary"])
    page.goto("/learn/branch-life/branch-meetings")
    page.mouse.wheel(0, 20_000)
    page.locator("form[id^=check-] label.option").first.click()
    page.locator("form[id^=check-] button").first.click()
    expect(page.locator("form[id^=check-] [role=status]").first).to_be_visible()
    page.get_by_role("button", name="我学完了").click()
    page.wait_for_load_state()
    expect(page.locator("#done")).to_be_visible()
