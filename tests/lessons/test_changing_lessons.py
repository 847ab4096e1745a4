"""Nothing is overwritten unseen; a course is renamed and hidden, and who learned keeps it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db, transaction
from app.lessons import building
from app.lessons.forms import LessonForm
from app.lessons.models import Course, Lesson, LessonProgress
from app.members import services as people
from app.members.models import Member
from tests.builders import Make

SignIn = Callable[[Member], FlaskClient]
TYPED = {
    "title": "第一课", "body": "课文", "minutes": "5", "seconds": "0", "checks_right": "0",
    "published": "1",
}  # fmt: skip


@pytest.fixture
def author(make: Make, sign_in: SignIn) -> FlaskClient:
    return sign_in(make.member(role="author"))


@pytest.fixture
def lesson(make: Make) -> Lesson:
    """A published lesson in a course of the root."""
    who, at = make.member(), clock.now()
    with transaction() as session:
        course = building.create_course(
            session, "旧课程名", "", make.organisation(), by=who.id, at=at
        )
        values = LessonForm(**TYPED).values({})
        return building.create_lesson(session, course, values, by=who.id, at=at)


def seen_on(client: FlaskClient, page: str) -> str:
    return client.get(page).text.split('name="seen" value="')[1].split('"')[0]


def stored(kind: Any) -> Any:
    db.session.remove()
    return db.session.scalars(select(kind)).one()


def course_page() -> str:
    return f"/organise/lessons/courses/{stored(Course).key}"


def test_a_stale_lesson_is_refused_with_both_texts_and_saved_the_second_time(
    author: FlaskClient, lesson: Lesson
) -> None:
    page = f"/organise/lessons/{lesson.key}"
    old = seen_on(author, page)
    theirs = TYPED | {"body": "同事写的课文", "seen": old}
    assert author.post(page, data=theirs).status_code == 303
    mine = TYPED | {"body": "我写的课文", "seen": old}
    refused = author.post(page, data=mine)
    assert refused.status_code == 409
    assert "同事写的课文" in refused.text and "我写的课文" in refused.text
    assert stored(Lesson).body == "同事写的课文"
    again = mine | {"seen": refused.text.split('name="seen" value="')[1].split('"')[0]}
    assert author.post(page, data=again).status_code == 303
    assert stored(Lesson).body == "我写的课文"


def test_looking_for_questions_or_a_mistake_does_not_make_a_stale_form_fresh(
    author: FlaskClient, lesson: Lesson
) -> None:
    page = f"/organise/lessons/{lesson.key}"
    old = seen_on(author, page)
    author.post(page, data=TYPED | {"title": "同事的", "seen": old})
    for address, typed in ((f"{page}/parts", {"do": "find"}), (page, {"title": ""})):
        shown = author.post(address, data=TYPED | {"seen": old} | typed)
        assert f'name="seen" value="{old}"' in shown.text
    assert author.post(page, data=TYPED | {"seen": old}).status_code == 409


@pytest.mark.parametrize(("published", "said"), [("1", "成员可以看到这节课"), ("", "成员还看不到")])
def test_saving_a_lesson_says_who_sees_it(
    author: FlaskClient, lesson: Lesson, published: str, said: str
) -> None:
    for page in (f"/organise/lessons/{lesson.key}", f"{course_page()}/new"):
        saved = author.post(page, data=TYPED | {"published": published}, follow_redirects=True)
        assert said in saved.text


def test_a_hidden_course_is_gone_for_members_and_comes_back_with_their_progress(
    make: Make, sign_in: SignIn, author: FlaskClient, lesson: Lesson
) -> None:
    client, page = sign_in(make.member()), course_page()
    public = f"/learn/{stored(Course).key}/{lesson.key}"
    client.post(f"{public}/complete", data={"position": "1000"})
    for published, status in (({}, 404), ({"published": "1"}, 200)):
        sent = {"title": "旧课程名", "seen": seen_on(author, page)} | published
        assert author.post(page, data=sent).status_code == 303
        assert client.get(public).status_code == status
        assert ("旧课程名" in client.get("/learn").text) == (status == 200)
    assert stored(LessonProgress).completed_at is not None
    changes = select(AuditEntry).where(AuditEntry.action == "course.change")
    told = [(e.detail["before"]["published"], e.detail["after"]["published"])
            for e in db.session.scalars(changes)]  # fmt: skip
    assert told == [(True, False), (False, True)]


def test_a_course_is_renamed_once_and_a_stale_form_is_refused(
    author: FlaskClient, lesson: Lesson
) -> None:
    page = course_page()
    old = seen_on(author, page)
    first = {"title": "新课程名", "summary": "新简介", "published": "1", "seen": old}
    assert "新课程名" in author.post(page, data=first, follow_redirects=True).text
    refused = author.post(page, data=first | {"title": "又一个名字"})
    assert refused.status_code == 409
    assert "新课程名 · 新简介" in refused.text and 'value="又一个名字"' in refused.text
    assert stored(Course).title == "新课程名"


@pytest.mark.parametrize("wrong", [{"title": " "}, {"title": "长" * 121}, {"summary": "长" * 401}])
def test_a_course_with_mistakes_keeps_what_was_typed(
    author: FlaskClient, lesson: Lesson, wrong: dict[str, str]
) -> None:
    page = course_page()
    sent = {"title": "新名字", "summary": "简介留着", "seen": seen_on(author, page)} | wrong
    refused = author.post(page, data=sent)
    assert refused.status_code == 422
    assert ("简介留着" in refused.text) == ("summary" not in wrong)
    assert stored(Course).title == "旧课程名"


@pytest.mark.parametrize("role", ["author", "organiser"])
def test_the_way_to_the_courses_and_back_is_open_to_whoever_may_go_it(
    make: Make, sign_in: SignIn, role: str
) -> None:
    client = sign_in(make.member(role=role))
    assert 'href="/organise/lessons"' in client.get("/author").text
    back = client.get("/organise/lessons").text.split('class="back" href="')[1].split('"')[0]
    assert back == {"author": "/author", "organiser": "/organise"}[role]
    assert client.get(back).status_code == 200


def test_a_course_above_my_branch_is_not_mine_to_change(
    make: Make, sign_in: SignIn, lesson: Lesson
) -> None:
    mine = make.branch()
    who = make.member(mine)
    with transaction() as session:
        people.grant(session, who, "author", mine, by=None, at=clock.now())
    client = sign_in(who)
    page = course_page()
    assert client.get(page).status_code == 404
    assert client.post(page, data={"title": "别人的课"}).status_code == 404
