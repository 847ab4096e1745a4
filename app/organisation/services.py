"""Writes of the branch tree."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.organisation.models import Branch


def add_branch(
    session: Session,
    code: str,
    name: str,
    *,
    parent: Branch | None,
    level: str = "branch",
    kind: str = "production",
) -> Branch:
    """Add a branch below *parent*, or the root of the tree. Flushes, so that the id is known."""
    path = f"{parent.path if parent else ''}{code}/"
    branch = Branch(
        code=code, name=name, level=level, kind=kind, parent_id=parent and parent.id, path=path
    )
    session.add(branch)
    session.flush()
    return branch


def branch_or_root(session: Session, code: str) -> Branch:
    """Return the branch *code*; in an empty organisation make it the root.

    :raises NotFound: when there are branches, but not this one.
    """
    found = session.scalar(select(Branch).where(Branch.code == code))
    if found is not None:
        return found
    if session.scalar(select(func.count()).select_from(Branch)):
        raise NotFound(_l("没有代码为 %(code)s 的支部。", code=code))
    return add_branch(session, code, code, parent=None, level="committee")
