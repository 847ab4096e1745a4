"""The boards as pages and as JSON, over real awards."""

from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from app.core.db import db, transaction
from app.members.models import Member
from app.points.awarding import award_many
from app.standings import boards
from tests.builders import NOON, Make
from tests.points.builders import by_hand

WEEK = "2026-W47"


@pytest.fixture(autouse=True)
def noon(at) -> None:
    at(NOON)


def give(points: dict[Member, int], key: str = "k", at=NOON) -> None:
    for n, (member, amount) in enumerate(points.items()):
        with transaction() as session:
            award_many(session, [by_hand(member, amount, key)], at=at + timedelta(seconds=n))


def test_members_stand_by_points_and_equals_share_a_rank(make: Make, sign_in) -> None:
    branch = make.branch("采煤一队")
    a, b, c, d = (make.member(branch, name=n) for n in ("甲", "乙", "丙", "丁"))
    give({a: 5, b: 9, c: 9})
    client, nobody = sign_in(a), sign_in(d)
    answer = client.get(f"/api/v1/boards/members?window={WEEK}").get_json()
    assert [(r["rank"], r["name"], r["points"]) for r in answer["rows"]] == [
        (1, "乙", 9),
        (1, "丙", 9),
        (3, "甲", 5),
    ]
    assert answer["me"] == {"rank": 3, "name": "甲", "branch": "采煤一队", "points": 5, "me": True}
    assert answer["as_of"] == "2026-11-21T04:00:00.000Z"
    assert nobody.get("/api/v1/boards/members").get_json()["me"] is None


def test_my_exact_rank_is_known_far_below_the_top(make: Make) -> None:
    branch = make.branch()
    members = [make.member(branch) for _ in range(14)]
    give({m: 7 * (n // 2) + 1 for n, m in enumerate(members)})
    for n, member in enumerate(members):
        better = sum(1 for k in range(14) if 7 * (k // 2) > 7 * (n // 2))
        for ids in (None, [branch.id]):
            board = boards.member_board(
                db.session(), "all", at=NOON, limit=1, me=member, branch_ids=ids
            )
            assert board.mine and board.mine.rank == better + 1
            assert board.mine.mine and len(board.rows) == 1


def test_each_window_has_its_own_board(make: Make, sign_in) -> None:
    member = make.member()
    for days, points in ((0, 1), (1, 2), (6, 4), (25, 8)):
        give({member: points}, key=f"k{days}", at=NOON - timedelta(days=days))
    client = sign_in(member)
    got = {
        window: client.get(f"/api/v1/boards/members?window={window}").get_json()["me"]["points"]
        for window in ("today", "week", "month", "all", "2026-11-20", "2026-W46", "2026-10")
    }
    expected = {
        "today": 1,
        "week": 3,
        "month": 7,
        "all": 15,
        "2026-11-20": 2,
        "2026-W46": 4,
        "2026-10": 8,
    }
    assert got == expected


def test_branches_stand_by_the_shrunk_mean_and_the_number_opens(make: Make, sign_in) -> None:
    one, other = make.branch("掘进一队"), make.branch("机电队")
    a, b = make.member(one, name="甲甲甲"), make.member(other)
    make.member(one)
    give({a: 30, b: 10}, at=NOON - timedelta(days=1))
    give({b: 40}, key="today")
    client = sign_in(a)
    answer = client.get("/api/v1/boards/branches?window=week").get_json()
    assert [(r["name"], r["rank"], r["moved"], r["participation"]) for r in answer["rows"]] == [
        ("机电队", 1, 1, 100),
        ("掘进一队", 2, -1, 50),
    ]
    mean = 80 / 3
    assert answer["me"]["score"] == round((30 + 20 * mean) / 22, 2)
    page = client.get(f"/boards/branches/{one.code}?window=week").get_data(as_text=True)
    assert f"(30 + 20 × {mean:.2f}) ÷ (2 + 20)" in page and "甲甲甲" in page
    assert f"{answer['me']['score']:.2f}" in client.get("/boards").get_data(as_text=True)


def test_one_branch_has_a_board_of_its_members_groups_included(make: Make, sign_in) -> None:
    branch, other = make.branch(), make.branch()
    a, b = make.member(branch), make.member(other)
    give({a: 3, b: 4})
    client = sign_in(b)
    answer = client.get(f"/api/v1/boards/branch-{branch.code}?window=all").get_json()
    assert [r["points"] for r in answer["rows"]] == [3] and answer["me"] is None
    keys = [one["key"] for one in client.get("/api/v1/boards").get_json()["boards"]]
    assert keys == ["branches", "members", f"branch-{other.code}"]


@pytest.mark.parametrize(
    "url",
    [
        "/boards/nobody",
        "/boards/branch-nobody",
        "/boards/members?window=2026-W99",
        "/boards/members?window=tomorrow",
        "/boards/branches/nobody",
        "/boards/branches/ROOT",
    ],
)
def test_a_board_that_does_not_exist_is_not_found(make: Make, sign_in, url) -> None:
    client = sign_in(make.member())
    assert client.get(url).status_code == 404
    if "/branches/" not in url:
        assert client.get(f"/api/v1{url}").get_json()["error"] == "not_found"


def test_a_board_shows_names_and_branches_and_nothing_else_of_a_person(make: Make, sign_in) -> None:
    me, other = make.member(), make.member(no="SECRET77", name="李四光")
    give({me: 1, other: 2})
    client = sign_in(me)
    for url in (
        "/boards/members",
        f"/boards/branches/{make.branches[1].code}",
        "/api/v1/boards/members",
    ):
        body = client.get(url).get_data(as_text=True)
        assert "SECRET77" not in body
        assert "李四光" in body or "\\u674e" in body
        assert f'"{other.id}"' not in body and f"/{other.id}" not in body


def test_the_tabs_answer_with_a_fragment_of_the_same_address(make: Make, sign_in) -> None:
    client = sign_in(make.member())
    part = client.get("/boards/members?window=all", headers={"HX-Request": "true"}).get_data(
        as_text=True
    )
    assert "<html" not in part and 'id="board"' in part
    whole = client.get("/boards/members?window=all").get_data(as_text=True)
    assert "<html" in whole and 'id="board"' in whole


@pytest.mark.parametrize(("url", "most"), [("/boards/members", 3), ("/boards/branches", 4)])
def test_a_board_costs_few_statements_however_many_there_are(
    make: Make, sign_in, statements, url, most
) -> None:
    me = make.member()
    give({make.member(): 5 + n for n in range(4)})
    client = sign_in(me)
    statements.clear()
    assert client.get(url).status_code == 200
    assert len([s for s in statements if not s.startswith(("BEGIN", "COMMIT"))]) <= most


def test_a_long_board_ends_after_a_hundred_and_pins_me_with_one_more_statement(
    make: Make, sign_in, statements
) -> None:
    me, branch = make.member(name="末一"), make.branch()
    give({me: 1})
    with transaction() as session:
        members = [
            Member(no=f"X{n}", name=f"人{n}", branch_id=branch.id, created_at=NOON)
            for n in range(101)
        ]
        session.add_all(members)
        session.flush()
        award_many(session, [by_hand(m, 5 + n) for n, m in enumerate(members)], at=NOON)
    client = sign_in(me)
    statements.clear()
    answer = client.get("/api/v1/boards/members").get_json()
    assert (len(answer["rows"]), answer["me"]["rank"]) == (100, 102)
    assert len([s for s in statements if s.startswith("SELECT")]) == 3


def test_the_figures_can_be_rebuilt_and_compared(make: Make, app: Flask) -> None:
    give({make.member(): 5, make.member(): 25})

    def run(*args: str) -> Result:
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["standings", "rebuild", *args])
        db.session.rollback()
        return result

    assert run("--check").exit_code == 0
    with transaction() as session:
        session.execute(text("UPDATE point_total SET points = 6 WHERE points = 5"))
        session.execute(text("DELETE FROM point_bucket"))
    differs = run("--check")
    assert differs.exit_code == 1 and "of member 1" in differs.output
    assert run().output == "rebuilt 8 totals\n"
    assert run("--check").exit_code == 0
