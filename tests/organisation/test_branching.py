"""The branch tree: added to, renamed, moved with everything below, deleted only when empty."""

import pytest
from sqlalchemy import select

from app.core import clock, stale
from app.core.audit import AuditEntry
from app.core.db import db, transaction
from app.core.errors import Invalid
from app.members.models import Member
from app.organisation import branching, queries
from app.organisation.branching import BranchDraft
from app.organisation.models import Branch
from tests.builders import Make


@pytest.fixture
def by(make: Make) -> int:
    return make.member().id


def add(by: int, above: str, name: str, code: str = "", level: str = "branch") -> str:
    with transaction() as session:
        parent = session.scalars(select(Branch).filter_by(code=above)).one()
        draft = BranchDraft(name, level)
        at = clock.now()
        return branching.create_branch(session, code, draft, parent, by=by, at=at).code


def move(by: int, code: str, above: str, seen: str = "") -> None:
    with transaction() as session:
        one, parent = (queries.by_code(session, c) for c in (code, above))
        assert one is not None and parent is not None
        seen = seen or stale.stamp(one)
        branching.move_branch(session, one, parent, seen=seen, by=by, at=clock.now())


def paths() -> dict[str, str]:
    db.session.remove()
    found = {one.code: one.path for one in queries.tree(db.session())}
    db.session.remove()
    return found


def audited(action: str) -> int:
    return len(db.session.scalars(select(AuditEntry).filter_by(action=action)).all())


def test_a_branch_gets_its_place_a_free_code_and_an_audit_entry(by: int) -> None:
    general = add(by, "ROOT", "采掘总支", "z1", "general_branch")
    made = add(by, general, "  采一队 党支部​ ")
    assert (general, made) == ("Z1", "B02")
    assert paths()["B02"] == "ROOT/Z1/B02/"
    found = queries.by_code(db.session(), "B02")
    assert found is not None and found.name == "采一队 党支部"
    assert audited("branch.add") == 2


@pytest.mark.parametrize(
    ("name", "code", "level", "field"),
    [
        ("", "N1", "branch", "name"),
        ("长" * 81, "N1", "branch", "name"),
        ("重复", "b01", "branch", "code"),
        ("斜线", "N/1", "branch", "code"),
        ("太长", "N" * 21, "branch", "code"),
        ("没有的层级", "N1", "planet", "level"),
    ],
)
def test_bad_input_is_refused_by_field(
    by: int, name: str, code: str, level: str, field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        add(by, "ROOT", name, code, level)
    assert list(wrong.value.fields) == [field]


def test_a_level_cannot_stand_above_its_parent_or_below_its_children(by: int) -> None:
    add(by, "ROOT", "总支", "Z1", "general_branch")
    add(by, "Z1", "支部", "N1")
    with pytest.raises(Invalid):
        add(by, "N1", "总支", "Z2", "general_branch")
    with transaction() as session:
        one = queries.by_code(session, "Z1")
        assert one is not None
        seen = stale.stamp(one)
        with pytest.raises(Invalid):
            branching.change_branch(
                session, one, BranchDraft("总支", "group"), parent=queries.root(session), seen=seen,
                by=by, at=clock.now(),
            )  # fmt: skip


def test_a_move_takes_everything_below_along(by: int) -> None:
    for n in (1, 2):
        add(by, "ROOT", f"总支{n}", f"Z{n}", "general_branch")
    add(by, "Z1", "支部", "N1")
    add(by, "N1", "小组", "G1", "group")
    move(by, "N1", "Z2")
    found = paths()
    assert (found["N1"], found["G1"]) == ("ROOT/Z2/N1/", "ROOT/Z2/N1/G1/")
    assert found["Z1"] == "ROOT/Z1/"
    move(by, "N1", "Z2")
    assert audited("branch.move") == 1


@pytest.mark.parametrize("above", ["Z1", "N1", "G1"])
def test_a_ring_cannot_be_made(by: int, above: str) -> None:
    add(by, "ROOT", "总支", "Z1", "general_branch")
    add(by, "Z1", "支部", "N1")
    add(by, "N1", "小组", "G1", "group")
    before = paths()
    with pytest.raises(Invalid) as wrong:
        move(by, "Z1", above)
    assert "parent" in wrong.value.fields and paths() == before


def test_a_form_from_before_the_last_change_is_refused(by: int) -> None:
    add(by, "ROOT", "总支", "Z1", "general_branch")
    add(by, "ROOT", "支部", "N1")
    with transaction() as session:
        one = queries.by_code(session, "N1")
        assert one is not None
        seen = stale.stamp(one)
        draft = BranchDraft("新名字")
        branching.change_branch(
            session, one, draft, parent=queries.root(session), seen=seen, by=by, at=clock.now()
        )
    with pytest.raises(stale.ChangedMeanwhile):
        move(by, "N1", "Z1", seen)
    assert audited("branch.change") == 1


def test_only_an_empty_branch_is_deleted(by: int) -> None:
    add(by, "ROOT", "总支", "Z1", "general_branch")
    add(by, "Z1", "支部", "N1")
    home = db.session.scalars(select(Branch.code).join(Member, Member.branch_id == Branch.id))
    held = home.one()
    db.session.remove()
    for code, refused in ((held, True), ("Z1", True), ("N1", False), ("Z1", False)):
        with transaction() as session:
            one = queries.by_code(session, code)
            assert one is not None
            seen, at = stale.stamp(one), clock.now()
            if refused:
                with pytest.raises(branching.InUse):
                    branching.delete_branch(session, one, seen=seen, by=by, at=at)
            else:
                branching.delete_branch(session, one, seen=seen, by=by, at=at)
    assert set(paths()) == {"ROOT", held} and audited("branch.delete") == 2
