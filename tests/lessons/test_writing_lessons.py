"""An author writes a lesson: files go into its text, check questions are found, nothing is lost."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from app.core import clock
from app.core.db import db, transaction
from app.lessons import building
from app.lessons.models import Lesson
from app.members import services as people
from app.members.models import Member
from app.questions import services as questions
from app.questions.models import Question as Stored
from app.questions.models import QuestionVersion
from question_bank.question import Question
from tests.builders import Make

SignIn = Callable[[Member], FlaskClient]
JSON = {"Accept": "application/json"}
TYPED = {"title": "第一课", "body": "课文开头", "minutes": "5", "seconds": "0", "checks_right": "0"}


@pytest.fixture
def course(make: Make) -> str:
    """The address of a course of the root."""
    who = make.member()
    with transaction() as session:
        made = building.create_course(
            session, "课程", "", make.organisation(), by=who.id, at=clock.now()
        )
    return f"/organise/lessons/courses/{made.key}"


@pytest.fixture
def author(make: Make, sign_in: SignIn, course: str) -> FlaskClient:
    return sign_in(make.member(role="author"))


def question(make: Make, stem: str, branch: Any = None, status: str = "published") -> int:
    """Return the version's id of a new question."""
    content = Question("single_choice", stem, ("甲", "乙"), [1])
    home = branch or make.organisation()
    with transaction() as session:
        bank = questions.ensure_bank(session, f"题库 {home.code}", home, at=clock.now())
        made = questions.add_question(
            session, bank, content, status=status, member_id=None, at=clock.now()
        )
        versions = select(QuestionVersion.id).where(QuestionVersion.question_id == made.id)
        return session.scalars(versions).one()


def lesson() -> Lesson:
    db.session.remove()
    return db.session.scalars(select(Lesson)).one()


def png() -> tuple[BytesIO, str, str]:
    file = BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    file.seek(0)
    return file, "a.png", "image/png"


def test_a_picture_comes_back_in_the_text_with_everything_typed(
    author: FlaskClient, course: str
) -> None:
    sent = TYPED | {"do": "upload", "file": png(), "source": "某法"}
    page = author.post(f"{course}/parts", data=sent)
    assert page.status_code == 200
    assert "课文开头\n\n![图片说明](/media/" in page.text and 'value="某法"' in page.text
    assert db.session.scalars(select(Lesson)).all() == []


def test_a_video_fills_its_own_field(author: FlaskClient, course: str) -> None:
    video = (BytesIO(b"\0\0\0\x18ftypmp42" + b"x" * 1000), "a.mp4", "application/octet-stream")
    page = author.post(f"{course}/parts", data=TYPED | {"do": "upload", "file": video})
    assert 'name="video" type="text" value="/media/' in page.text


@pytest.mark.parametrize(
    ("file", "said"),
    [(None, "请选择一个图片或视频文件"), (b"GIF89a", "PNG、JPEG 或 WebP 图片")],
)
def test_a_missing_or_bad_file_is_said_beside_what_was_typed(
    author: FlaskClient, course: str, file: bytes | None, said: str
) -> None:
    sent = TYPED | {"do": "upload"} | ({"file": (BytesIO(file), "a.png")} if file else {})
    page = author.post(f"{course}/parts", data=sent)
    assert page.status_code == 422 and said in page.text and "课文开头" in page.text


def test_a_script_gets_the_line_to_insert_or_the_reason(author: FlaskClient) -> None:
    told = author.post("/organise/lessons/files", data={"file": png()}, headers=JSON)
    assert told.json["line"] == f"![图片说明]({told.json['address']})"
    wrong = author.post("/organise/lessons/files", data={}, headers=JSON)
    assert wrong.status_code == 422 and "请选择" in wrong.json["fields"]["file"]


def test_a_file_chosen_and_not_uploaded_is_not_lost_on_saving(
    author: FlaskClient, course: str
) -> None:
    page = author.post(f"{course}/new", data=TYPED | {"file": png()})
    assert page.status_code == 200 and "![图片说明](/media/" in page.text
    assert "还没有保存" in page.text


def test_a_long_text_is_taken(author: FlaskClient, course: str) -> None:
    saved = author.post(
        f"{course}/new", data=TYPED | {"body": "文" * 50_000, "file": (BytesIO(), "")}
    )
    assert saved.status_code == 303 and len(lesson().body) == 50_000


def test_a_check_is_found_added_saved_and_taken_away(
    make: Make, author: FlaskClient, course: str
) -> None:
    one, two = question(make, "瓦斯超限先做什么？"), question(make, "停风以后呢？")
    found = author.post(f"{course}/parts", data=TYPED | {"do": "find", "find": "瓦斯"})
    assert f'name="add" value="{one}"' in found.text and "停风以后" not in found.text
    added = author.post(f"{course}/parts", data=TYPED | {"add": str(two), "check": [str(one)]})
    for version in (one, two):
        assert f'name="check" value="{version}"' in added.text
    saved = author.post(
        f"{course}/new", data=TYPED | {"check": [str(one), str(two)], "checks_right": "2"}
    )
    assert lesson().check_versions == [one, two]
    page = author.get(saved.location).text
    assert "瓦斯超限先做什么" in page and "停风以后呢" in page
    less = author.post(f"{saved.location}/parts", data={"drop": str(one), "check": [one, two]})
    assert "瓦斯超限" not in less.text and "停风以后呢" in less.text


def test_htmx_gets_only_the_checks(make: Make, author: FlaskClient, course: str) -> None:
    question(make, "瓦斯超限先做什么？")
    part = author.post(
        f"{course}/parts", data=TYPED | {"do": "find"}, headers={"HX-Request": "true"}
    ).text
    assert 'id="checks"' in part and "瓦斯超限" in part and "<form" not in part


def test_enter_in_the_search_field_searches_instead_of_saving(
    make: Make, author: FlaskClient, course: str
) -> None:
    question(make, "瓦斯超限先做什么？")
    page = author.post(f"{course}/new", data=TYPED | {"do": "enter", "find": "瓦斯"})
    assert page.status_code == 200 and "瓦斯超限" in page.text
    assert author.post(f"{course}/new", data=TYPED | {"do": "enter"}).status_code == 303


def test_drafts_and_other_branches_questions_are_neither_found_nor_taken(
    make: Make, sign_in: SignIn, course: str
) -> None:
    mine, theirs = make.branch(), make.branch()
    hidden = [question(make, "别人的题？", theirs), question(make, "草稿题？", mine, "draft")]
    who = make.member(mine)
    with transaction() as session:
        people.grant(session, who, "author", mine, by=None, at=clock.now())
        own = building.create_course(session, "支部课", "", mine, by=who.id, at=clock.now())
    client, page = sign_in(who), f"/organise/lessons/courses/{own.key}"
    found = client.post(f"{page}/parts", data=TYPED | {"do": "find"}).text
    shown = client.post(f"{page}/parts", data=TYPED | {"check": hidden}).text
    assert all(word not in found + shown for word in ("别人的题", "草稿题"))
    assert client.post(f"{page}/new", data=TYPED | {"check": hidden}).status_code == 422
    assert client.post(f"{course}/parts", data=TYPED).status_code == 404


def test_a_check_retired_since_stays_and_a_changed_one_is_asked_anew(
    make: Make, author: FlaskClient, course: str
) -> None:
    version = question(make, "瓦斯超限先做什么？")
    page = author.post(f"{course}/new", data=TYPED | {"check": [version]}).location
    with transaction() as session:
        stored = session.scalars(select(Stored)).one()
        questions.retire(session, stored, by=None, at=clock.now())
    assert author.post(page, data=TYPED | {"check": [version]}).status_code == 303
    assert author.post(f"{course}/new", data=TYPED | {"check": [version]}).status_code == 422
    assert lesson().check_versions == [version]
