"""Posts, shifts and rotas as an organiser changes them. Services flush and leave audit entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit, stale
from app.core.errors import Invalid
from app.organisation import editing
from app.organisation.models import Post, Rota, Shift

LONGEST_POST, LONGEST_SHIFT, LONGEST_ROTA = 80, 40, 80
#: Days of the longest cycle: twelve weeks.
LONGEST_CYCLE = 84


@dataclass(frozen=True)
class ShiftDraft:
    """A shift as filled in, in local wall-clock time; an end before the start is the next day."""

    name: str
    starts_at: time
    ends_at: time


@dataclass(frozen=True)
class RotaDraft:
    """A rota as filled in: shift codes day by day from *anchor*, None for a day off."""

    name: str
    anchor: date
    cycle: Sequence[str | None]


def create_post(session: Session, code: str, name: str, *, by: int, at: datetime) -> Post:
    """Add a post; without a code it gets the next free one.

    :raises Invalid: for a code or a name that will not do or is taken.
    """
    made = Post(name=editing.clean_name(name, LONGEST_POST))
    editing.refuse_same_name(session, made, made.name)
    made.code = editing.new_code(session, Post, code, "P")
    editing.insert(session, made)
    _note(session, "post.add", made, made.id, by, at, name=made.name)
    return made


def rename_post(
    session: Session, one: Post, name: str, *, seen: str, by: int, at: datetime
) -> None:
    """Give a post another name; everybody in it keeps it.

    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: for a name that will not do or is taken.
    """
    stale.refuse_stale(stale.stamp(one), seen)
    called = editing.clean_name(name, LONGEST_POST)
    editing.refuse_same_name(session, one, called)
    if called != one.name:
        _note(session, "post.rename", one, one.id, by, at, before=one.name, after=called)
        one.name = called
        session.flush()


def create_shift(session: Session, code: str, draft: ShiftDraft, *, by: int, at: datetime) -> Shift:
    """Add a shift; without a code it gets the next free one.

    :raises Invalid: for a code or a name that will not do or is taken, or no length.
    """
    made = Shift(**_shift_values(draft))
    editing.refuse_same_name(session, made, made.name)
    made.code = editing.new_code(session, Shift, code, "S")
    editing.insert(session, made)
    _note(session, "shift.add", made, made.code, by, at, **_facts(made))
    return made


def change_shift(
    session: Session, one: Shift, draft: ShiftDraft, *, seen: str, by: int, at: datetime
) -> None:
    """Change a shift's name and times; rotas go on naming it.

    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: for a name that will not do or is taken, or no length.
    """
    stale.refuse_stale(stale.stamp(one), seen)
    values, before = _shift_values(draft), _facts(one)
    editing.refuse_same_name(session, one, values["name"])
    for key, value in values.items():
        setattr(one, key, value)
    if _facts(one) != before:
        _note(session, "shift.change", one, one.code, by, at, before=before, after=_facts(one))
        session.flush()


def create_rota(session: Session, code: str, draft: RotaDraft, *, by: int, at: datetime) -> Rota:
    """Add a rota; without a code it gets the next free one.

    :raises Invalid: for a code or a name that will not do or is taken, or a wrong cycle.
    """
    made = Rota(**_rota_values(session, draft))
    editing.refuse_same_name(session, made, made.name)
    made.code = editing.new_code(session, Rota, code, "R")
    editing.insert(session, made)
    _note(session, "rota.add", made, made.id, by, at, **_rota_facts(made))
    return made


def change_rota(
    session: Session, one: Rota, draft: RotaDraft, *, seen: str, by: int, at: datetime
) -> None:
    """Change a rota for everybody who follows it.

    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: for a name that will not do or is taken, or a wrong cycle.
    """
    stale.refuse_stale(stale.stamp(one), seen)
    values, before = _rota_values(session, draft), _rota_facts(one)
    editing.refuse_same_name(session, one, values["name"])
    for key, value in values.items():
        setattr(one, key, value)
    if _rota_facts(one) != before:
        _note(session, "rota.change", one, one.id, by, at, before=before, after=_rota_facts(one))
        session.flush()


def _shift_values(draft: ShiftDraft) -> dict[str, Any]:
    name = editing.clean_name(draft.name, LONGEST_SHIFT)
    if draft.starts_at == draft.ends_at:
        raise Invalid({"ends_at": _l("结束时间不能和开始时间相同。")})
    return {"name": name, "starts_at": draft.starts_at, "ends_at": draft.ends_at}


def _rota_values(session: Session, draft: RotaDraft) -> dict[str, Any]:
    name, cycle = editing.clean_name(draft.name, LONGEST_ROTA), list(draft.cycle)
    if not any(cycle):
        raise Invalid({"cycle": _l("至少要排一天班。")})
    if len(cycle) > LONGEST_CYCLE:
        raise Invalid({"cycle": _l("一轮最多 %(n)s 天。", n=LONGEST_CYCLE)})
    if {code for code in cycle if code} - set(session.scalars(select(Shift.code))):
        raise Invalid({"cycle": _l("有一个班次已经没有了，请重新选择。")})
    return {"name": name, "anchor": draft.anchor, "cycle": cycle}


def _facts(one: Shift) -> dict[str, str]:
    return {
        "name": one.name,
        "starts_at": one.starts_at.isoformat("minutes"),
        "ends_at": one.ends_at.isoformat("minutes"),
    }


def _rota_facts(one: Rota) -> dict[str, object]:
    return {"name": one.name, "anchor": one.anchor.isoformat(), "cycle": list(one.cycle)}


def _note(
    session: Session,
    action: str,
    one: Post | Shift | Rota,
    key: int | str,
    by: int,
    at: datetime,
    **detail: object,
) -> None:
    kind = action.partition(".")[0]
    audit.record(session, action, f"{kind}:{key}", actor_id=by, at=at, code=one.code, **detail)
