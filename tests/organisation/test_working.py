"""Posts, shifts and rotas: what may be stored, what a cycle gives, who changed it."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from app.core import clock, stale
from app.core.audit import AuditEntry
from app.core.db import db, transaction
from app.core.errors import Invalid
from app.members import services as people
from app.members.models import Member
from app.organisation import rules, working
from app.organisation.models import Branch, Post, Rota, Shift
from app.organisation.working import RotaDraft, ShiftDraft
from tests.builders import Make

DAY = date(2026, 11, 21)


@pytest.fixture
def by(make: Make) -> int:
    return make.member().id


def act(service: Callable[..., Any], *given: Any, by: int, **named: Any) -> Any:
    with transaction() as session:
        return service(session, *given, by=by, at=clock.now(), **named)


def night(name: str = "夜班", start: int = 22, end: int = 6) -> ShiftDraft:
    return ShiftDraft(name, time(start), time(end))


def audited() -> list[str]:
    db.session.remove()
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_posts_are_added_and_renamed(by: int) -> None:
    made = [act(working.create_post, code, name, by=by) for code, name in
            (("", "电工"), ("X-9", "钳工"), ("", "测风员"))]  # fmt: skip
    assert [one.code for one in made] == ["P01", "X-9", "P02"]
    with transaction() as session:
        one = session.get_one(Post, made[0].id)
        seen = stale.stamp(one)
        working.rename_post(session, one, "维修电工", seen=seen, by=by, at=clock.now())
        with pytest.raises(stale.ChangedMeanwhile):
            working.rename_post(session, one, "又一个", seen=seen, by=by, at=clock.now())
    assert audited() == ["post.add"] * 3 + ["post.rename"]


@pytest.mark.parametrize(
    ("code", "name", "field"), [("", "电工", "name"), ("p01", "钳工", "code"), ("", " ", "name")]
)
def test_a_post_needs_a_code_and_a_name_of_its_own(
    by: int, code: str, name: str, field: str
) -> None:
    act(working.create_post, "", "电工", by=by)
    with pytest.raises(Invalid) as wrong:
        act(working.create_post, code, name, by=by)
    assert list(wrong.value.fields) == [field]


def test_a_shift_may_cross_midnight_but_has_a_length(by: int) -> None:
    made = act(working.create_shift, "", night(), by=by)
    assert (made.code, rules.minutes_long(made.starts_at, made.ends_at)) == ("S01", 480)
    assert rules.minutes_long(time(16), time(0)) == 480
    with pytest.raises(Invalid) as wrong:
        act(working.create_shift, "", night("零班", 8, 8), by=by)
    assert list(wrong.value.fields) == ["ends_at"]
    with transaction() as session:
        one = session.get_one(Shift, "S01")
        seen = stale.stamp(one)
        for end in (7, 7):
            working.change_shift(session, one, night(end=end), seen=seen, by=by, at=clock.now())
            seen = stale.stamp(one)
    assert audited() == ["shift.add", "shift.change"]


@pytest.mark.parametrize("cycle", [[], [None, None], ["S01"] * 85, ["nobody"]])
def test_an_empty_a_too_long_and_an_unknown_cycle_are_refused(
    by: int, cycle: Sequence[str | None]
) -> None:
    act(working.create_shift, "", night(), by=by)
    with pytest.raises(Invalid) as wrong:
        act(working.create_rota, "", RotaDraft("甲班", DAY, cycle), by=by)
    assert list(wrong.value.fields) == ["cycle"]


def test_a_rota_is_made_changed_and_given_to_a_branch(make: Make, by: int) -> None:
    act(working.create_shift, "", night(), by=by)
    made = act(working.create_rota, "", RotaDraft("甲班", DAY, ["S01", "S01", None]), by=by)
    mine, other = make.branch(), make.branch()
    first, stranger = make.member(mine), make.member(other)
    with transaction() as session:
        rota, branch = session.get_one(Rota, made.id), session.get_one(Branch, mine.id)
        counts = [people.give_rota(session, rota, branch, by=by, at=clock.now()) for _ in range(2)]
        seen, draft = stale.stamp(rota), RotaDraft("甲班", DAY, [None, "S01"])
        working.change_rota(session, rota, draft, seen=seen, by=by, at=clock.now())
    assert counts == [1, 0]
    assert audited() == ["shift.add", "rota.add", "rota.give", "rota.change"]
    held = [db.session.get_one(Member, one.id).rota_id for one in (first, stranger)]
    assert held == [made.id, None]


def test_work_is_set_once_and_a_stale_form_is_refused(make: Make, by: int) -> None:
    post, person = act(working.create_post, "", "电工", by=by), make.member()
    with transaction() as session:
        one = session.get_one(Member, person.id)
        seen = people.work_stamp(one)
        people.set_work(session, one, post.id, None, seen=seen, by=by, at=clock.now())
        with pytest.raises(stale.ChangedMeanwhile):
            people.set_work(session, one, None, None, seen=seen, by=by, at=clock.now())
    assert audited() == ["post.add", "member.work"]


def test_a_cycle_is_told_in_runs_and_in_days() -> None:
    cycle = ["early", "early", None, "night"]
    assert rules.runs(cycle) == [("early", 2), (None, 1), ("night", 1)]
    days = rules.days_from(cycle, date(2026, 11, 22), DAY, 3)
    assert days == [(DAY, "night"), (date(2026, 11, 22), "early"), (date(2026, 11, 23), "early")]
