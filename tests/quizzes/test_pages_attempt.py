"""An attempt through the pages, as a browser without JavaScript takes it."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.points.models import PointEntry
from app.quizzes.models import Attempt
from tests.builders import NOON, Make
from tests.quizzes import builders as b

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]


def begin(client: FlaskClient, quiz: Any) -> str:
    """Press the start button and return the address of the attempt."""
    response = client.post(f"/quizzes/{quiz.key}/start")
    assert response.status_code == 303
    return str(response.location)


def page_data(client: FlaskClient, address: str) -> dict[str, Any]:
    text = client.get(address).text
    found = re.search(r'id="attempt-data">(.*?)</script>', text, re.S)
    assert found, text
    return dict(json.loads(found.group(1)))


def filled(client: FlaskClient, address: str, slots: int = 6) -> dict[str, Any]:
    """Return the page's form with the right answers in the first *slots* slots."""
    paper = client.get(f"/api/v1{address}").json
    form: dict[str, Any] = {"epoch": str(paper["epoch"])}
    for slot, value in list(b.right(paper).items())[:slots]:
        form[f"slot-{slot}"] = "true" if value is True else value
        form[f"seq-{slot}"] = str(paper["saved"].get(str(slot), {}).get("seq", 0))
    return form


def test_the_list_names_what_is_open_coming_going_on_and_missed(
    make: Make, sign_in: SignIn
) -> None:
    client, at = sign_in(make.member()), clock.now()
    b.quiz(make, title="现在能答")
    b.quiz(
        make, title="明天才开", opens_at=at + timedelta(days=1), closes_at=at + timedelta(days=2)
    )
    b.quiz(
        make, title="错过了的", opens_at=at - timedelta(days=2), closes_at=at - timedelta(days=1)
    )
    b.quiz(make, title="还是草稿", publish=False)
    begin(client, b.quiz(make, title="答了一半"))
    text = client.get("/quizzes").text
    order = [
        "进行中",
        "答了一半",
        "可参加",
        "现在能答",
        "即将开始",
        "明天才开",
        "已结束",
        "错过了的",
    ]
    places = [text.index(f">{word}<") for word in order]
    assert places == sorted(places)
    assert "还是草稿" not in text


def test_a_list_without_quizzes_says_what_will_be_there(make: Make, sign_in: SignIn) -> None:
    text = sign_in(make.member()).get("/quizzes").text
    assert "还没有答题活动" in text and 'href="/learn"' in text


def test_the_start_page_says_what_is_asked_what_it_earns_and_what_happens_offline(
    make: Make, sign_in: SignIn
) -> None:
    quiz = b.quiz(make, attempts_allowed=2, pass_percent=60)
    text = sign_in(make.member()).get(f"/quizzes/{quiz.key}").text
    for words in (
        "限时 10 分钟",
        "满分 30 分，18 分及格",
        "共可答 2 次",
        "没有信号也能答",
        "答题及格加 10 分",
        "开始答题",
    ):
        assert words in text


def test_a_draft_or_another_branchs_quiz_looks_like_no_quiz(make: Make, sign_in: SignIn) -> None:
    mine, other = make.branch(), make.branch()
    client = sign_in(make.member(mine))
    hidden = [b.quiz(make, publish=False).key, b.quiz(make, branch_id=other.id).key, "nobody"]
    for key in hidden:
        assert client.get(f"/quizzes/{key}").status_code == 404
        assert client.post(f"/quizzes/{key}/start").status_code == 404
    assert client.get(f"/quizzes/{b.quiz(make, branch_id=mine.id).key}").status_code == 200


def test_the_whole_paper_is_one_page_and_has_no_key(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    address = begin(client, b.quiz(make))
    response = client.get(address)
    assert response.text.count('class="question"') == 6
    assert "因为" not in response.text and "explanation" not in response.text
    assert "no-store" in response.headers["Cache-Control"]


def test_all_answers_handed_in_earn_full_marks_and_a_receipt(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    address = begin(client, b.quiz(make, feedback="after_attempt"))
    response = client.post(f"{address}/submit", data=filled(client, address))
    assert (response.status_code, response.location) == (303, address)
    text = client.get(address).text
    for words in (
        "30<small>/ 30 分",
        "及格",
        "答题得分",
        "答题及格",
        "+20",
        "逐题回顾",
        "因为 0",
        "选对了",
    ):
        assert words in text


def test_handing_in_with_empty_questions_saves_and_asks_once_more(
    make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member())
    address = begin(client, b.quiz(make))
    first = client.post(f"{address}/submit", data=filled(client, address, 4))
    assert first.location == f"{address}?hand_in=1"
    asked = client.get(first.location).text
    assert "还有 2 题没有答" in asked and 'href="#slot-5"' in asked and "仍然交卷" in asked
    sure = filled(client, address, 4) | {"confirm": "1"}
    assert client.post(f"{address}/submit", data=sure).location == address
    assert "20<small>/ 30 分" in client.get(address).text


def test_a_saved_form_is_still_there_and_can_be_changed_and_cleared(
    make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member())
    address = begin(client, b.quiz(make))
    form = filled(client, address)
    assert client.post(f"{address}/save", data=form).status_code == 303
    assert len(page_data(client, address)["saved"]) == 6
    form = filled(client, address)
    multiple = next(
        name for name, value in form.items() if isinstance(value, list) and len(value) > 1
    )
    del form[multiple]
    client.post(f"{address}/save", data=form)
    kept = page_data(client, address)["saved"][multiple.removeprefix("slot-")]
    assert (kept["value"], kept["seq"]) == (None, 2)


def test_a_stale_form_changes_nothing_that_is_newer(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member())
    address = begin(client, b.quiz(make))
    stale = filled(client, address)
    for _ in range(2):
        form = filled(client, address)
        form["slot-5"] = "false" if form.get("slot-5") == "true" else form["slot-5"]
        client.post(f"{address}/save", data=form)
    before = page_data(client, address)["saved"]
    assert client.post(f"{address}/save", data=stale).status_code == 303
    assert page_data(client, address)["saved"] == before


def test_the_older_device_is_told_and_can_take_the_attempt_back(
    make: Make, sign_in: SignIn
) -> None:
    member = make.member()
    old, new, quiz = sign_in(member), sign_in(member), b.quiz(make)
    address = begin(old, quiz)
    form = filled(old, address)
    assert begin(new, quiz) == address
    refused = old.post(f"{address}/save", data=form)
    assert refused.status_code == 409 and "已在另一台设备继续" in refused.text
    assert begin(old, quiz) == address
    assert old.post(f"{address}/save", data=filled(old, address)).status_code == 303


@pytest.mark.parametrize(("seconds", "score"), [(599, "30<small>"), (3600, "0<small>")])
def test_answers_count_only_before_the_time_is_up(
    make: Make, sign_in: SignIn, at: At, seconds: int, score: str
) -> None:
    at(NOON)
    client = sign_in(make.member())
    address = begin(client, b.quiz(make))
    form = filled(client, address)
    at(NOON + timedelta(seconds=seconds))
    assert client.post(f"{address}/submit", data=form).location == address
    assert f'class="score">{score}' in client.get(address).text


def test_someone_elses_attempt_looks_like_nobodys(make: Make, sign_in: SignIn) -> None:
    owner, other, quiz = sign_in(make.member()), sign_in(make.member()), b.quiz(make)
    address = begin(owner, quiz)
    form = filled(owner, address)
    nobodys = "/attempts/" + "A" * 22
    for path in (address, nobodys):
        assert other.get(path).status_code == 404
        assert other.post(f"{path}/save", data=form).status_code == 404
        assert other.post(f"{path}/submit", data=form).status_code == 404
    assert owner.post(f"{address}/submit", data=form).status_code == 303


def test_handing_in_twice_and_starting_again_harm_nothing(make: Make, sign_in: SignIn) -> None:
    client, quiz = sign_in(make.member()), b.quiz(make)
    address = begin(client, quiz)
    form = filled(client, address)
    for _ in range(2):
        assert client.post(f"{address}/submit", data=form).location == address
    assert client.post(f"/quizzes/{quiz.key}/start").status_code == 409
    session = db.session()
    assert session.scalar(select(func.count(Attempt.id))) == 1
    assert session.scalar(select(func.count(PointEntry.id))) == 2


def test_a_second_attempts_result_says_why_it_earned_nothing(make: Make, sign_in: SignIn) -> None:
    client, quiz = sign_in(make.member()), b.quiz(make, attempts_allowed=2)
    for _ in range(2):
        address = begin(client, quiz)
        client.post(f"{address}/submit", data=filled(client, address))
    assert "这次没有超过前面的成绩" in client.get(address).text
    assert "第 2 次" in client.get(f"/quizzes/{quiz.key}").text


@pytest.mark.parametrize(
    ("feedback", "hours", "shown"),
    [
        ("score_only", 2, False),
        ("after_close", 0, False),
        ("after_close", 2, True),
        ("after_attempt", 0, True),
    ],
)
def test_the_right_answers_show_only_when_the_policy_says_so(
    make: Make, sign_in: SignIn, at: At, feedback: str, hours: int, shown: bool
) -> None:
    at(NOON)
    client = sign_in(make.member())
    address = begin(client, b.quiz(make, feedback=feedback))
    client.post(f"{address}/submit", data=filled(client, address))
    at(NOON + timedelta(hours=hours))
    text = client.get(address).text
    assert ("逐题回顾" in text) is shown and ("因为 0" in text) is shown
    assert ("公布" in text or "截止以后" in text) is not shown


def test_looking_at_pages_writes_nothing(
    make: Make, sign_in: SignIn, statements: list[str]
) -> None:
    client, quiz = sign_in(make.member()), b.quiz(make)
    address = begin(client, quiz)
    client.get("/quizzes")
    statements.clear()
    for path in ("/quizzes", f"/quizzes/{quiz.key}", address):
        assert client.get(path).status_code == 200
    assert not [s for s in statements if s.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert len([s for s in statements if s.startswith("SELECT")]) <= 12
