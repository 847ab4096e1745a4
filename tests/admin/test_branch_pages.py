"""The organiser's tree of branches: one's own subtree only, nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.core import clock
from app.core.db import db, transaction
from app.members import services
from app.members.models import Member
from app.organisation import queries
from app.organisation.models import Branch
from tests.builders import Make

SignIn = Callable[[Member], FlaskClient]
PAGE = "/organise/branches"


def stored(code: str) -> Branch | None:
    db.session.remove()
    return queries.by_code(db.session(), code)


def seen(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(address).text)
    assert found
    return found.group(1)


def new(client: FlaskClient, **changes: str) -> int:
    form = {"name": "采一队党支部", "parent": "ROOT", "level": "branch", "kind": "production"}
    return client.post(PAGE, data=form | changes).status_code


def test_a_branch_is_added_renamed_moved_and_deleted(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="organiser"))
    assert new(client, code="z1", name="采掘总支", level="general_branch") == 303
    assert new(client, code="n1") == 303
    page = f"{PAGE}/N1"
    changed = {"name": "新名字", "level": "branch", "kind": "office", "seen": seen(client, page)}
    assert client.post(page, data=changed).status_code == 303
    to = {"parent": "Z1", "seen": seen(client, page)}
    assert client.post(f"{page}/move", data=to).status_code == 303
    one = stored("N1")
    assert one is not None and (one.name, one.kind, one.path) == ("新名字", "office", "ROOT/Z1/N1/")
    assert "新名字" in client.get(PAGE).text
    gone = client.post(f"{page}/delete", data={"seen": seen(client, page)})
    assert (gone.status_code, stored("N1")) == (303, None)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "请填写名称"),
        ({"code": "root"}, "这个代码已经有了"),
        ({"code": "a/b"}, "代码用字母"),
        ({"parent": "nobody"}, "请从列表里选一个"),
        ({"level": "planet"}, "请从列表里选一个"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(
    make: Make, sign_in: SignIn, changes: dict[str, str], says: str
) -> None:
    client = sign_in(make.member(role="organiser"))
    form = {"name": "采一队", "parent": "ROOT", "level": "branch", "kind": "retired", "code": "K7"}
    answer = client.post(PAGE, data=form | changes)
    assert answer.status_code == 422 and says in answer.text
    for name in form.keys() - changes.keys():
        kept = f'value="{form[name]}"'
        assert kept in answer.text or f"{kept} selected" in answer.text


def test_a_stale_form_is_refused_with_what_is_there_now(make: Make, sign_in: SignIn) -> None:
    client, code = sign_in(make.member(role="organiser")), make.branch("老名字").code
    page = f"{PAGE}/{code}"
    old, form = seen(client, page), {"level": "branch", "kind": "production"}
    assert client.post(page, data=form | {"name": "别人的", "seen": old}).status_code == 303
    stale = client.post(page, data=form | {"name": "我的", "seen": old})
    assert stale.status_code == 409
    assert 'value="我的"' in stale.text and "别人的" in stale.text
    again = re.search(r'name="seen" value="(\w+)"', stale.text)
    assert again
    retry = form | {"name": "我的", "seen": again.group(1)}
    assert client.post(page, data=retry).status_code == 303


def test_a_ring_and_a_branch_with_people_are_refused(make: Make, sign_in: SignIn) -> None:
    client, home = sign_in(make.member(role="organiser")), make.branch()
    make.member(home)
    assert new(client, code="G1", parent=home.code, level="group") == 303
    page = f"{PAGE}/{home.code}"
    ring = client.post(f"{page}/move", data={"parent": "G1", "seen": seen(client, page)})
    assert ring.status_code == 422 and "自己或它的下级" in ring.text
    kept = client.post(f"{page}/delete", data={"seen": seen(client, page)})
    assert kept.status_code == 409 and stored(home.code) is not None


def test_an_organiser_of_a_part_sees_and_changes_only_that_part(
    make: Make, sign_in: SignIn
) -> None:
    mine, other = make.branch("我的支部"), make.branch("别的支部")
    member = make.member(mine)
    with transaction() as session:
        services.grant(session, member, "organiser", mine, by=None, at=clock.now())
    client = sign_in(member)
    text = client.get(PAGE).text
    assert "我的支部" in text and "别的支部" not in text and "测试矿党委" not in text
    assert client.get(f"{PAGE}/{other.code}").status_code == 404
    for code in ("", "/move", "/delete"):
        assert client.post(f"{PAGE}/{other.code}{code}").status_code == 404
    assert new(client, parent=other.code) == 422
    assert new(client, parent=mine.code, level="group", code="G1") == 303
    page = f"{PAGE}/{mine.code}"
    up = {"parent": mine.code, "seen": seen(client, page)}
    assert client.post(f"{page}/move", data=up).status_code == 404
    assert client.post(f"{page}/delete", data=up).status_code == 404
