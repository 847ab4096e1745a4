"""A lesson: read, check, complete; points once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.lessons import rules
from app.lessons.models import Course, Lesson
from app.organisation.models import Branch
from app.points.models import PointEntry
from app.questions import services as questions
from app.questions.models import QuestionVersion
from question_bank.question import Question
from tests.builders import NOON, Make
from tests.quizzes.test_races import at_once

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]
PAGE = "/learn/course/lesson"


@pytest.fixture
def lesson(make: Make, at: At) -> Lesson:
    """A published lesson with one check question, a minute and reading to the end."""
    at(NOON)
    return add(make.organisation())


def add(branch: Branch, key: str = "lesson") -> Lesson:
    with transaction() as session:
        bank = questions.ensure_bank(session, f"题库 {key}", branch, at=clock.now())
        content = Question(
            "single_choice", "哪个对？", ("甲", "乙"), [1], "因为乙", source="某法第一条"
        )
        one = questions.add_question(
            session, bank, content, status="published", member_id=None, at=clock.now()
        )
        version = session.scalars(
            select(QuestionVersion.id).where(QuestionVersion.question_id == one.id)
        ).one()
        course = Course(
            key="course" if key == "lesson" else key,
            title="课程",
            branch_id=branch.id,
            posts=[],
            published=True,
        )
        session.add(course)
        session.flush()
        made = Lesson(
            key=key, course_id=course.id, title="第一课", body="正文", check_versions=[version],
            completion={"read": True, "checks_right": 1, "seconds": 60}, published=True,
        )  # fmt: skip
        session.add(made)
    return made


def entries() -> int:
    db.session.remove()
    return db.session.scalar(select(func.count(PointEntry.id))) or 0


def test_completing_earns_points_once(make: Make, sign_in: SignIn, at: At, lesson: Lesson) -> None:
    client = sign_in(make.member())
    assert client.get(PAGE).status_code == 200
    client.post(f"{PAGE}/progress", data={"position": "950"})
    client.post(f"{PAGE}/checks/0", data={"value": "1"})
    client.post(f"{PAGE}/complete")
    assert entries() == 0
    at(NOON + timedelta(seconds=61))
    for _ in range(3):
        assert client.post(f"{PAGE}/complete").status_code == 303
    assert entries() == 1
    assert "+5" in client.get(PAGE).text


def test_a_check_says_at_once_whether_it_was_right_and_tells_the_key_only_then(
    make: Make, sign_in: SignIn, lesson: Lesson
) -> None:
    client = sign_in(make.member())
    assert "因为乙" not in client.get(PAGE).text
    wrong = client.post(f"{PAGE}/checks/0", data={"value": "0"})
    assert "不对" in wrong.text and "因为乙" not in wrong.text
    empty = client.post(f"{PAGE}/checks/0", headers={"HX-Request": "true"})
    assert empty.status_code == 422
    assert "请先选择答案" in empty.text and 'id="check-0"' in empty.text
    assert client.post(f"{PAGE}/checks/7", data={"value": "1"}).status_code == 404
    assert "因为乙" in client.post(f"{PAGE}/checks/0", data={"value": "1"}).text


def test_an_answer_brings_what_is_left_up_to_date(
    make: Make, sign_in: SignIn, lesson: Lesson
) -> None:
    client = sign_in(make.member())
    assert "还差 1 道" in client.get(PAGE).text
    sent = {"value": "1"}
    right = client.post(f"{PAGE}/checks/0", data=sent, headers={"HX-Request": "true"}).text
    assert 'hx-swap-oob="true"' in right and "答对 1 道检查题" in right and "还差" not in right


def test_progress_never_goes_back(make: Make, sign_in: SignIn, lesson: Lesson) -> None:
    client = sign_in(make.member())
    for position in ("700", "100", "-5", "nonsense"):
        client.post(f"{PAGE}/progress", data={"position": position})
    assert "70%" in client.get("/learn").text


def test_a_lesson_of_another_branch_looks_like_nobody_s(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    mine, theirs = make.branch(), make.branch()
    add(theirs, "theirs")
    client = sign_in(make.member(mine))
    assert client.get("/learn/theirs/theirs").status_code == 404
    assert sign_in(make.member(theirs)).get("/learn/theirs/theirs").status_code == 200


@pytest.mark.parametrize(
    ("position", "checks", "seconds", "left"),
    [
        (0, {}, 0, (True, 2, 60)),
        (899, {"0": True}, 59, (True, 1, 1)),
        (900, {"0": True, "1": True}, 60, (False, 0, 0)),
        (1000, {"0": False, "1": True}, 99, (False, 1, 0)),
    ],
)
def test_what_is_left_to_do(
    position: int, checks: dict[str, bool], seconds: int, left: tuple[bool, int, int]
) -> None:
    rule = {"read": True, "checks_right": 2, "seconds": 60}
    found = rules.missing(rule, position=position, checks=checks, seconds=seconds)
    assert (found.read, found.checks, found.seconds) == left
    assert found.nothing is (left == (False, 0, 0))


def picture(kind: str) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, kind)
    file.seek(0)
    return file


def upload(client: FlaskClient, content: BytesIO, name: str, kind: str) -> int:
    data = {"file": (content, name, kind)}
    return client.post("/organise/lessons/files", data=data).status_code


def test_pictures_and_videos_are_known_by_content(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="author"))
    assert upload(client, picture("PNG"), "a.png", "image/png") == 200
    svg = BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>")
    assert upload(client, svg, "a.png", "image/png") == 422
    assert upload(client, picture("GIF"), "a.png", "image/png") == 422
    assert upload(client, BytesIO(b"GIF89a not a video"), "a.mp4", "video/mp4") == 422
    video = BytesIO(b"\0\0\0\x18ftypmp42" + b"x" * 200_000)
    assert upload(client, video, "a.mp4", "video/mp4") == 200


@pytest.mark.race
def test_two_tabs_open_a_lesson_at_once(make: Make, sign_in: SignIn, lesson: Lesson) -> None:
    member = make.member()
    tabs = [sign_in(member) for _ in range(8)]
    sent = at_once(tabs, lambda c, n: c.post(f"{PAGE}/progress", data={"position": str(100 * n)}))
    assert {one.status_code for one in sent} == {303}
    db.session.remove()
    assert "70%" in tabs[0].get("/learn").text
