"""Reads of the branch tree. Each function runs one statement."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.organisation.models import Branch, Post, Rota, Shift

Work = TypeVar("Work", Post, Shift, Rota)


def tree(session: Session) -> list[Branch]:
    """Return every branch, parents before children."""
    return list(session.scalars(select(Branch).order_by(Branch.path)))


def competing(session: Session) -> list[Branch]:
    """Return the branches that stand on boards, by code."""
    return list(
        session.scalars(select(Branch).where(Branch.level == "branch").order_by(Branch.code))
    )


def root(session: Session) -> Branch | None:
    """Return the organisation's root, or None before anybody was added."""
    return session.scalar(select(Branch).where(Branch.parent_id.is_(None)).order_by(Branch.id))


def by_code(session: Session, code: str) -> Branch | None:
    """Return the branch with this code, or None."""
    return session.scalar(select(Branch).where(Branch.code == code))


def subtree(session: Session, path: str) -> list[Branch]:
    """Return the branches at and below *path*, parents first."""
    below = Branch.path.startswith(path, autoescape=True)
    return list(session.scalars(select(Branch).where(below).order_by(Branch.path)))


def subtree_ids(session: Session, path: str) -> list[int]:
    """Return the ids of the branches at and below *path*."""
    below = Branch.path.startswith(path, autoescape=True)
    return list(session.scalars(select(Branch.id).where(below).order_by(Branch.id)))


def posts(session: Session) -> list[Post]:
    """Return every post by name."""
    return list(session.scalars(select(Post).order_by(Post.name, Post.id)))


def shifts(session: Session) -> list[Shift]:
    """Return the shifts in the order of the day."""
    return list(session.scalars(select(Shift).order_by(Shift.starts_at, Shift.code)))


def rotas(session: Session) -> list[Rota]:
    """Return every rota by code."""
    return list(session.scalars(select(Rota).order_by(Rota.code)))


def one(session: Session, model: type[Work], key: int | str, *, lock: bool = False) -> Work:
    """Return the post, shift or rota *key*; *lock* keeps it until the unit of work ends.

    :raises NotFound: when there is none.
    """
    found = session.get(model, key, with_for_update=lock, populate_existing=lock)
    if found is None:
        raise NotFound()
    return found
