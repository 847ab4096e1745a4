"""The end of an attempt: what counts to the last instant, for which day, and from which device."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import jobs
from app.core.db import db
from app.points.models import PointEntry
from app.quizzes.models import Attempt, LateResponse
from tests.builders import NOON, Make
from tests.quizzes import builders as b
from tests.quizzes.test_engine import outcomes, save, start, submit

SignIn = Callable[..., FlaskClient]
At = Callable[[datetime], None]


def test_no_key_is_shown_while_somebodys_answers_still_count(
    make: Make, sign_in: SignIn, at: At
) -> None:
    at(NOON)
    quiz = b.quiz(make, grace_seconds=300, closes_at=NOON + timedelta(hours=1))
    quick, slow = sign_in(make.member()), sign_in(make.member())
    done = start(quick, quiz)
    submit(quick, done)
    at(NOON + timedelta(minutes=50))
    running = start(slow, quiz)
    for seconds, counted, shown in ((300, "stored", False), (301, "late", True)):
        at(NOON + timedelta(hours=1, seconds=seconds))
        assert outcomes(save(slow, running, {1: b.right(running)[1]}, seq=seconds)) == [counted]
        assert ("因为" in quick.get(f"/attempts/{done['key']}").text) is shown


def test_what_ends_at_midnight_counts_for_the_day_before(
    make: Make, sign_in: SignIn, at: At
) -> None:
    midnight = datetime(2026, 11, 22, 16, tzinfo=UTC)  # Sunday, 24:00 in Shanghai
    at(midnight - timedelta(minutes=30))
    quiz = b.quiz(make, closes_at=midnight)
    client = sign_in(make.member())
    paper = start(client, quiz)
    save(client, paper, b.right(paper))
    db.session.remove()
    at(midnight + timedelta(days=1, minutes=5))
    assert jobs.sweep() == 1
    days = db.session.scalars(select(PointEntry.local_day).distinct()).all()
    assert days == [date(2026, 11, 22)]


def test_attempts_of_two_days_are_swept_each_under_its_own_caps(
    make: Make, sign_in: SignIn, at: At
) -> None:
    for day in (0, 1):
        at(NOON + timedelta(days=day))
        client = sign_in(make.member())
        paper = start(client, b.quiz(make))
        save(client, paper, b.right(paper))
    db.session.remove()
    at(NOON + timedelta(days=2))
    assert jobs.sweep() == 2
    days = select(PointEntry.local_day, func.sum(PointEntry.amount)).group_by(PointEntry.local_day)
    assert [amount for _, amount in db.session.execute(days)] == [20, 20]


def test_attempts_in_their_grace_do_not_keep_others_waiting(make: Make, at: At) -> None:
    at(NOON)
    slow = b.quiz(make, grace_seconds=300, seconds_allowed=60)
    quick = b.quiz(make, grace_seconds=0, seconds_allowed=90)
    for _ in range(3):
        b.attempt(make, of=slow)
    due = b.attempt(make, of=quick)
    db.session.remove()
    at(NOON + timedelta(seconds=150))
    assert jobs.sweep() == 1
    graded = select(Attempt.id).where(Attempt.state == "graded")
    assert db.session.scalars(graded).all() == [due.id]


def test_a_device_that_was_left_hands_nothing_in(make: Make, sign_in: SignIn) -> None:
    quiz, member = b.quiz(make), make.member()
    old, new = sign_in(member), sign_in(member)
    first, second = start(old, quiz), start(new, quiz)
    path = f"/api/v1/attempts/{first['key']}/submit"
    refused = old.post(path, json={"manifest": {}, "epoch": first["epoch"]})
    assert (refused.status_code, refused.json["error"]) == (409, "moved")  # type: ignore[index]
    save(new, second, b.right(second))
    done = new.post(path, json={"manifest": {}, "epoch": second["epoch"]})
    assert done.json["score"] == done.json["max_score"]  # type: ignore[index]
    again = old.post(path, json={"manifest": {}, "epoch": first["epoch"]})
    assert again.json == done.json


def test_a_form_that_another_tab_overtook_is_not_handed_in_in_silence(
    make: Make, sign_in: SignIn
) -> None:
    client, quiz = sign_in(make.member()), b.quiz(make)
    paper = start(client, quiz)
    truth = next(slot["slot"] for slot in paper["slots"] if not slot["options"])
    save(client, paper, {truth: False}, seq=5)
    form = {"epoch": paper["epoch"], f"seq-{truth}": "0", f"slot-{truth}": "true", "confirm": "1"}
    address = f"/attempts/{paper['key']}"
    answer = client.post(f"{address}/submit", data=form)
    assert answer.location == f"{address}?conflict=1"
    assert "在另一个页面上已改成别的答案" in client.get(answer.location).text


def test_a_few_late_answers_are_kept_and_not_more(make: Make, sign_in: SignIn, at: At) -> None:
    at(NOON)
    client, quiz = sign_in(make.member()), b.quiz(make)
    paper = start(client, quiz)
    at(NOON + timedelta(hours=5))
    for seq in range(30):
        assert outcomes(save(client, paper, {1: b.right(paper)[1]}, seq=seq)) == ["late"]
    assert db.session.scalar(select(func.count()).select_from(LateResponse)) == 20
