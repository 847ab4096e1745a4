"""The secretary's page and the organiser's desk show only their own subtree."""

from collections.abc import Callable

from flask.testing import FlaskClient

from app.core import clock
from app.core.db import transaction
from app.members import services
from app.members.models import Member
from tests.builders import Make
from tests.quizzes import builders as b

SignIn = Callable[[Member], FlaskClient]


def secretary(make: Make) -> tuple[Member, str, str]:
    mine, theirs = make.branch(), make.branch()
    member = make.member(mine, name="书记甲")
    make.member(theirs, name="外人乙")
    with transaction() as session:
        services.grant(session, member, "secretary", mine, by=None, at=clock.now())
    return member, mine.code, theirs.code


def test_a_secretary_sees_who_has_not_taken_part_yet(make: Make, sign_in: SignIn) -> None:
    member, mine, theirs = secretary(make)
    b.quiz(make, title="本周测验")
    client = sign_in(member)
    page = client.get("/branch", follow_redirects=True).text
    assert "本周测验" in page and "书记甲" in page and "外人乙" not in page
    assert client.get(f"/branch/{theirs}").status_code == 404


def test_an_organiser_sees_every_branch_and_what_runs(make: Make, sign_in: SignIn) -> None:
    _member, mine, theirs = secretary(make)
    b.quiz(make, title="本周测验")
    client = sign_in(make.member(role="organiser"))
    assert "本周测验" in client.get("/organise").text
    assert {client.get(f"/branch/{code}").status_code for code in (mine, theirs)} == {200}
