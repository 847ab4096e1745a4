"""An author writes questions and keeps banks by hand; what was asked is never deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.core.markdown import foreign_images
from app.members import services as people
from app.members.models import Member
from app.questions.models import Bank, Question, QuestionTag, QuestionVersion
from tests.builders import Make
from tests.quizzes import builders as quizzes

SignIn = Callable[[Member], FlaskClient]
TYPED = {
    "type": "single_choice",
    "stem": "瓦斯超限时先做什么？",
    "options": "撤人\n继续",
    "answer": "A",
    "marks": "1",
    "tags": "瓦斯、通风",
    "based_on": "1",
}
MULTIPLE = TYPED | {"type": "multiple_choice"}


@pytest.fixture
def author(make: Make, sign_in: SignIn) -> FlaskClient:
    return sign_in(make.member(role="author"))


def new_bank(client: FlaskClient, name: str = "安全") -> str:
    return client.post("/author/banks", data={"name": name}).location


def count(table: Any) -> int:
    db.session.remove()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_question_is_written_by_hand_published_retired_and_brought_back(
    author: FlaskClient,
) -> None:
    bank = new_bank(author)
    assert "新建试题" in author.get(bank).text
    assert author.get(f"{bank}/questions/new").status_code == 200
    page = author.post(f"{bank}/questions/new", data=TYPED).location
    for status, word in (("published", "停用"), ("retired", "重新启用"), ("published", "停用")):
        assert author.post(f"{page}/status", data={"status": status}).status_code == 303
        assert word in author.get(page).text
    assert "瓦斯超限时先做什么" in author.get(f"{bank}?status=published&tag=瓦斯").text


def test_the_same_question_is_not_written_twice(author: FlaskClient) -> None:
    bank = new_bank(author)
    author.post(f"{bank}/questions/new", data=TYPED)
    again = author.post(f"{bank}/questions/new", data=TYPED)
    assert again.status_code == 422 and "已经有题干和选项都相同的题" in again.text
    assert count(Question) == 1


def test_only_a_draft_is_deleted(author: FlaskClient) -> None:
    bank = new_bank(author)
    page = author.post(f"{bank}/questions/new", data=TYPED).location
    author.post(f"{page}/status", data={"status": "published"})
    for status in ("published", "retired"):
        author.post(f"{page}/status", data={"status": status})
        assert author.post(f"{page}/delete").status_code == 409
    other = author.post(f"{bank}/questions/new", data=TYPED | {"stem": "另一题？"}).location
    assert author.post(f"{other}/delete").location == bank
    assert (count(Question), count(QuestionVersion), count(QuestionTag)) == (1, 1, 2)


@pytest.mark.parametrize("part", ["{bank}/questions/preview", "{page}/preview"])
def test_a_preview_shows_what_is_typed_and_keeps_nothing(author: FlaskClient, part: str) -> None:
    bank = new_bank(author)
    page = author.post(f"{bank}/questions/new", data=TYPED).location
    typed = TYPED | {"stem": "还没**写**完", "options": "", "answer": "Z"}
    where = part.format(bank=bank, page=page)
    whole = author.post(where, data=typed)
    assert "<strong>写</strong>" in whole.text and "还没**写**完</textarea>" in whole.text
    fragment = author.post(where, data=typed, headers={"HX-Request": "true"})
    assert 'id="preview"' in fragment.text and "<form" not in fragment.text
    assert count(QuestionVersion) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"stem": " "}, "请填写题干。"),
        ({"tags": "长" * 61}, "最多 60 个"),
        ({"answer": "AB"}, "单选题只能有 1 个正确答案"),
        ({"options": "撤人"}, "至少要有 2 个选项"),
        ({"marks": "0"}, "0.5 到 100"),
    ],
)
def test_the_form_says_in_its_own_words_and_once_what_is_wrong(
    author: FlaskClient, typed: dict[str, str], said: str
) -> None:
    bank = new_bank(author)
    page = author.post(f"{bank}/questions/new", data=TYPED).location
    for where in (f"{bank}/questions/new", page):
        refused = author.post(where, data=TYPED | typed)
        assert refused.status_code == 422 and said in refused.text
        assert refused.text.count("请改正下面的内容") == 1 and "没有导入" not in refused.text


def test_a_multiple_choice_with_one_right_answer_is_asked_about(author: FlaskClient) -> None:
    bank = new_bank(author)
    asked = author.post(f"{bank}/questions/new", data=MULTIPLE)
    assert asked.status_code == 422 and "就是只有一个正确答案" in asked.text
    page = author.post(f"{bank}/questions/new", data=MULTIPLE | {"only_one": "1"}).location
    assert 'name="only_one" value="1" checked' in author.get(page).text


def test_a_picture_from_elsewhere_is_said_not_to_be_shown(author: FlaskClient) -> None:
    stem = "看图 ![井](https://example.org/a.png) 答题"
    page = author.post(f"{new_bank(author)}/questions/new", data=TYPED | {"stem": stem}).location
    assert "图片 https://example.org/a.png 在别的网站上，不会显示" in author.get(page).text
    own = "![甲](/media/a.webp) `![x](http://x.cn/a)` ![乙](//x.cn/b.png)"
    assert foreign_images(own) == ["//x.cn/b.png"]


def test_who_changed_the_question_meanwhile_is_said(make: Make, sign_in: SignIn) -> None:
    first, second = (sign_in(make.member(role="author")) for _ in range(2))
    page = first.post(f"{new_bank(first)}/questions/new", data=TYPED).location
    first.post(page, data=TYPED | {"stem": "第二版？"})
    mine = first.post(page, data=TYPED | {"stem": "旧页面"})
    theirs = second.post(page, data=TYPED | {"stem": "我也改了"})
    assert mine.status_code == 409 and "你在另一个页面已经把这道题改成了第 2 版" in mine.text
    assert theirs.status_code == 409 and "别人已经把它改成了第 2 版" in theirs.text
    assert "第二版？" in theirs.text and "我也改了" in theirs.text


def test_a_bank_is_renamed_and_removed_while_it_is_empty(author: FlaskClient) -> None:
    bank = new_bank(author)
    new_bank(author, "别的")
    taken = author.post(f"{bank}/edit", data={"name": "别的"})
    assert taken.status_code == 422 and "已经有叫这个名字的题库" in taken.text
    assert author.post("/author/banks", data={"name": "别的"}).status_code == 422
    assert author.post("/author/banks", data={"name": " "}).status_code == 422
    assert author.post(f"{bank}/edit", data={"name": "新名字"}).location == bank
    page = author.post(f"{bank}/questions/new", data=TYPED).location
    assert author.post(f"{bank}/remove").status_code == 409
    author.post(f"{page}/delete")
    assert author.post(f"{bank}/remove").location == "/author"
    assert count(Bank) == 1 and author.get(bank).status_code == 404


def test_a_bank_that_a_quiz_draws_from_stays(make: Make, sign_in: SignIn) -> None:
    quiz = quizzes.quiz(make)
    with transaction() as session:
        spare = Bank(name="空的", branch_id=make.organisation().id, created_at=clock.now())
        session.add(spare)
        session.flush()
        session.merge(quiz).bank_id = spare.id
    author = sign_in(make.member(role="author"))
    assert author.post(f"/author/banks/{spare.id}/remove").status_code == 409
    assert "空的" in author.get("/author").text


def test_a_bank_of_another_subtree_cannot_be_written_to(
    make: Make, sign_in: SignIn, author: FlaskClient
) -> None:
    bank = new_bank(author)
    page = author.post(f"{bank}/questions/new", data=TYPED).location
    branch = make.branch()
    outsider = make.member(branch)
    with transaction() as session:
        people.grant(session, outsider, "author", branch, by=None, at=clock.now())
    other = sign_in(outsider)
    for part in ("/questions/new", "/questions/preview", "/edit", "/remove"):
        assert other.post(bank + part, data=TYPED).status_code == 404
    for part in ("/preview", "/delete"):
        assert other.post(page + part, data=TYPED).status_code == 404
