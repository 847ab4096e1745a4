"""What an organiser may still do with a quiz, and what a form that was overtaken keeps."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.core.stale import stamp
from app.members import services as people
from app.questions import services as questions
from app.questions.models import Bank, Question
from app.quizzes import building, papers
from app.quizzes.models import Quiz, QuizQuestion
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import save, start
from tests.quizzes.test_pages_organiser import typed as form_data

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]


@pytest.fixture
def desk(make: Make, sign_in: SignIn, at: At) -> FlaskClient:
    at(NOON)
    return sign_in(make.member(role="organiser"))


def reread(quiz: Quiz) -> Quiz:
    db.session.remove()
    found = db.session.get_one(Quiz, quiz.id)
    db.session.remove()
    return found


def act(desk: FlaskClient, quiz: Quiz, word: str, **form: Any) -> Any:
    return desk.post(f"/organise/quizzes/{quiz.key}/{word}", data=form)


def test_of_two_tabs_the_second_is_told_and_keeps_its_text(make: Make, desk: FlaskClient) -> None:
    quiz = b.quiz(make, publish=False)
    address, seen = f"/organise/quizzes/{quiz.key}", stamp(quiz)
    typed = form_data(quiz, seen=seen)
    assert desk.post(address, data=typed | {"title": "甲的标题"}).status_code == 303
    refused = desk.post(address, data=typed | {"title": "乙的标题"})
    assert refused.status_code == 409
    assert "乙的标题" in refused.text and "甲的标题" in refused.text
    fresh = refused.text.split('name="seen" value="')[1].split('"')[0]
    assert desk.post(address, data=typed | {"title": "乙的标题", "seen": fresh}).status_code == 303
    assert reread(quiz).title == "乙的标题"


def test_what_was_typed_into_a_draft_that_is_published_becomes_a_draft(
    make: Make, desk: FlaskClient
) -> None:
    quiz = b.quiz(make, publish=False)
    typed = form_data(quiz, seen=stamp(quiz)) | {"title": "我的改动"}
    assert act(desk, quiz, "publish").status_code == 303
    refused = desk.post(f"/organise/quizzes/{quiz.key}", data=typed)
    assert refused.status_code == 409 and "我的改动" in refused.text
    assert 'action="/organise/quizzes/new"' in refused.text
    assert desk.post("/organise/quizzes/new", data=typed).status_code == 303
    assert sorted(db.session.scalars(select(Quiz.state))) == ["draft", "published"]


def test_a_quiz_is_copied_with_a_window_of_its_own(make: Make, desk: FlaskClient) -> None:
    quiz = b.quiz(make, title="月考")
    made = act(desk, quiz, "copy").location.rsplit("/", 1)[1]
    new = db.session.scalars(select(Quiz).filter_by(key=made)).one()
    assert (new.title, new.state, new.blueprint) == ("月考（副本）", "draft", quiz.blueprint)
    assert new.opens_at == NOON + timedelta(hours=1)
    assert new.closes_at - new.opens_at == quiz.closes_at - quiz.opens_at


def test_an_early_end_takes_no_time_from_those_who_answer(
    make: Make, desk: FlaskClient, sign_in: SignIn, at: At
) -> None:
    quiz = b.quiz(make, seconds_allowed=600, closes_at=NOON + timedelta(days=1))
    client = sign_in(make.member())
    paper = start(client, quiz)
    at(NOON + timedelta(minutes=2))
    assert act(desk, quiz, "close").status_code == 303
    assert reread(quiz).closes_at == NOON + timedelta(minutes=10)
    at(NOON + timedelta(minutes=9))
    assert save(client, paper, b.right(paper)).status_code == 200
    at(NOON + timedelta(minutes=11))
    late = sign_in(make.member()).post(f"/api/v1/quizzes/{quiz.key}/attempts")
    assert late.status_code != 201
    assert act(desk, quiz, "close").status_code == 422


def test_an_end_moves_later_and_never_earlier(make: Make, desk: FlaskClient) -> None:
    quiz = b.quiz(make, closes_at=NOON + timedelta(hours=1))
    local = clock.local(NOON)
    for hours, status in ((0, 422), (3, 303), (24 * 400, 422)):
        until = (local + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
        assert act(desk, quiz, "extend", closes_at=until).status_code == status
    assert act(desk, quiz, "extend", closes_at="morgen").status_code == 422
    assert reread(quiz).closes_at == NOON + timedelta(hours=3)


def test_what_nobody_has_begun_can_be_taken_back_and_deleted(make: Make, desk: FlaskClient) -> None:
    quiz = b.quiz(make)
    assert act(desk, quiz, "delete").status_code == 409
    assert act(desk, quiz, "take-back").status_code == 303
    quiz = reread(quiz)
    assert quiz.state == "draft"
    assert db.session.scalar(select(func.count()).select_from(QuizQuestion)) == 0
    db.session.remove()
    assert act(desk, quiz, "publish").status_code == 303
    act(desk, quiz, "take-back")
    quiz = reread(quiz)
    assert act(desk, quiz, "delete").status_code == 303
    db.session.remove()
    assert db.session.scalar(select(func.count()).select_from(Quiz)) == 0


def test_what_somebody_has_begun_or_a_competition_uses_stays(make: Make, desk: FlaskClient) -> None:
    taken = b.quiz(make)
    b.attempt(make, of=taken)
    assert act(desk, taken, "take-back").status_code == 409
    hour = timedelta(hours=1)
    first, final = b.quiz(make), b.quiz(make, opens_at=NOON + 2 * hour, closes_at=NOON + 3 * hour)
    form = {"title": "赛", "first_quiz": first.key, "final_quiz": final.key, "best_per_branch": "2"}
    assert desk.post("/organise/competitions/new", data=form).status_code == 303
    assert [act(desk, quiz, "take-back").status_code for quiz in (first, final)] == [409, 409]


def test_another_branch_s_quiz_cannot_be_touched(make: Make, sign_in: SignIn) -> None:
    home, other = make.branch(), make.branch()
    member = make.member(home)
    with transaction() as session:
        people.grant(session, session.merge(member), "organiser", home, by=None, at=clock.now())
    desk, quiz = sign_in(member), b.quiz(make, branch_id=other.id)
    for word in ("copy", "close", "extend", "take-back", "delete"):
        assert act(desk, quiz, word).status_code == 404


def test_a_window_that_is_over_is_not_published(make: Make, at: At) -> None:
    at(NOON)
    quiz = b.quiz(make, publish=False)
    with pytest.raises(building.Invalid), transaction() as session:
        building.publish(session, session.get_one(Quiz, quiz.id), at=NOON + timedelta(days=9))


def test_a_publication_after_another_draws_from_its_own_pool(make: Make, desk: FlaskClient) -> None:
    quiz = b.quiz(make)
    assert desk.get(f"/organise/quizzes/{quiz.key}/preview").status_code == 200
    act(desk, quiz, "take-back")
    quiz = reread(quiz)
    with transaction() as session:
        bank = session.get_one(Bank, quiz.bank_id)
        for question in session.scalars(select(Question)):
            questions.retire(session, question, by=None, at=NOON)
        fresh = [
            (b.content(kind, 50 + n), "published", list[Any]()) for kind in b.MIX for n in (1, 2)
        ]
        questions.add_questions(session, bank, fresh, member_id=None, at=NOON)
    assert act(desk, quiz, "publish").status_code == 303
    quiz = reread(quiz)
    pool = set(db.session.scalars(select(QuizQuestion.version_id)))
    assert {row[0] for row in papers.draw_paper(db.session(), quiz, 1)} <= pool
