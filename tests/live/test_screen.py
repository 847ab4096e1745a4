"""The hall screen: opened by a token, closed by its organiser, names masked."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.live.models import ScreenToken
from app.live.rules import LINES, TURN, part
from app.live.services import create_screen, new_token
from app.members.services import grant
from app.points.awarding import award_many
from tests.builders import NOON, Make
from tests.points.builders import by_hand


@pytest.fixture(autouse=True)
def noon(at) -> None:
    at(NOON)


def opened(make: Make, branch=None, **given) -> str:
    over = branch or make.organisation()
    with transaction() as session:
        return create_screen(session, "全矿学习榜", over, by=None, at=NOON, **given)


def give(*members) -> None:
    with transaction() as session:
        award_many(session, [by_hand(m, 10 + n) for n, m in enumerate(members)], at=NOON)


def test_a_wall_shows_the_branches_to_anybody_with_its_address(app: Flask, make: Make) -> None:
    give(make.member(make.branch("采煤一队"), name="王小明"), make.member(make.branch("机电队")))
    token = opened(make)
    client = app.test_client()
    page = client.get(f"/screen/{token}").get_data(as_text=True)
    assert "全矿学习榜" in page and page.index("机电队") < page.index("采煤一队")
    assert "王小明" not in page and '<svg viewBox="0 0' in page and "style=" not in page
    lines = client.get(f"/screen/{token}/lines")
    assert "<html" not in lines.get_data(as_text=True)
    again = client.get(f"/screen/{token}/lines", headers={"If-None-Match": lines.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_wall_of_one_branch_masks_the_names(app: Flask, make: Make) -> None:
    branch = make.branch("采煤一队")
    give(make.member(branch, name="王小明"), make.member(make.branch(), name="李大钊"))
    page = app.test_client().get(f"/screen/{opened(make, branch)}").get_data(as_text=True)
    assert "王*明" in page and "王小明" not in page and "李" not in page


def test_an_empty_wall_says_how_to_begin(app: Flask, make: Make) -> None:
    make.member()
    page = app.test_client().get(f"/screen/{opened(make)}").get_data(as_text=True)
    assert "本周还没有积分" in page


@pytest.mark.parametrize(("days", "status"), [(30 - 1 / 86400, 200), (30, 404)])
def test_a_wall_ends_with_its_days(app: Flask, make: Make, at, days, status) -> None:
    token = opened(make)
    at(NOON + timedelta(days=days))
    for url in (f"/screen/{token}", f"/screen/{token}/lines"):
        assert app.test_client().get(url).status_code == status
    assert app.test_client().get(f"/screen/{new_token()}").status_code == 404


def test_an_organiser_opens_a_wall_once_and_closes_it(app: Flask, make: Make, sign_in) -> None:
    make.branch("采煤一队")
    client = sign_in(make.member(role="organiser"))
    form = {"title": "全矿学习榜", "branch": "ROOT", "days": "30", "token": new_token()}
    pages = [client.post("/organise/screens", data=form) for _ in range(2)]
    assert [p.status_code for p in pages] == [201, 201]
    assert db.session.scalar(select(func.count(ScreenToken.id))) == 1
    url = f"/screen/{form['token']}"
    assert f"http://localhost{url}" in pages[0].get_data(as_text=True)
    assert form["token"] not in client.get("/organise/screens").get_data(as_text=True)
    assert app.test_client().get(url).status_code == 200
    key = db.session.scalar(select(ScreenToken.token_hash))[:16]
    for _ in range(2):
        assert client.post(f"/organise/screens/{key}/end").status_code == 303
    assert app.test_client().get(url).status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"title": " "}, 422),
        ({"days": "0"}, 422),
        ({"days": "x"}, 422),
        ({"days": "367"}, 422),
        ({"token": "short"}, 422),
        ({"branch": "NOWHERE"}, 404),
    ],
)
def test_a_bad_form_opens_nothing_and_keeps_what_was_typed(
    make: Make, sign_in, change, status
) -> None:
    make.branch()
    client = sign_in(make.member(role="organiser"))
    form = {"title": "榜", "branch": "ROOT", "days": "29", "token": new_token()}
    answer = client.post("/organise/screens", data=form | change)
    assert answer.status_code == status
    assert db.session.scalar(select(func.count(ScreenToken.id))) == 0
    if status == 422 and "days" not in change:
        assert 'value="29"' in answer.get_data(as_text=True)


def test_only_the_organisers_of_a_subtree_close_its_walls(make: Make, sign_in) -> None:
    one, other = make.branch(), make.branch()
    secretary, stranger = make.member(role="secretary"), make.member(other)
    with transaction() as session:
        grant(session, stranger, "organiser", other, by=None, at=NOON)
    opened(make, one)
    key = db.session.scalar(select(ScreenToken.token_hash))[:16]
    db.session.rollback()
    clients = sign_in(secretary), sign_in(stranger)
    assert [c.post(f"/organise/screens/{key}/end").status_code for c in clients] == [403, 404]
    assert clients[1].post("/organise/screens", data={"branch": one.code}).status_code == 404


def test_the_command_prints_an_address_once(app: Flask, make: Make) -> None:
    make.organisation()
    run = app.test_cli_runner().invoke
    printed = run(args=["screen", "create", "--branch", "ROOT"]).output.strip()
    assert printed.startswith("http://127.0.0.1:8000/screen/")
    db.session.rollback()
    assert app.test_client().get(printed.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert run(args=["screen", "create", "--branch", "X"]).exit_code == 1


def test_a_long_board_turns_its_pages_by_the_clock() -> None:
    rows = list(range(26))
    shown = [part(rows, NOON + timedelta(seconds=TURN * n)) for n in range(4)]
    assert sorted((p.first, p.last) for p in shown[:3]) == [(1, 12), (13, 24), (25, 26)]
    assert shown[3] == shown[0] and all(len(p.rows) <= LINES and p.of == 26 for p in shown)
    assert part([], NOON).of == 0
