"""The organiser's pages of people: found by loading, kept when refused, confirmed when grave."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db, transaction
from app.members import people, queries, services
from app.members.models import Member
from tests.builders import Make

SignIn = Callable[[Member], FlaskClient]
GOOD = "kettle-bronze-41"


def seen(client: FlaskClient, member: Member) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(at(member)).text)
    assert found
    return found[1]


def at(member: Member, rest: str = "") -> str:
    return f"/organise/people/{member.id}{rest}"


def stored(member: Member) -> Member:
    db.session.expire_all()
    return db.session.get_one(Member, member.id)


def audited() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_adding_reports_every_field_and_keeps_what_was_typed(make: Make, sign_in: SignIn) -> None:
    branch, client = make.branch(), sign_in(make.member(role="organiser"))
    form = {"no": "9 0/0", "name": "", "branch": branch.code, "password": "123"}
    answer = client.post("/organise/people/new", data=form)
    assert answer.status_code == 422
    assert all(f'id="f-{name}-error"' in answer.text for name in ("no", "name", "password"))
    assert 'value="9 0/0"' in answer.text
    form |= {"no": "900-1", "name": "王新", "password": ""}
    added = client.post("/organise/people/new", data=form, follow_redirects=True)
    assert "已添加 王新。" in added.text
    assert client.post("/organise/people/new", data=form).status_code == 409
    with transaction() as session:
        assert queries.by_no(session, "900-1") is not None
    assert "member.add" in audited()


def test_another_subtree_is_not_there(make: Make, sign_in: SignIn) -> None:
    mine, theirs = make.branch(), make.branch()
    chief, stranger, own = make.member(mine), make.member(theirs), make.member(mine)
    with transaction() as session:
        services.grant(session, chief, "organiser", mine, by=None, at=clock.now())
    client = sign_in(chief)
    assert client.get(at(stranger)).status_code == 404
    assert client.get(f"/organise/people/{2**31}").status_code == 404
    for rest in ("", "/branch", "/active", "/password", "/roles", "/roles/end"):
        assert client.post(at(stranger, rest), data={"branch": mine.code}).status_code == 404
    form = {"seen": seen(client, own), "branch": theirs.code}
    assert client.post(at(own, "/branch"), data=form).status_code == 422


def test_a_branch_organiser_does_not_take_over_who_organises_everything(
    make: Make, sign_in: SignIn
) -> None:
    mine = make.branch()
    chief, boss = make.member(mine), make.member(mine, role="organiser")
    with transaction() as session:
        services.grant(session, chief, "organiser", mine, by=None, at=clock.now())
    client = sign_in(chief)
    assert client.post(at(boss, "/password"), data={"password": GOOD}).status_code == 403
    form = {"seen": seen(client, boss), "active": "0"}
    assert client.post(at(boss, "/active"), data=form).status_code == 403


def test_a_stale_form_keeps_its_text_beside_what_is_there_now(make: Make, sign_in: SignIn) -> None:
    member, client = make.member(name="旧名"), sign_in(make.member(role="organiser"))
    form = {"seen": seen(client, member), "name": "新名"}
    assert client.post(at(member), data=form).status_code == 303
    late = client.post(at(member), data=form | {"name": "另一个名"})
    assert late.status_code == 409
    assert 'value="另一个名"' in late.text and "现在是：新名" in late.text
    assert stored(member).name == "新名"
    assert audited()[-1] == "member.rename"


def test_moving_says_so(make: Make, sign_in: SignIn) -> None:
    there, member = make.branch("第九党支部"), make.member()
    client = sign_in(make.member(role="organiser"))
    form = {"seen": seen(client, member), "branch": there.code}
    answer = client.post(at(member, "/branch"), data=form, follow_redirects=True)
    assert "现在属于“第九党支部”。" in answer.text and 'data-toast="good"' in answer.text
    assert stored(member).branch_id == there.id


def test_a_deactivated_person_is_out_at_once_and_may_come_back(make: Make, sign_in: SignIn) -> None:
    member = make.member()
    theirs, client = sign_in(member), sign_in(make.member(role="organiser"))
    form = {"seen": seen(client, member), "active": "0"}
    assert client.post(at(member, "/active"), data=form).status_code == 303
    assert theirs.get("/me").status_code == 401
    assert "已停用" in client.get("/organise/people").text
    form = {"seen": seen(client, member), "active": "1"}
    assert client.post(at(member, "/active"), data=form).status_code == 303
    assert theirs.get("/me").status_code == 401
    assert stored(member).active


def test_a_new_password_ends_the_logins_and_must_be_strong(make: Make, sign_in: SignIn) -> None:
    member, chief = make.member(), make.member(role="organiser")
    theirs, client = sign_in(member), sign_in(chief)
    assert client.post(at(member, "/password"), data={"password": "123"}).status_code == 422
    assert theirs.get("/me").status_code == 200
    assert client.post(at(member, "/password"), data={"password": GOOD}).status_code == 303
    assert theirs.get("/me").status_code == 401
    assert client.post(at(chief, "/password"), data={"password": GOOD}).status_code == 422
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and (entry.action, entry.actor_id) == ("password.set", chief.id)


def test_ones_own_role_is_given_up_only_when_asked_twice_and_never_the_last(
    make: Make, sign_in: SignIn
) -> None:
    chief = make.member(role="organiser", password=GOOD)
    client, form = sign_in(chief), {"role": "organiser", "branch": "ROOT"}
    asked = client.post(at(chief, "/roles/end"), data=form)
    assert (asked.status_code, "放弃自己的角色？" in asked.text) == (200, True)
    last = client.post(at(chief, "/roles/end"), data=form | {"sure": "1"})
    assert (last.status_code, "最后一位" in last.text) == (409, True)
    make.member(role="organiser", password=GOOD)
    assert client.post(at(chief, "/roles/end"), data=form | {"sure": "1"}).location == "/me"
    assert client.get("/organise").status_code == 403


def test_a_role_says_what_it_opens_now(make: Make, sign_in: SignIn) -> None:
    member, client = make.member(), sign_in(make.member(role="organiser"))
    assert client.get(at(member)).text.count("现在看到的和普通成员一样") == 2
    form = {"role": "judge", "branch": "ROOT"}
    assert (
        "已授予“评委”。" in client.post(at(member, "/roles"), data=form, follow_redirects=True).text
    )
    assert client.post(at(member, "/roles"), data=form | {"role": "king"}).status_code == 422


def test_people_come_a_page_at_a_time(make: Make, sign_in: SignIn) -> None:
    branch, chief = make.branch(), make.member(role="organiser", no="A0")
    names = [make.member(branch, no=f"P{n:03}").no for n in range(people.SHOWN + 5)]
    client, shown = sign_in(chief), []
    address: str | None = "/organise/people?q=P0"
    while address:
        page = client.get(address).text
        shown += re.findall(r"P\d{3}(?= ·)", page)
        following = re.search(r'href="(/organise/people\?[^"]*after=[^"]*)"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert shown == names
