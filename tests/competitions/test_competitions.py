"""A competition of two rounds: everyone qualifies, the best of each branch meet in the final."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.competitions import queries, services
from app.competitions.models import Round, RoundResult
from app.core import clock
from app.core.db import db, transaction
from app.points.models import PointEntry
from app.quizzes.models import Quiz, QuizEntrant
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import save, start, submit

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]
HOUR = timedelta(hours=1)


@pytest.fixture
def quizzes(make: Make, at: At) -> list[Quiz]:
    """A quiz open from noon for an hour and another one after it."""
    at(NOON)
    final = {"opens_at": NOON + 2 * HOUR, "closes_at": NOON + 3 * HOUR}
    return [b.quiz(make, title="预赛题"), b.quiz(make, title="决赛题", **final)]


def compete(client: FlaskClient, quiz: Quiz, right: int) -> None:
    paper = start(client, quiz)
    values = dict(list(b.right(paper).items())[:right])
    if values:
        save(client, paper, values)
    assert submit(client, paper).status_code == 200


def create(client: FlaskClient, quizzes: list[Quiz], **given: Any) -> Any:
    form = {
        "title": "明灯杯", "description": "", "best_per_branch": "1",
        "first_quiz": quizzes[0].key, "final_quiz": quizzes[1].key, **given,
    }  # fmt: skip
    return client.post("/organise/competitions/new", data=form)


def settle_due(session: Session) -> int:
    due = queries.due(session, at=clock.now())
    return sum(services.settle_if_over(session, one.id, at=clock.now()) for one in due)


def test_the_best_of_each_branch_advance_and_the_final_has_a_winner(
    make: Make, sign_in: SignIn, at: At, quizzes: list[Quiz]
) -> None:
    organiser, one, two = sign_in(make.member(role="organiser")), make.branch(), make.branch()
    people = [make.member(one), make.member(one), make.member(two)]
    page = create(organiser, quizzes).location
    for member, right in zip(people, (6, 3, 1), strict=True):
        compete(sign_in(member), quizzes[0], right)
    at(NOON + 2 * HOUR)
    settle = f"/organise{page}/rounds/1/settle"
    assert [sign_in(make.member(role="organiser")).post(settle).status_code for _ in range(2)] == [
        303,
        303,
    ]
    through = select(QuizEntrant.member_id).order_by(QuizEntrant.member_id)
    assert list(db.session.scalars(through)) == [people[0].id, people[2].id]
    db.session.remove()
    assert sign_in(people[1]).get(f"/quizzes/{quizzes[1].key}").status_code == 404
    compete(sign_in(people[0]), quizzes[1], 2)
    at(NOON + 3 * HOUR)
    db.session.remove()
    with transaction() as session:
        assert settle_due(session) == 1
    result = sign_in(people[0]).get(f"{page}/rounds/2")
    assert "我的名次" in result.text and people[0].name in result.text


def test_advancing_pays_once(make: Make, sign_in: SignIn, at: At, quizzes: list[Quiz]) -> None:
    create(sign_in(make.member(role="organiser")), quizzes)
    compete(sign_in(make.member()), quizzes[0], 6)
    at(NOON + 2 * HOUR)
    for _ in range(2):
        db.session.remove()
        with transaction() as session:
            settle_due(session)
    paid = select(func.count(PointEntry.id)).where(PointEntry.source_kind == "round")
    assert (
        db.session.scalar(paid),
        db.session.scalar(select(func.count(RoundResult.member_id))),
    ) == (1, 1)


def test_a_round_is_not_settled_while_somebody_may_answer(
    make: Make, sign_in: SignIn, at: At, quizzes: list[Quiz]
) -> None:
    organiser = make.member(role="organiser")
    page = create(sign_in(organiser), quizzes).location
    start(sign_in(make.member()), quizzes[0])
    for moment in (NOON, NOON + 2 * HOUR):
        at(moment)
        refused = sign_in(organiser).post(f"/organise{page}/rounds/1/settle")
        assert refused.status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"best_per_branch": "0"}, {"best_per_branch": "x"}, {"final_quiz": ""},
     {"first_quiz": "nobody"}],
)  # fmt: skip
def test_a_form_with_mistakes_keeps_what_was_typed(
    make: Make, sign_in: SignIn, quizzes: list[Quiz], wrong: dict[str, str]
) -> None:
    client = sign_in(make.member(role="organiser"))
    refused = create(client, quizzes, description="说明留着", **wrong)
    assert refused.status_code == 422
    assert "说明留着" in refused.text
    assert create(client, quizzes).status_code == 303


def test_another_subtree_s_competition_looks_like_nobody_s(
    make: Make, sign_in: SignIn, quizzes: list[Quiz]
) -> None:
    page = create(sign_in(make.member(role="organiser")), quizzes).location
    assert sign_in(make.member()).get(page).status_code == 200
    assert sign_in(make.member()).get("/competitions/nobody").status_code == 404


@pytest.mark.parametrize(("publish", "elsewhere"), [(False, False), (True, True)])
def test_a_final_must_be_published_and_open_to_all_who_may_qualify(
    make: Make, sign_in: SignIn, quizzes: list[Quiz], publish: bool, elsewhere: bool
) -> None:
    given = {"branch_id": make.branch().id} if elsewhere else {}
    times = {"opens_at": NOON + 2 * HOUR, "closes_at": NOON + 3 * HOUR}
    final = b.quiz(make, publish=publish, **times, **given)
    form = {"title": "赛", "first_quiz": quizzes[0].key, "final_quiz": final.key,
            "best_per_branch": "2"}  # fmt: skip
    client = sign_in(make.member(role="organiser"))
    assert client.post("/organise/competitions/new", data=form).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Round)) == 0
