"""``GET /api/v1/me/points``: my own entries, newest first, with a cursor."""

import pytest
from flask import Flask

from app.core.db import transaction
from app.points import api
from app.points.awarding import award
from tests.builders import NOON, Make
from tests.points.builders import by_hand, lesson

URL = "/api/v1/me/points"


def test_my_ledger_comes_in_pages_and_says_why(make: Make, sign_in, monkeypatch) -> None:
    me, other = make.member(), make.member()
    with transaction() as session:
        for n in range(4):
            award(session, lesson(me, str(n), note=f"第{n}课"), at=NOON)
        award(session, lesson(other), at=NOON)
    monkeypatch.setattr(api, "PAGE", 3)
    client = sign_in(me)
    first = client.get(URL).get_json()
    rest = client.get(URL, query_string={"cursor": first["next"]}).get_json()
    assert [e["note"] for e in first["entries"] + rest["entries"]] == [
        "第3课",
        "第2课",
        "第1课",
        "第0课",
    ]
    assert rest["next"] is None
    newest = first["entries"][0]
    assert (newest["asked"], newest["amount"], newest["outcome"]) == (5, 0, "cap_reached")
    assert "15" in newest["why"] and newest["rule_text"].startswith("每学完一节")
    assert newest["source"] == {"kind": "lesson", "key": "3"} and newest["day"] == "2026-11-21"


@pytest.mark.parametrize(
    ("query", "status", "count"),
    [
        ("from=2026-11-21&to=2026-11-21", 200, 1),
        ("to=2026-11-20", 200, 0),
        ("from=2026-11-22", 200, 0),
        ("from=21.11.2026", 422, None),
        ("cursor=-1", 422, None),
        ("cursor=x", 422, None),
    ],
)
def test_days_limit_the_ledger_and_bad_ones_are_refused(
    make, sign_in, query, status, count
) -> None:
    member = make.member()
    with transaction() as session:
        award(session, by_hand(member, 3), at=NOON)
    answer = sign_in(member).get(f"{URL}?{query}")
    assert answer.status_code == status
    if count is not None:
        assert len(answer.get_json()["entries"]) == count


def test_nobody_reads_a_ledger_without_a_login(app: Flask) -> None:
    assert app.test_client().get(URL).status_code == 401
