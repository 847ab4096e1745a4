"""Before a quiz is published its organiser sees what members will get; a form starts fillable."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core import clock
from app.core.db import db, transaction
from app.core.stale import stamp
from app.quizzes import building, lifecycle, queries, starting
from app.quizzes.models import Quiz
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_pages_organiser import LIST, typed

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]


@pytest.fixture
def desk(make: Make, sign_in: SignIn, at: At) -> FlaskClient:
    at(NOON)
    return sign_in(make.member(role="organiser"))


def state(quiz: Quiz) -> str:
    db.session.remove()
    found = db.session.get_one(Quiz, quiz.id).state
    db.session.remove()
    return found


def test_publishing_asks_first_and_shows_who_gets_what_and_when(
    make: Make, desk: FlaskClient
) -> None:
    home = make.branch("综采一队党支部")
    for _ in range(3):
        make.member(home)
    quiz = b.quiz(
        make, publish=False, branch_id=home.id, attempts_allowed=2, description="带好矿灯"
    )
    page = f"{LIST}/{quiz.key}/publish"
    assert f'href="{page}"' in desk.get(f"{LIST}/{quiz.key}").text
    shown = desk.get(page).text
    for words in (
        "综采一队党支部",
        "共 3 人",
        "带好矿灯",
        "6 题",
        "满分 30 分",
        "共可答 2 次",
        "10 分钟",
    ):
        assert words in shown
    assert state(quiz) == "draft"
    told = desk.post(page, data={"seen": stamp(quiz)}, follow_redirects=True)
    assert "已发布，成员现在就可以答" in told.text and state(quiz) == "published"
    assert desk.get(page).location == f"{LIST}/{quiz.key}"


def test_what_changed_since_it_was_looked_at_is_not_published(
    make: Make, desk: FlaskClient
) -> None:
    quiz = b.quiz(make, publish=False)
    seen = stamp(quiz)
    assert desk.post(f"{LIST}/{quiz.key}", data=typed(quiz, title="改了")).status_code == 303
    refused = desk.post(f"{LIST}/{quiz.key}/publish", data={"seen": seen})
    assert refused.status_code == 409 and "改了" in refused.text
    assert state(quiz) == "draft"


@pytest.mark.parametrize(
    ("later", "given", "words"),
    [
        (timedelta(hours=2), {}, "截止时间已经过去"),
        (
            timedelta(),
            {"blueprint": [{"type": None, "tag": None, "count": 9, "marks": 1}]},
            "还差 3 题",
        ),
    ],
)
def test_what_cannot_be_published_says_why_before_anybody_presses(
    make: Make, desk: FlaskClient, at: At, later: timedelta, given: dict[str, Any], words: str
) -> None:
    quiz = b.quiz(make, publish=False, **given)
    at(NOON + later)
    page = f"{LIST}/{quiz.key}/publish"
    shown, refused = desk.get(page), desk.post(page)
    assert words in shown.text and 'name="seen"' not in shown.text
    assert refused.status_code == 422 and words in refused.text
    assert state(quiz) == "draft"


def test_a_new_form_begins_with_the_only_bank_and_what_it_can_give(
    make: Make, desk: FlaskClient
) -> None:
    assert 'name="rules-0-count" type="text" value="10"' in desk.get(f"{LIST}/new").text
    one = b.quiz(make)
    alone = desk.get(f"{LIST}/new").text
    assert 'name="rules-0-count" type="text" value="6"' in alone and "还缺" not in alone
    other = b.quiz(make, each=1)
    assert 'name="rules-0-count" type="text" value="10"' in desk.get(f"{LIST}/new").text
    untouched = {"rules-0-type": "", "rules-0-count": "10", "rules-0-marks": "10"}
    chosen = desk.post(f"{LIST}/rules", data=typed(other) | untouched).text
    assert 'name="rules-0-count" type="text" value="3"' in chosen
    own = desk.post(f"{LIST}/rules", data=typed(one) | untouched | {"rules-0-count": "9"}).text
    assert 'name="rules-0-count" type="text" value="9"' in own


@pytest.mark.parametrize("act", [lifecycle.take_back, lifecycle.close_early])
def test_who_looked_before_an_end_and_starts_after_it_is_refused(
    make: Make, at: At, act: Callable[..., None]
) -> None:
    at(NOON)
    quiz, organiser, person = b.quiz(make), make.member(), make.member()
    late = NOON + timedelta(seconds=5)
    with transaction() as session:
        me = b.load(session, person)
        looked_at = queries.quiz_for(session, me, quiz.key, at=NOON).quiz
        act(session, session.get_one(Quiz, quiz.id), by=organiser.id, at=NOON)
        session.flush()
        with pytest.raises(starting.Closed):
            starting.start(session, looked_at, me, at=late)


def test_the_service_refuses_what_the_page_would_have_shown(make: Make, at: At) -> None:
    at(NOON)
    quiz = b.quiz(make, publish=False)
    assert building.hindrances(db.session(), quiz, at=clock.now()) == []
    assert len(building.hindrances(db.session(), quiz, at=NOON + timedelta(days=9))) == 1
