"""Building a quiz, trying a paper, publishing it and seeing who took it, through the pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.members import services as people
from app.quizzes.models import Quiz
from tests.builders import NOON, Make
from tests.quizzes import builders as b

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]
LIST = "/organise/quizzes"


def typed(quiz: Quiz, **given: Any) -> dict[str, Any]:
    """Return a form filled in rightly over the bank of *quiz*."""
    form = {
        "title": "十一月月考",
        "description": "带好矿灯",
        "branch": str(quiz.branch_id),
        "bank": str(quiz.bank_id),
        "opens_at": "2026-11-22T08:00",
        "closes_at": "2026-11-29T20:00",
        "minutes": "30",
        "attempts": "２",
        "pass_percent": "60",
        "feedback": "after_close",
        "multiple_rule": "all_or_nothing",
        "rules-0-type": "single_choice",
        "rules-0-tag": "",
        "rules-0-count": "2",
        "rules-0-marks": "5",
    }
    return form | given


def only(title: str) -> Quiz:
    db.session.remove()
    found = db.session().scalars(select(Quiz).where(Quiz.title == title)).one()
    db.session.remove()
    return found


def test_a_draft_is_made_changed_and_published_and_then_open_to_members(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    client, bank = sign_in(make.member(role="organiser")), b.quiz(make)
    made = client.post(f"{LIST}/new", data=typed(bank))
    assert made.status_code == 303
    changed = client.post(made.location, data=typed(bank, title="改名月考"))
    assert (changed.status_code, changed.location) == (303, made.location)
    quiz = only("改名月考")
    assert (quiz.seconds_allowed, quiz.attempts_allowed, quiz.state) == (1800, 2, "draft")
    assert clock.iso(quiz.opens_at) == "2026-11-22T00:00:00.000Z"
    for _ in range(2):
        assert client.post(f"{made.location}/publish").location == made.location
    assert "还没有人开始" in client.get(made.location).text
    assert "改名月考" in sign_in(make.member()).get("/quizzes").text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", " ", "请写一个标题"),
        ("bank", "", "请选择题库"),
        ("bank", "999", "请从列表里选"),
        ("closes_at", "2026-11-22T08:00", "结束时间要晚于开始时间"),
        ("opens_at", "明早", "请选择日期和时间"),
        ("minutes", "半小时", "限时要在 1 到 240 分钟之间"),
        ("attempts", "0", "次数要在 1 到 20 之间"),
        ("pass_percent", "101", "及格线要在 0 到 100 之间"),
        ("rules-0-count", "-3", "第 1 条规则：题数要在 1 到 200 之间"),
        ("rules-0-type", "essay", "第 1 条规则：请从列表里选"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_typed_is_lost(
    make: Make, sign_in: SignIn, field: str, value: str, words: str
) -> None:
    client, bank = sign_in(make.member(role="organiser")), b.quiz(make)
    before = db.session().scalar(select(func.count(Quiz.id)))
    response = client.post(f"{LIST}/new", data=typed(bank, **{field: value}))
    assert response.status_code == 422
    assert words in response.text and "带好矿灯" in response.text
    if value.strip() and field not in ("bank", "rules-0-type"):
        assert f'value="{value}"' in response.text
    assert db.session().scalar(select(func.count(Quiz.id))) == before


def test_rules_are_added_taken_away_and_counted_without_keeping_anything(
    make: Make, sign_in: SignIn
) -> None:
    client, bank = sign_in(make.member(role="organiser")), b.quiz(make)
    more = client.post(f"{LIST}/rules", data=typed(bank, add="1", title=""))
    assert more.status_code == 200 and 'name="rules-1-count"' in more.text
    assert "题库里有 2 道合适" in more.text and "还缺 3 道" in more.text
    two = typed(bank, drop="0") | {
        "rules-1-type": "true_false",
        "rules-1-tag": "",
        "rules-1-count": "七",
        "rules-1-marks": "4",
    }
    less = client.post(f"{LIST}/rules", data=two).text
    assert 'name="rules-1-count"' not in less and 'value="七"' in less
    part = client.post(f"{LIST}/rules", data=typed(bank), headers={"HX-Request": "true"}).text
    assert 'id="rules"' in part and "<html" not in part


def test_publishing_is_refused_naming_the_rule_and_how_many_it_lacks(
    make: Make, sign_in: SignIn
) -> None:
    client, bank = sign_in(make.member(role="organiser")), b.quiz(make)
    made = client.post(f"{LIST}/new", data=typed(bank, **{"rules-0-count": "9"}))
    refused = client.post(f"{made.location}/publish")
    assert refused.status_code == 422
    assert "第 1 条规则要 9 题，题库里只有 2 题，还差 7 题" in refused.text
    assert "抽不出一份卷子" in client.get(f"{made.location}/preview").text
    assert only("十一月月考").state == "draft"


def test_a_sample_paper_can_be_drawn_again_and_is_the_same_for_the_same_number(
    make: Make, sign_in: SignIn
) -> None:
    client, quiz = sign_in(make.member(role="organiser")), b.quiz(make, each=6)
    pages = [client.get(f"{LIST}/{quiz.key}/preview?draw={n}").text for n in (1, 1, 2)]
    # The head carries a token of the moment.
    papers = [page.split("<main")[1] for page in pages]
    assert papers[0] == papers[1] != papers[2]
    assert papers[0].count("question-stem") == 18 and "draw=2" in papers[0]


def test_the_results_list_who_took_it_with_score_and_time(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    organiser, quiz = sign_in(make.member(role="organiser")), b.quiz(make)
    b.attempt(make, make.member(name="李矿灯"), quiz)
    done = sign_in(make.member(name="赵掘进"))
    address = done.post(f"/quizzes/{quiz.key}/start").location
    at(NOON + timedelta(minutes=5))
    done.post(f"{address}/submit", data={"epoch": "1", "confirm": "1"})
    text = organiser.get(f"{LIST}/{quiz.key}").text
    for words in ("李矿灯", "正在答", "赵掘进", "已评分", "5 分钟"):
        assert words in text


def test_only_an_organiser_of_the_branch_gets_in(make: Make, sign_in: SignIn) -> None:
    here, there = make.branch(), make.branch()
    narrow = make.member(here)
    with transaction() as session:
        people.grant(session, narrow, "organiser", here, by=None, at=clock.now())
    mine, other = b.quiz(make, branch_id=here.id), b.quiz(make, branch_id=there.id)
    client, member = sign_in(narrow), sign_in(make.member())
    assert client.get(f"{LIST}/{mine.key}").status_code == 200
    assert mine.title in client.get(LIST).text and other.title not in client.get(LIST).text
    for path in ("", "/preview"):
        assert client.get(f"{LIST}/{other.key}{path}").status_code == 404
        assert member.get(f"{LIST}/{mine.key}{path}").status_code == 403
    assert client.post(f"{LIST}/{other.key}/publish").status_code == 404
    assert client.post(f"{LIST}/{other.key}", data=typed(other)).status_code == 404
    elsewhere = client.post(f"{LIST}/new", data=typed(other))
    assert elsewhere.status_code == 422 and "请从列表里选" in elsewhere.text


def test_a_published_quiz_keeps_its_rules(make: Make, sign_in: SignIn) -> None:
    client, quiz = sign_in(make.member(role="organiser")), b.quiz(make)
    refused = client.post(f"{LIST}/{quiz.key}", data=typed(quiz))
    assert refused.status_code == 409 and "规则不能再改" in refused.text
