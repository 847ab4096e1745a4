"""Changes of the branch tree by an organiser. Services flush; each leaves an audit entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import audit, stale
from app.core.errors import DomainError, Invalid
from app.organisation import editing
from app.organisation.models import LEVELS, Branch

#: What differentiated assessment goes by.
KINDS = ("production", "auxiliary", "office", "retired")
LONGEST_NAME, LONGEST_PATH = 80, 400


class InUse(DomainError):
    """People, branches below or records belong to the branch."""

    error = "in_use"
    title = _l("不能删除")
    detail = _l("这个支部还有人员、下级、角色、活动或历史记录，不能删除。")


@dataclass(frozen=True)
class BranchDraft:
    """What a form says about a branch; ``level`` of LEVELS, ``kind`` of KINDS."""

    name: str
    level: str = "branch"
    kind: str = "production"


def lock_tree(session: Session) -> None:
    """Let one change of the tree wait for another, so that two moves cannot make a ring.

    Call it before the branches are loaded. One statement; SQLite has one writer anyway. Rows that
    only name a branch need not wait.
    """
    session.execute(select(Branch.id).order_by(Branch.id).with_for_update(key_share=True))


def create_branch(
    session: Session, code: str, draft: BranchDraft, parent: Branch, *, by: int, at: datetime
) -> Branch:
    """Add a branch below *parent*. Flushes.

    :raises Invalid: naming every field that is wrong.
    """
    name = _checked(draft, parent, [])
    code = editing.new_code(session, Branch, code, "B")
    path = f"{parent.path}{code}/"
    if len(path) > LONGEST_PATH:
        raise Invalid({"parent": _l("这一层太深了。")})
    branch = Branch(
        code=code, name=name, level=draft.level, kind=draft.kind, parent_id=parent.id, path=path
    )
    editing.insert(session, branch)
    _note(session, "branch.add", branch, by, at, name=name, parent=parent.code)
    return branch


def change_branch(
    session: Session,
    branch: Branch,
    draft: BranchDraft,
    *,
    parent: Branch | None,
    seen: str,
    by: int,
    at: datetime,
) -> None:
    """Give *branch* another name, level or kind; the same again changes nothing. Flushes.

    :param parent: the branch above it, whose level must allow the new one; None for the root.
    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: naming every field that is wrong.
    """
    stale.refuse_stale(stale.stamp(branch), seen)
    name = _checked(draft, parent, _children(session, branch))
    before = (branch.name, branch.level, branch.kind)
    if before == (name, draft.level, draft.kind):
        return
    branch.name, branch.level, branch.kind = name, draft.level, draft.kind
    _note(
        session, "branch.change", branch, by, at,
        before=list(before), after=[name, draft.level, draft.kind],
    )  # fmt: skip
    session.flush()


def move_branch(
    session: Session, branch: Branch, parent: Branch, *, seen: str, by: int, at: datetime
) -> None:
    """Hang *branch* with everything below it under *parent*. Flushes.

    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: for a parent inside the branch itself, or of a level that cannot be above it.
    """
    stale.refuse_stale(stale.stamp(branch), seen)
    if parent.id == branch.parent_id:
        return
    if parent.path.startswith(branch.path):
        raise Invalid({"parent": _l("不能放到它自己或它的下级里面。")})
    if not fits_below(branch.level, parent.level):
        raise Invalid({"parent": _l("上级的层级要高于这个支部。")})
    old, new = branch.path, f"{parent.path}{branch.code}/"
    below = select(Branch).where(Branch.path.startswith(old, autoescape=True))
    moved = list(session.scalars(below.order_by(Branch.path)))
    if max(len(one.path) for one in moved) + len(new) - len(old) > LONGEST_PATH:
        raise Invalid({"parent": _l("这一层太深了。")})
    for one in moved:
        one.path = new + one.path[len(old) :]
    branch.parent_id = parent.id
    _note(session, "branch.move", branch, by, at, before=old, after=new)
    session.flush()


def delete_branch(session: Session, branch: Branch, *, seen: str, by: int, at: datetime) -> None:
    """Delete a branch that nobody and nothing belongs to. Flushes: the database has the last word.

    :raises ChangedMeanwhile: when the form is stale.
    :raises InUse: when anything belongs to it.
    """
    stale.refuse_stale(stale.stamp(branch), seen)
    id_, code, name, path = branch.id, branch.code, branch.name, branch.path
    try:
        with session.begin_nested():
            session.delete(branch)
            session.flush()
    except IntegrityError as used:
        raise InUse() from used
    audit.record(
        session,
        "branch.delete",
        f"branch:{id_}",
        actor_id=by,
        at=at,
        code=code,
        name=name,
        path=path,
    )


def fits_below(level: str, above: str) -> bool:
    """Tell whether a branch of *level* may hang under one of *above*; committees may nest."""
    return LEVELS.index(level) > LEVELS.index(above) or level == above == LEVELS[0]


def _children(session: Session, branch: Branch) -> Sequence[str]:
    query = select(Branch.level).where(Branch.parent_id == branch.id).group_by(Branch.level)
    return list(session.scalars(query.order_by(func.min(Branch.id))))


def _checked(draft: BranchDraft, parent: Branch | None, children: Sequence[str]) -> str:
    if draft.level not in LEVELS or draft.kind not in KINDS:
        raise Invalid({"level": _l("请从列表里选一个。")})
    if parent is not None and not fits_below(draft.level, parent.level):
        raise Invalid({"level": _l("上级的层级要高于这个支部。")})
    if not all(fits_below(one, draft.level) for one in children):
        raise Invalid({"level": _l("它的下级的层级要低于它。")})
    return editing.clean_name(draft.name, LONGEST_NAME)


def _note(
    session: Session, action: str, branch: Branch, by: int, at: datetime, **detail: object
) -> None:
    audit.record(
        session, action, f"branch:{branch.id}", actor_id=by, at=at, code=branch.code, **detail
    )
