"""Managing people: nobody locks the organisation out, nothing weak or garbled is stored."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db, transaction
from app.core.errors import Invalid
from app.core.stale import ChangedMeanwhile
from app.members import managing, naming, passwords, queries, services
from app.members.models import LoginSession, Member, Membership, RoleGrant
from tests.builders import Make

SignIn = Callable[[Member], FlaskClient]
GOOD = "kettle-bronze-41"


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def roles(member: Member) -> list[str]:
    query = select(RoleGrant.role).filter_by(member_id=member.id).order_by(RoleGrant.role)
    return list(db.session.scalars(query))


@pytest.mark.parametrize(
    "no", ["9 0/0", "90/0", "1.38E+10", "1.0E+10", "", " ", "工1", "A--1", "-1", "A_1", "1" * 41]
)
def test_a_staff_number_that_is_not_one_is_never_repaired(no: str) -> None:
    with pytest.raises(Invalid) as wrong:
        naming.clean_no(no)
    assert set(wrong.value.fields) == {"no"}


def test_a_staff_number_is_kept_in_one_form() -> None:
    assert naming.clean_no(" ａ-00７ ") == "A-007"


def test_each_mistake_is_reported_under_its_field(make: Make) -> None:
    branch = make.branch()
    with transaction() as session, pytest.raises(Invalid) as wrong:
        managing.add_person(session, "9 0/0", " ", branch, "123", by=None, at=clock.now())
    assert set(wrong.value.fields) == {"no", "name", "password"}


def test_the_last_organiser_who_can_log_in_keeps_the_role(make: Make) -> None:
    root, last = make.organisation(), make.member(role="organiser", password=GOOD)
    make.member(role="organiser")
    with transaction() as session, pytest.raises(managing.LastOrganiser):
        one = session.get_one(Member, last.id)
        managing.revoke(session, one, "organiser", root, by=last.id, at=clock.now())
    other = make.member(role="organiser", password=GOOD)
    with transaction() as session:
        one = session.get_one(Member, last.id)
        managing.revoke(session, one, "organiser", root, by=other.id, at=clock.now())
    assert roles(last) == []


def test_the_last_organiser_is_not_deactivated_and_nobody_deactivates_themselves(
    make: Make,
) -> None:
    last, other = make.member(role="organiser", password=GOOD), make.member()
    for by, refusal in ((other.id, managing.LastOrganiser), (last.id, managing.Myself)):
        with transaction() as session, pytest.raises(refusal):
            one = session.get_one(Member, last.id)
            seen = managing.stamp(one)
            managing.set_active(session, one, False, seen=seen, by=by, at=clock.now())


def test_moving_keeps_where_a_person_was_and_refuses_a_stale_form(make: Make) -> None:
    here, there, by = make.branch(), make.branch(), make.member().id
    member = make.member(here)
    with transaction() as session:
        one = session.get_one(Member, member.id)
        seen = managing.stamp(one)
        managing.move(session, one, there, seen=seen, by=by, at=clock.now())
        with pytest.raises(ChangedMeanwhile):
            managing.rename(session, one, "新名", seen=seen, by=by, at=clock.now())
    with transaction() as session:
        query = select(Membership).filter_by(member_id=member.id).order_by(Membership.id)
        history = [(m.branch_id, m.until is None) for m in session.scalars(query)]
        assert history == [(here.id, False), (there.id, True)]
        assert actions(session)[-1] == "member.move"


def test_grant_on_the_command_line_brings_an_organiser_back(app: Flask, make: Make) -> None:
    member = make.member()
    make.organisation()
    run = app.test_cli_runner().invoke
    done = run(args=["member", "grant", member.no, "organiser", "--branch", "ROOT"])
    assert (done.exit_code, roles(member)) == (0, ["organiser"])
    for words in (
        ["nobody", "organiser", "--branch", "ROOT"],
        [member.no, "judge", "--branch", "X"],
    ):
        assert run(args=["member", "grant", *words]).exit_code == 1


def test_password_on_the_command_line_ends_logins_and_refuses_a_weak_one(
    app: Flask, make: Make, sign_in: SignIn
) -> None:
    member = make.member(password="lamp-light-7")
    client = sign_in(member)
    run, words = app.test_cli_runner().invoke, ["member", "password", member.no, "--password", "-"]
    weak = run(args=words, input="123\n")
    assert (weak.exit_code, client.get("/me").status_code) == (1, 200)
    assert run(args=words, input=f"{GOOD}\n").exit_code == 0
    assert client.get("/me").status_code == 401
    with transaction() as session:
        stored = session.get_one(Member, member.id).password_hash
        assert passwords.matches(stored, GOOD)
        assert actions(session)[-1] == "password.set"


def test_adding_on_the_command_line_refuses_a_weak_password(app: Flask, make: Make) -> None:
    make.organisation()
    words = ["member", "add", "10001", "王组织", "--branch", "ROOT", "--password", "-"]
    run = app.test_cli_runner().invoke
    assert run(args=words, input="1\n").exit_code == 1
    assert run(args=words, input=f"{GOOD}\n").exit_code == 0
    with transaction() as session:
        added = queries.by_no(session, "10001")
        assert added is not None and services.sign_in(session, "10001", GOOD, at=clock.now())
        assert session.scalar(select(LoginSession).filter_by(member_id=added.id)) is not None
