"""A competition is renamed while it has no results, and called off while nobody has begun."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.competitions import services
from app.competitions.models import Competition, Round
from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db, transaction
from app.members import services as people
from app.quizzes.models import Quiz
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import start

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]
HOUR = timedelta(hours=1)


@pytest.fixture
def quizzes(make: Make, at: At) -> list[Quiz]:
    at(NOON)
    final = {"opens_at": NOON + 2 * HOUR, "closes_at": NOON + 3 * HOUR}
    return [b.quiz(make, title="预赛题"), b.quiz(make, title="决赛题", **final)]


@pytest.fixture
def desk(make: Make, sign_in: SignIn, quizzes: list[Quiz]) -> FlaskClient:
    return sign_in(make.member(role="organiser"))


@pytest.fixture
def page(desk: FlaskClient, quizzes: list[Quiz]) -> str:
    """The organiser's address of a competition over the two quizzes."""
    form = {"title": "旧名", "description": "旧说明", "best_per_branch": "1",
            "first_quiz": quizzes[0].key, "final_quiz": quizzes[1].key}  # fmt: skip
    made = desk.post("/organise/competitions/new", data=form)
    assert "竞赛已发起" in desk.get(made.location).text
    return f"/organise{made.location}"


def seen_on(desk: FlaskClient, page: str) -> str:
    return desk.get(page).text.split('name="seen" value="')[1].split('"')[0]


def stored(kind: Any) -> list[Any]:
    db.session.remove()
    found = list(db.session.scalars(select(kind).order_by(kind.id)))
    db.session.remove()
    return found


def settle_first() -> None:
    db.session.remove()
    with transaction() as session:
        one = session.scalars(select(Round).order_by(Round.number)).first()
        assert one is not None and services.settle(session, one, at=clock.now())


def test_it_is_renamed_and_a_stale_form_is_told_what_it_is_called_now(
    desk: FlaskClient, page: str
) -> None:
    old = seen_on(desk, page)
    first = {"title": "新名", "description": "新说明", "seen": old}
    assert "新名" in desk.post(page, data=first, follow_redirects=True).text
    refused = desk.post(page, data=first | {"title": "我的名字"})
    assert refused.status_code == 409
    assert "新名 · 新说明" in refused.text and 'value="我的名字"' in refused.text
    assert stored(Competition)[0].title == "新名"
    entry = db.session.scalars(select(AuditEntry).filter_by(action="competition.rename")).one()
    assert entry.detail["before"]["title"] == "旧名"


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"title": "长" * 121}, {"description": "长" * 1001}]
)
def test_a_name_that_will_not_do_keeps_what_was_typed(
    desk: FlaskClient, page: str, wrong: dict[str, str]
) -> None:
    sent = {"title": "留着", "description": "留着", "seen": seen_on(desk, page)} | wrong
    refused = desk.post(page, data=sent)
    assert refused.status_code == 422 and "留着" in refused.text
    assert stored(Competition)[0].title == "旧名"


def test_with_results_it_keeps_its_name_and_stays(desk: FlaskClient, page: str, at: At) -> None:
    seen = seen_on(desk, page)
    at(NOON + HOUR)
    settle_first()
    assert desk.post(page, data={"title": "新名", "seen": seen}).status_code == 409
    assert desk.post(f"{page}/call-off").status_code == 409
    assert "不能再改名" in desk.get(page).text
    assert stored(Competition)[0].title == "旧名"


def test_called_off_it_is_gone_and_its_quizzes_are_drafts_open_to_all(
    make: Make, sign_in: SignIn, desk: FlaskClient, page: str
) -> None:
    told = desk.post(f"{page}/call-off", follow_redirects=True)
    assert "收回为草稿" in told.text and "旧名" not in told.text
    assert stored(Competition) == stored(Round) == []
    assert [(quiz.state, quiz.invited_only) for quiz in stored(Quiz)] == [("draft", False)] * 2
    member = sign_in(make.member())
    assert member.get(page.removeprefix("/organise")).status_code == 404
    assert "预赛题" not in member.get("/quizzes").text
    entry = db.session.scalars(select(AuditEntry).filter_by(action="competition.call_off")).one()
    assert entry.detail == {"title": "旧名"}


def test_once_somebody_has_begun_it_is_not_called_off(
    make: Make, sign_in: SignIn, desk: FlaskClient, page: str, quizzes: list[Quiz]
) -> None:
    start(sign_in(make.member()), quizzes[0])
    assert desk.post(f"{page}/call-off").status_code == 409
    assert "取消这个竞赛" not in desk.get(page).text
    assert [quiz.state for quiz in stored(Quiz)] == ["published"] * 2


def test_an_organiser_of_the_first_round_s_branch_alone_cannot_take_back_the_final(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    home = make.branch()
    local = make.member(home)
    first = b.quiz(make, branch_id=home.id)
    final = b.quiz(make, opens_at=NOON + 2 * HOUR, closes_at=NOON + 3 * HOUR)
    with transaction() as session:
        people.grant(session, local, "organiser", home, by=None, at=clock.now())
    form = {"title": "赛", "first_quiz": first.key, "final_quiz": final.key, "best_per_branch": "1"}
    above = sign_in(make.member(role="organiser"))
    made = above.post("/organise/competitions/new", data=form)
    page = f"/organise{made.location}"
    client = sign_in(local)
    assert client.get(page).status_code == 200
    assert client.post(f"{page}/call-off").status_code == 404
    assert db.session.scalar(select(func.count(Round.id))) == 2


def test_a_round_is_not_extended_into_the_next_one(
    desk: FlaskClient, page: str, quizzes: list[Quiz]
) -> None:
    local = clock.local(NOON)
    for hours, status in ((2.5, 422), (2, 303)):
        until = (local + hours * HOUR).strftime("%Y-%m-%dT%H:%M")
        sent = desk.post(f"/organise/quizzes/{quizzes[0].key}/extend", data={"closes_at": until})
        assert sent.status_code == status
        assert ("竞赛的下一轮" in sent.text) == (status == 422)


def test_rounds_are_called_by_the_reader_s_language_however_they_were_stored(
    make: Make, sign_in: SignIn, desk: FlaskClient, page: str
) -> None:
    with transaction() as session:
        session.scalars(select(Round).filter_by(number=2)).one().title = "Final"
    public, reader = page.removeprefix("/organise"), sign_in(make.member())
    chinese = reader.get(public).text
    reader.set_cookie("lang", "en")
    english = reader.get(public).text
    assert "预赛" in chinese and "决赛" in chinese
    assert "Qualifying" in english and "Final" in english and "预赛 " not in english


def test_a_quiz_that_is_over_or_a_round_already_is_neither_offered_nor_taken(
    make: Make, desk: FlaskClient, page: str, quizzes: list[Quiz], at: At
) -> None:
    over = b.quiz(make, title="已经过去", closes_at=NOON + timedelta(minutes=5))
    fresh = b.quiz(make, title="还能用", opens_at=NOON + 4 * HOUR, closes_at=NOON + 5 * HOUR)
    later = b.quiz(make, title="也能用", opens_at=NOON + 6 * HOUR, closes_at=NOON + 7 * HOUR)
    at(NOON + timedelta(minutes=10))
    offered = desk.get("/organise/competitions/new").text
    assert all(one.title in offered for one in (fresh, later))
    assert "已经过去" not in offered and "预赛题" not in offered
    form = {"title": "又一场", "best_per_branch": "1", "final_quiz": later.key}
    for first in (over, quizzes[0]):
        sent = desk.post("/organise/competitions/new", data=form | {"first_quiz": first.key})
        assert sent.status_code == 422
    taken = form | {"first_quiz": fresh.key, "final_quiz": quizzes[1].key}
    assert desk.post("/organise/competitions/new", data=taken).status_code == 422
    assert desk.post("/organise/competitions/new", data=form | {"first_quiz": fresh.key}).location
    assert len(stored(Competition)) == 2
