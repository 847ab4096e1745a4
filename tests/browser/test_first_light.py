"""A first evening: log in, a lesson, a timed quiz with a reload in the middle, the board."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site, log_in


def start_quiz(page: Page) -> None:
    page.goto("/quizzes")
    page.click("main a[href^='/quizzes/']:not([href='/quizzes/'])")
    page.click("main form[action$='/start'] button[type=submit]")
    page.wait_for_url(re.compile("/attempts/"))


def answer(page: Page) -> None:
    page.locator("[data-slot]:visible label:has(input)").first.click()


def test_a_member_learns_answers_and_sees_the_board_move(page: Page, site: Site) -> None:
    log_in(page, site.members[0])
    page.goto("/learn")
    page.click("main a[href^='/learn/']")
    expect(page.locator("h1")).to_be_visible()
    start_quiz(page)
    answer(page)
    expect(page.locator("[data-save-state]")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("input:checked").first).to_be_attached()
    attempt = page.url
    page.goto(attempt)
    page.locator("[data-hand-in]:visible").first.click()
    page.locator("dialog[open] [data-hand-in-confirm]").click()
    expect(page.locator("[data-score]")).to_be_visible()
    page.goto("/boards")
    expect(page.locator("main")).to_contain_text("积分")


def test_an_answer_given_without_a_signal_arrives_when_it_is_back(
    page: Page, context: BrowserContext, site: Site
) -> None:
    log_in(page, site.members[1])
    start_quiz(page)
    context.set_offline(True)
    answer(page)
    expect(page.locator("[data-save-state]")).not_to_contain_text("已保存")
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-save-state]")).to_contain_text("已保存")
