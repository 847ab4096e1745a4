"""Reads of the ledger. Each function says how many statements it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, contains_eager

from app.core import clock
from app.core.paging import Page, cut
from app.points.models import CapUse, PointEntry, PointTotal, RuleVersion
from app.points.rule_book import in_force
from app.points.windows import key_for


@dataclass(frozen=True)
class CapState:
    """How much of a day's cap a member has used; ``used`` of ``cap`` points."""

    version: RuleVersion
    used: int
    cap: int


def _entries() -> Select[PointEntry]:
    return (
        select(PointEntry)
        .join(RuleVersion, RuleVersion.id == PointEntry.rule_version_id)
        .options(contains_eager(PointEntry.rule_version))
    )


def entries_page(
    session: Session,
    member_id: int,
    from_: date | None = None,
    to: date | None = None,
    before_id: int | None = None,
    size: int = 50,
) -> Page[PointEntry]:
    """Return a member's entries, newest first, with their rules. One statement.

    :param from_: first day, in the organisation's days; None for no limit.
    :param to: last day, included; None for no limit.
    :param before_id: the cursor of the page before.
    """
    query = _entries().where(PointEntry.member_id == member_id)
    if from_ is not None:
        query = query.where(PointEntry.local_day >= from_)
    if to is not None:
        query = query.where(PointEntry.local_day <= to)
    if before_id is not None:
        query = query.where(PointEntry.id < before_id)
    rows = session.scalars(query.order_by(PointEntry.id.desc()).limit(size + 1)).all()
    return cut(rows, size, [row.id for row in rows])


def points_in(session: Session, member_id: int, window: str) -> int:
    """Return a member's points in a window, by the window's key. One statement."""
    row = (PointTotal.window == window, PointTotal.member_id == member_id)
    return session.scalar(select(PointTotal.points).where(*row)) or 0


def points_on(session: Session, member_id: int, day: date) -> int:
    """Return a member's points of one day. One statement."""
    return points_in(session, member_id, key_for("day", day))


def cap_state(session: Session, member_id: int, day: date) -> list[CapState]:
    """Return every capped rule of *day* with what the member used of it. One statement."""
    mine = and_(
        CapUse.rule == RuleVersion.rule, CapUse.member_id == member_id, CapUse.local_day == day
    )
    query = (
        select(RuleVersion, CapUse.used, CapUse.cap)
        .outerjoin(CapUse, mine)
        .where(in_force(clock.start_of_day(day)))
        .order_by(RuleVersion.id)
    )
    return [
        CapState(version, used or 0, cap if cap is not None else int(version.config["cap"]))
        for version, used, cap in session.execute(query)
        if "cap" in version.config
    ]


def receipt(
    session: Session, source_kind: str, source_key: str, member_id: int | None = None
) -> list[PointEntry]:
    """Return what was earned with one thing, oldest first, with the rules. One statement.

    A lesson's or round's key gives everybody's entries unless *member_id* is given; an attempt's
    key those of its member.
    """
    query = _entries().where(
        PointEntry.source_key == source_key, PointEntry.source_kind == source_kind
    )
    if member_id is not None:
        query = query.where(PointEntry.member_id == member_id)
    return list(session.scalars(query.order_by(PointEntry.id)))


def rule_text(entry: PointEntry, locale: str) -> str:
    """Return the sentence of the rule that *entry* was written under, in ``zh`` or ``en``."""
    return _in(locale, entry.rule_version, "zh", "en")


def rule_name(version: RuleVersion, locale: str) -> str:
    """Return the rule's short name in ``zh`` or ``en``."""
    return _in(locale, version, "zh_name", "en_name")


def _in(locale: str, version: RuleVersion, chinese: str, english: str) -> str:
    text = version.text
    return str(text.get(english if locale == "en" else chinese) or text.get("zh", version.rule))


def why(entry: PointEntry) -> str:
    """Return in the reader's language why *entry* is worth what it is worth."""
    cap = entry.rule_version.config.get("cap")
    if entry.outcome == "reversal":
        return str(_("冲销：%(reason)s", reason=entry.note))
    if entry.outcome == "manual":
        return str(_("人工记分：%(reason)s", reason=entry.note))
    if entry.outcome == "capped":
        return str(_("当天这一项最多 %(cap)s 分，余下 %(n)s 分计入。", cap=cap, n=entry.amount))
    if entry.outcome == "cap_reached":
        return str(_("当天这一项已到 %(cap)s 分上限，这次不再计分。", cap=cap))
    return str(_("按规则全额计入。"))


def told(entry: PointEntry, locale: str) -> str:
    """Return the rule's sentence, and why less came of it where less did."""
    text = rule_text(entry, locale)
    if entry.outcome in ("full", "manual"):
        return text
    return f"{text}{'' if locale == 'zh' else ' '}{why(entry)}"


def by_ids(session: Session, ids: Sequence[int]) -> list[PointEntry]:
    """Return entries with their rules, by id. One statement."""
    return list(session.scalars(_entries().where(PointEntry.id.in_(ids)).order_by(PointEntry.id)))
