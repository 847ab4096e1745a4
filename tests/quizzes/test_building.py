"""A quiz is built, published once, and keeps the pool it was published with."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Invalid
from app.questions import services as questions
from app.questions.models import Bank, Question
from app.quizzes import building, papers
from app.quizzes.models import Quiz, QuizEntrant, QuizQuestion
from question_bank.selection import CannotDraw
from tests.builders import Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import start
from tests.quizzes.test_races import at_once

SignIn = Callable[..., FlaskClient]


def draft_of(quiz: Quiz) -> building.QuizDraft:
    names = building.QuizDraft.__dataclass_fields__
    return building.QuizDraft(**{name: getattr(quiz, name) for name in names})


def change(quiz: Quiz, **given: Any) -> None:
    with transaction() as session:
        held = session.get_one(Quiz, quiz.id)
        building.update_quiz(session, held, replace(draft_of(held), **given), by=1, at=clock.now())


def publish(quiz: Quiz) -> None:
    with transaction() as session:
        building.publish(session, session.get_one(Quiz, quiz.id), at=clock.now())


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("title", "安" * 120, "安" * 121),
        ("title", "安", " "),
        ("seconds_allowed", 30, 29),
        ("seconds_allowed", 14_400, 14_401),
        ("grace_seconds", 300, 301),
        ("attempts_allowed", 20, 0),
        ("pass_percent", 100, 101),
        ("feedback", "score_only", "always"),
        ("multiple_rule", "part_when_too_few", "half"),
        ("blueprint", [{"type": None, "tag": None, "count": 200, "marks": 1}], []),
        ("blueprint", [{"type": None, "tag": None, "count": 1, "marks": 100}],
         [{"type": None, "tag": None, "count": 201, "marks": 1}]),
        ("blueprint", [{"type": "true_false", "tag": None, "count": 1, "marks": 1}],
         [{"type": "essay", "tag": None, "count": 1, "marks": 1}]),
    ],
)  # fmt: skip
def test_each_decision_has_its_range(
    app: Flask, make: Make, field: str, good: Any, bad: Any
) -> None:
    quiz = b.quiz(make, publish=False)
    fine = draft_of(quiz)
    with app.test_request_context():
        assert building.problems(replace(fine, **{field: good})) == {}
        assert list(building.problems(replace(fine, **{field: bad}))) == [field]


def test_a_window_goes_forward(app: Flask, make: Make) -> None:
    fine = draft_of(b.quiz(make, publish=False))
    with app.test_request_context():
        assert list(building.problems(replace(fine, closes_at=fine.opens_at))) == ["closes_at"]


def test_publishing_names_the_rule_that_lacks_questions_and_how_many(
    app: Flask, make: Make
) -> None:
    rules = [
        {"type": "single_choice", "tag": None, "count": 2, "marks": 5},
        {"type": "true_false", "tag": None, "count": 5, "marks": 5},
    ]
    quiz = b.quiz(make, publish=False, blueprint=rules)
    with app.test_request_context(), pytest.raises(Invalid) as refused:
        publish(quiz)
    assert "第 2 条规则要 5 题" in str(refused.value.fields["blueprint"])
    assert "还差 3 题" in str(refused.value.fields["blueprint"])
    assert db.session.scalar(select(func.count()).select_from(QuizQuestion)) == 0
    db.session.rollback()
    change(quiz, blueprint=[rules[0]])
    publish(quiz)
    assert db.session.scalar(select(func.count()).select_from(QuizQuestion)) == 2


def test_a_published_quiz_asks_what_it_was_published_with(make: Make, sign_in: SignIn) -> None:
    quiz = b.quiz(make, each=2)
    with transaction() as session:
        for question in session.scalars(select(Question)):
            questions.retire(session, question, by=None, at=clock.now())
        bank = session.get_one(Bank, quiz.bank_id)
        fresh = [(b.content(b.MIX[0], 99), "published", list[dict[str, Any]]())]
        questions.add_questions(session, bank, fresh, member_id=None, at=clock.now())
    publish(quiz)
    paper = start(sign_in(make.member()), quiz)
    assert len(paper["slots"]) == 6
    assert "99" not in str([slot["stem_html"] for slot in paper["slots"]])


def test_a_published_quiz_can_no_longer_be_changed(make: Make) -> None:
    quiz = b.quiz(make, publish=False)
    change(quiz, title="改过")
    publish(quiz)
    with pytest.raises(building.AlreadyPublished):
        change(quiz, title="再改")
    assert db.session.scalars(select(Quiz.title)).all() == ["改过"]


@pytest.mark.race
def test_of_many_who_publish_and_change_each_finds_it_whole(app: Flask, make: Make) -> None:
    quiz = b.quiz(make, publish=False)
    slot = [{"type": "true_false", "tag": None, "count": 1, "marks": 5}]

    def act(_client: FlaskClient, n: int) -> str:
        with app.app_context():
            try:
                change(quiz, blueprint=slot) if n % 2 else publish(quiz)
            except building.AlreadyPublished:
                return "refused"
        return "done"

    answers = at_once([app.test_client() for _ in range(8)], act)
    assert answers[::2] == ["done"] * 4
    db.session.expire_all()
    held = db.session.scalars(select(Quiz)).one()
    pool = db.session.scalar(select(func.count()).select_from(QuizQuestion))
    assert (held.state, pool) == ("published", 2 if held.blueprint == slot else 6)


def test_only_who_is_invited_may_take_an_invited_quiz(make: Make, sign_in: SignIn) -> None:
    guest, other = make.member(), make.member()
    quiz = b.quiz(make, invited_only=True)
    with transaction() as session:
        session.add(QuizEntrant(quiz_id=quiz.id, member_id=guest.id))
    path = f"/api/v1/quizzes/{quiz.key}/attempts"
    refused, nobody = sign_in(other).post(path), sign_in(other).post("/api/v1/quizzes/x/attempts")
    assert (refused.status_code, refused.data) == (404, nobody.data)
    assert sign_in(other).get("/api/v1/quizzes").json == []
    assert [q["state"] for q in sign_in(guest).get("/api/v1/quizzes").json] == ["open"]
    assert sign_in(guest).post(path).status_code == 201


def test_a_seed_draws_one_paper_and_another_seed_another(make: Make) -> None:
    quiz, session = b.quiz(make, each=4), db.session()
    drawn = [papers.draw_paper(session, quiz, seed) for seed in (1, 1, 2, 3)]
    assert drawn[0] == drawn[1] and drawn[0] not in drawn[2:]
    assert sorted(row[0] for row in drawn[0]) == sorted(row[0] for row in drawn[2])
    quiz.blueprint = [{"type": "true_false", "tag": None, "count": 9, "marks": 1}]
    with pytest.raises(CannotDraw):
        papers.draw_paper(session, quiz, 1)
