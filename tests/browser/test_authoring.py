"""An author on a phone: a preview that follows, uploads at the cursor, checks from the banks."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, log_in
from tests.browser.looking import look


@pytest.fixture
def author(page: Page, site: Site) -> Page:
    log_in(page, site.accounts["author"], "/author")
    return page


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    return file.getvalue()


def test_a_question_is_seen_while_it_is_written(author: Page) -> None:
    author.fill("[name=name]", "手写题库")
    author.get_by_role("button", name="新建题库").click()
    author.get_by_role("link", name="新建试题").click()
    assert look(author) == []
    author.fill("[name=stem]", "看图 ![井](https://example.org/a.png) 先做什么？")
    author.fill("[name=options]", "撤人\n继续")
    preview = author.locator("#preview")
    expect(preview.locator(".option-text").first).to_have_text("撤人")
    expect(preview).to_contain_text("不会显示")
    author.fill("[name=answer]", "A")
    author.get_by_role("button", name="存为草稿").click()
    author.get_by_role("button", name="发布").click()
    expect(author.locator(".badge").first).to_have_text("已发布")
    assert look(author) == []
    author.goto("/author")
    author.get_by_role("link", name=re.compile("手写题库")).click()
    author.get_by_role("link", name="题库设置").click()
    assert look(author) == []


def test_a_lesson_takes_a_picture_at_the_cursor_and_checks_from_the_banks(author: Page) -> None:
    author.goto("/organise/lessons")
    author.goto(author.locator("main a[href$='/new']").first.get_attribute("href") or "")
    author.fill("[name=title]", "新课")
    author.fill("[name=body]", "前后")
    author.evaluate("document.querySelector('[name=body]').setSelectionRange(1, 1)")
    author.get_by_role("button", name="上传").click()
    expect(author.locator("#upload-said")).to_contain_text("请选择一个图片或视频文件")
    author.set_input_files("[name=file]", {"name": "a.png", "mimeType": "", "buffer": png()})
    author.get_by_role("button", name="上传").click()
    expect(author.locator("[name=body]")).to_have_value(
        re.compile(r"^前\n\n!\[图片说明\]\(/media/\w+\.webp\)\n后$")
    )
    author.fill("[name=find]", "瓦斯")
    author.get_by_role("button", name="查找").click()
    author.locator("#checks button[name=add]").first.click()
    expect(author.locator("input[name=check]")).to_have_count(1)
    expect(author.locator("[name=title]")).to_have_value("新课")
    assert look(author) == []
    author.locator("#checks button[name=drop]").click()
    expect(author.locator("input[name=check]")).to_have_count(0)
    author.get_by_role("button", name="保存", exact=True).last.click()
    author.wait_for_url(lambda url: not url.endswith("/new"))
