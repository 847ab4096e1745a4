"""The organiser's posts, shifts and rotas, and one person's post and rota."""

import re
from collections.abc import Callable
from datetime import datetime, time

import pytest
from flask.testing import FlaskClient

from app.core import clock
from app.core.db import db, transaction
from app.members import services
from app.members.models import Member
from app.organisation.models import Post, Rota, Shift
from tests.builders import NOON, Make

SignIn = Callable[[Member], FlaskClient]
ROTA = {
    "name": "甲班",
    "anchor": "2026-11-21",
    "shift-0": "early",
    "days-0": "2",
    "shift-1": "",
    "days-1": "1",
}


@pytest.fixture
def client(make: Make, sign_in: SignIn, at: Callable[[datetime], None]) -> FlaskClient:
    at(NOON)
    organiser = make.member(role="organiser")
    with transaction() as session:
        session.add(Shift(code="early", name="早班", starts_at=time(8), ends_at=time(16)))
        session.add(Shift(code="night", name="夜班", starts_at=time(22), ends_at=time(6)))
    return sign_in(organiser)


def seen(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(address).text)
    assert found
    return found.group(1)


def part_organiser(make: Make) -> Member:
    mine = make.branch()
    member = make.member(mine)
    with transaction() as session:
        services.grant(session, member, "organiser", mine, by=None, at=clock.now())
    return member


def test_an_empty_organisation_says_what_comes_first(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="organiser"))
    assert "还没有岗位" in client.get("/organise/posts").text
    assert "还没有班次" in client.get("/organise/shifts").text
    assert "先建班次" in client.get("/organise/rotas").text


def test_a_post_is_added_and_renamed_and_a_stale_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/organise/posts", data={"name": "电工"}).status_code == 303
    twice = client.post("/organise/posts", data={"name": "电工", "code": "E7"})
    assert twice.status_code == 422 and 'value="E7"' in twice.text
    old = seen(client, "/organise/posts/1")
    statuses = [
        client.post("/organise/posts/1", data={"name": name, "seen": old}).status_code
        for name in ("维修电工", "我的电工")
    ]
    assert statuses == [303, 409] and "维修电工" in client.get("/organise/posts").text


def test_a_shift_over_midnight_is_shown_as_such(client: FlaskClient) -> None:
    text = client.get("/organise/shifts").text
    assert "22:00 到第二天 06:00" in text and "8 小时" in text


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [("08:00", "16:00", 303), ("22:00", "06:00", 303), ("08:00", "08:00", 422),
     ("25:00", "06:00", 422), ("", "06:00", 422)],
)  # fmt: skip
def test_a_shift_needs_two_times(client: FlaskClient, start: str, end: str, status: int) -> None:
    form = {"name": "新班", "starts_at": start, "ends_at": end}
    answer = client.post("/organise/shifts", data=form)
    assert answer.status_code == status
    if status == 422:
        assert 'value="新班"' in answer.text


def test_a_shift_is_changed_once_from_one_form(client: FlaskClient) -> None:
    page = "/organise/shifts/night"
    form = {"name": "大夜班", "starts_at": "23:00", "ends_at": "07:00", "seen": seen(client, page)}
    assert client.post(page, data=form).status_code == 303
    stale = client.post(page, data=form | {"name": "小夜班"})
    assert stale.status_code == 409 and 'value="小夜班"' in stale.text and "大夜班" in stale.text


def test_a_rota_is_told_in_words_and_days(client: FlaskClient) -> None:
    made = client.post("/organise/rotas/new", data=ROTA)
    assert made.status_code == 303
    text = client.get(made.location).text
    assert "早班 2 天、休息 1 天；3 天一轮" in text
    days = re.findall(r'datetime="2026-(\d\d-\d\d)".*?<strong>(.*?)</strong>', text)
    assert len(days) == 14
    assert days[:4] == [
        ("11-21", "早班"), ("11-22", "早班"), ("11-23", "休息"), ("11-24", "早班")
    ]  # fmt: skip
    assert "3 天一轮" in client.get("/organise/rotas").text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"days-0": "0"}, "天数要在"),
        ({"days-0": "两"}, "天数要在"),
        ({"shift-0": ""}, "至少要排一天班"),
        ({"shift-0": "nobody"}, "请重新选择"),
        ({"anchor": "2026-02-30"}, "请选择日期"),
        ({"name": " "}, "请填写名称"),
    ],
)
def test_a_wrong_rota_keeps_what_was_typed(
    client: FlaskClient, changes: dict[str, str], says: str
) -> None:
    answer = client.post("/organise/rotas/new", data=ROTA | {"code": "K7"} | changes)
    assert answer.status_code == 422 and says in answer.text and 'value="K7"' in answer.text


def test_a_rota_without_any_run_is_refused(client: FlaskClient) -> None:
    empty = {"name": "甲班", "anchor": "2026-11-21"}
    answer = client.post("/organise/rotas/new", data=empty)
    assert answer.status_code == 422 and "至少要排一天班" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_runs_come_and_go_without_storing_anything(client: FlaskClient, htmx: bool) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    more = client.post("/organise/rotas/pattern", data=ROTA | {"add": "1"}, headers=headers)
    less = client.post("/organise/rotas/pattern", data=ROTA | {"drop": "1"}, headers=headers)
    assert (more.text.count('name="days-'), less.text.count('name="days-')) == (3, 1)
    assert ("<html" in more.text) is not htmx
    db.session.remove()
    assert db.session.query(Rota).count() == 0


def test_a_stale_rota_form_is_refused(client: FlaskClient) -> None:
    page = client.post("/organise/rotas/new", data=ROTA).location
    form = ROTA | {"seen": seen(client, page)}
    assert client.post(page, data=form | {"days-0": "3"}).status_code == 303
    stale = client.post(page, data=form | {"days-0": "5"})
    assert stale.status_code == 409 and "4 天一轮" in stale.text and 'value="5"' in stale.text


def test_a_rota_is_given_to_a_branch_and_a_post_to_a_person(
    make: Make, client: FlaskClient
) -> None:
    person = make.member()
    rota = client.post("/organise/rotas/new", data=ROTA).location
    client.post("/organise/posts", data={"name": "电工"})
    code = make.branches[-1].code
    given = client.post(f"{rota}/give", data={"branch": code})
    assert given.status_code == 303 and "已给 1 人" in client.get(given.location).text
    page = f"/organise/people/{person.id}/work"
    form = {"post": "1", "rota": "", "seen": seen(client, page)}
    assert client.post(page, data=form | {"post": "99"}).status_code == 422
    assert [client.post(page, data=form).status_code for _ in range(2)] == [303, 409]
    db.session.remove()
    found = db.session.get_one(Member, person.id)
    assert (found.post_id, found.rota_id) == (1, None)


def test_a_new_person_may_have_a_post_and_a_rota_at_once(make: Make, client: FlaskClient) -> None:
    client.post("/organise/posts", data={"name": "电工"})
    client.post("/organise/rotas/new", data=ROTA)
    new = {"no": "K77", "name": "李四", "branch": make.branch().code, "post": "1", "rota": "1"}
    assert client.post("/organise/people/new", data=new | {"rota": "9"}).status_code == 422
    assert client.post("/organise/people/new", data=new).status_code == 303
    db.session.remove()
    found = db.session.query(Member).filter_by(no="K77").one()
    assert (found.post_id, found.rota_id) == (1, 1)


def test_an_organiser_of_a_part_sees_work_but_changes_only_their_people(
    make: Make, sign_in: SignIn, client: FlaskClient
) -> None:
    rota = client.post("/organise/rotas/new", data=ROTA).location
    with transaction() as session:
        session.add(Post(code="P01", name="电工"))
    stranger, member = make.member(), part_organiser(make)
    mine, other = make.branches[-1].code, make.branches[-2].code
    part = sign_in(member)
    for page in ("posts", "shifts", "rotas"):
        text = part.get(f"/organise/{page}").text
        assert "由管整个组织的组织者修改" in text and "新建" not in text
    assert "早班 2 天" in part.get(rota).text and 'name="anchor"' not in part.get(rota).text
    for page in ("posts", "posts/1", "shifts", "shifts/early", "rotas/new", "rotas/pattern"):
        assert part.post(f"/organise/{page}", data={"name": "我的"}).status_code == 403
    assert part.post(rota, data=ROTA).status_code == 403
    assert part.post(f"{rota}/give", data={"branch": other}).status_code == 404
    assert part.post(f"{rota}/give", data={"branch": mine}).status_code == 303
    assert part.get(f"/organise/people/{stranger.id}/work").status_code == 404
