"""The post and the rota of a person, as a form offers and sends them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.organisation import queries as organisation


def choices(session: Session) -> dict[str, list[tuple[str, str]]]:
    """Return ``posts`` and ``rotas`` as (id, name), none first. Two statements."""
    posts = [(str(one.id), one.name) for one in organisation.posts(session)]
    rotas = [(str(one.id), one.name) for one in organisation.rotas(session)]
    return {"posts": [("", _("没有")), *posts], "rotas": [("", _("没有")), *rotas]}


def chosen(session: Session, form: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Return the ids of the post and the rota that *form* names, None for none. Two statements.

    :raises Invalid: naming each field that is not from its list.
    """
    offered = choices(session)
    fields: dict[str, Any] = {}
    ids: list[int | None] = []
    for name, those in (("post", offered["posts"]), ("rota", offered["rotas"])):
        value = form.get(name, "")
        if value not in {key for key, _label in those}:
            fields[name] = _("请从列表里选一个。")
            continue
        ids.append(int(value) if value else None)
    if fields:
        raise Invalid(fields)
    return ids[0], ids[1]
