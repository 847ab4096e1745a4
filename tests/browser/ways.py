"""Ways to the pages that are more than an address: what a role has to press to stand there."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

#: Rows that read well, that need an answer and that cannot be read at all.
SHEET = """题型,题干,选项A,选项B,选项C,答案,解析
单选题,入井前要带什么？,自救器,手机,香烟,A,规程有规定
单选题,答案不在选项里,甲,乙,丙,E,
判断题,{long},,,,也许,
""".format(long="没有断开的很长的题干" * 12)
#: People one of whom has a number that a spreadsheet has spoiled.
STAFF = "工号,姓名,支部代码\n1.38E+10,很长的名字王一,B01\n90002,,B99\n"
QUIZ = "十一月安全知识月测"
LESSON = "/learn/branch-life/branch-meetings"

Way = Callable[[Page], Iterator[str]]


def follow(start: str, *links: str) -> Way:
    """Return the way from *start* over the first link that fits each selector."""

    def way(page: Page) -> Iterator[str]:
        page.goto(start)
        for link in links:
            page.goto(page.locator(link).first.get_attribute("href") or "")
        yield " → ".join((start, *links))

    return way


def attempt(page: Page) -> Iterator[str]:
    """Stand before one question of each type, one of them answered, then in the two dialogs."""
    page.goto("/quizzes")
    card = page.locator(".card", has_text=QUIZ).first
    card.locator("button").or_(card.get_by_role("link")).first.click()
    start = page.locator("form[action$=start] button:visible")
    page.locator("#next:visible").or_(start).first.wait_for()
    if start.count():
        start.click()
    page.wait_for_selector("#next:visible")
    for type_ in ("single_choice", "multiple_choice", "true_false"):
        page.locator(".sheet-button").click()
        index = page.locator("#paper .question").evaluate_all(
            f"all => all.findIndex((q) => q.dataset.type === '{type_}')"
        )
        page.locator(f"#tiles [data-go='{index}']").click()
        page.locator(".question:not([hidden]) .option").first.click()
        yield f"a {type_} question"
    page.locator(".sheet-button").click()
    yield "the answer sheet"
    page.locator("#sheet-hand-in").click()
    yield "the dialog before handing in"


def checked_lesson(page: Page) -> Iterator[str]:
    """Stand in a lesson whose first check question was answered wrong or right."""
    page.goto(LESSON)
    page.locator("form[id^=check-] label.option").first.click()
    page.locator("form[id^=check-] button").first.click()
    page.locator("form[id^=check-] [role=status]").first.wait_for()
    yield "a lesson with check questions"


def bad_import(page: Page) -> Iterator[str]:
    """Stand before a file with problems."""
    page.goto("/author/import")
    page.fill("[name=bank]", "有问题的")
    page.set_input_files(
        "[name=file]", {"name": "题库.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.locator("main form button").first.click()
    page.locator("main details").last.locator("summary").click()
    yield "an import with problems"


def spoiled_question(page: Page) -> Iterator[str]:
    """Stand in the editor of a question after an answer that cannot be right."""
    page.goto("/author")
    page.goto(page.locator("main a[href^='/author/banks/']").first.get_attribute("href") or "")
    yield "a bank"
    page.goto(page.locator("main a[href^='/author/questions/']").first.get_attribute("href") or "")
    yield "a question and its editor"
    page.fill("[name=answer]", "?")
    page.locator("main form:has([name=answer]) button").last.click()
    page.locator(".problems").wait_for()
    yield "a question that cannot be kept"


def empty_quiz(page: Page) -> Iterator[str]:
    """Stand in the builder after a draft that names nothing."""
    page.goto("/organise/quizzes/new")
    page.fill("[name=minutes]", "0")
    page.locator("#quiz .actions button").click()
    page.locator(".problems").wait_for()
    yield "a quiz with errors"


def publishing(page: Page) -> Iterator[str]:
    """Stand before a draft with its toast, then before what members will get of it."""
    page.goto("/organise/quizzes/new")
    page.fill("[name=title]", "一份草稿")
    # Other tests make banks, and then none is chosen beforehand.
    page.select_option("[name=bank]", label="明灯示例题库")
    page.locator("#quiz .actions button").click()
    page.locator("main a[href$='/publish']").wait_for()
    yield "a draft that was saved"
    page.locator("main a[href$='/publish']").click()
    page.locator("main form[action$='/publish']").wait_for()
    yield "a quiz before it is published"


def person(page: Page) -> Iterator[str]:
    """Stand before one person, their form with a mistake, and a list that cannot be taken."""
    page.goto("/organise/people?q=20001")
    page.goto(page.locator("main a[href^='/organise/people/']").last.get_attribute("href") or "")
    yield "a person"
    page.fill("[name=name]", "")
    page.locator("main form:has([name=name]) button").click()
    page.locator(".problems").wait_for()
    yield "a person that cannot be kept"
    page.goto("/organise/people/import")
    page.set_input_files(
        "[name=file]", {"name": "名单.csv", "mimeType": "text/csv", "buffer": STAFF.encode()}
    )
    page.locator("main form button").click()
    page.locator("main .list").wait_for()
    yield "an import of people with problems"


#: A closed quiz's result, with its questions.
RESULT = follow("/quizzes", "main a:has-text('十月安全知识月测')", "main a[href^='/attempts/']")
#: What a role sees: an address, or a way with the pages along it.
PAGES: dict[str, list[str | Way]] = {
    "member": [
        "/", "/learn", "/learn/branch-life", "/quizzes", "/boards", "/boards/branches", "/me",
        "/me/settings", "/competitions", "/components", checked_lesson,
        follow("/quizzes", "main a[href^='/quizzes/']"), RESULT,
        follow("/boards/branches", "main a[href^='/boards/branches/']"),
        follow("/competitions", "main a[href^='/competitions/']", "main a[href*='/rounds/']"),
    ],
    "secretary": ["/branch"],
    # Somebody whose attempt no other test counts on.
    "judge": [attempt],
    "author": ["/author", "/author/import", bad_import, spoiled_question],
    "organiser": [
        "/organise", "/organise/quizzes", "/organise/quizzes/new", "/organise/competitions",
        "/organise/competitions/new", "/organise/lessons", "/organise/people",
        "/organise/people/new", "/organise/people/import", "/organise/screens",
        "/organise/branches", "/organise/posts", "/organise/shifts",
        "/organise/rotas", "/organise/rotas/new",
        follow("/organise/branches", "main a[href^='/organise/branches/']"),
        follow("/organise/rotas", "main a[href^='/organise/rotas/']:not([href$=new])"),
        follow("/competitions", "main a[href^='/competitions/']"),
        follow("/organise/lessons", "main a[href^='/organise/lessons/']"), empty_quiz, person,
        follow("/organise/lessons", "main a[href*='/courses/']:not([href$='/new'])"),
        follow("/organise/competitions", "main .card a[href^='/organise/competitions/']"),
        publishing,
    ],
}  # fmt: skip


def walk(page: Page, role: str) -> Iterator[str]:
    """Open each page of *role* and give its name."""
    for place in PAGES[role]:
        if isinstance(place, str):
            response = page.goto(place)
            assert response is not None and response.status == 200, f"{place}: {response}"
            yield place
        else:
            yield from place(page)
