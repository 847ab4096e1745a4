"""Awards: what an event earns goes into the ledger once, within the day's cap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from app.core import clock
from app.core.upserts import insert_into
from app.points import caps, macs, rules, totals
from app.points.caps import Claim, Pair, Room
from app.points.models import CapUse, PointEntry, RuleVersion
from app.points.rule_book import UnknownRule, ensure_rules, has_default, in_force


@dataclass(frozen=True)
class Event:
    """Something that may earn points."""

    member_id: int
    #: The member's branch now; the entry keeps it for ever.
    branch_id: int
    #: Name of the rule, e.g. ``quiz_score``.
    rule: str
    #: Effect key, unique for ever, e.g. ``quiz:k3f:41:quiz_score``; at most 120 characters.
    key: str
    #: What it was earned with, e.g. ``attempt`` and its key.
    source_kind: str
    source_key: str
    #: Words for the member, e.g. the quiz's title; cut at 200 characters.
    note: str = ""
    #: What the rule's kind asks for, e.g. ``{"score": 86, "max_score": 100}``.
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: Effect keys of what it improves on: it earns only what it is worth above their sum.
    above: tuple[str, ...] = ()
    #: When it was earned, if that was before it is written; aware UTC.
    occurred_at: datetime | None = None
    #: Who decided it, for points given by hand.
    actor_id: int | None = None


def award(session: Session, event: Event, *, at: datetime) -> PointEntry | None:
    """Write what *event* earns to the ledger, once. Five statements at most, first time.

    A repeat returns the first entry unchanged.

    :param at: when it was earned, aware UTC; decides the cap's day in the organisation's zone.
    :returns: the entry, whose amount is 0 when the cap was used up; None when the rule asks 0.
    :raises UnknownRule: if no version of the rule is in force.
    """
    return award_many(session, [event], at=at)[0]


def award_many(
    session: Session, events: Sequence[Event], *, at: datetime
) -> list[PointEntry | None]:
    """Write what *events* earn, in one statement more than one award takes; see :func:`award`.

    What happens in one transaction should come in one call: totals stay locked until the commit.
    Returns one entry or None per event, in their order.

    :raises ValueError: for events of several days, whose caps are not the same rows.
    """
    wanted = {event.key: event for event in events}
    # A repeat in a batch must not take cap room from its neighbours; alone, the insert finds it.
    known = _existing(session, wanted) if len(wanted) > 1 else {}
    wanted = {key: event for key, event in wanted.items() if key not in known}
    if not wanted:
        return [known.get(event.key) for event in events]
    day = _one_day(wanted.values(), at)
    book, rooms = _rules(session, list(wanted.values()), day, at)
    paid = _asked(session, {key for event in wanted.values() for key in event.above})
    asked = {key: _worth(book[event.rule], event, paid) for key, event in wanted.items()}
    claims = [
        Claim(key, (event.member_id, event.rule), asked[key])
        for key, event in wanted.items()
        if asked[key] and "cap" in book[event.rule].config
    ]
    granted = caps.reserve(session, claims, rooms, day)
    rows = [
        _row(wanted[key], book[wanted[key].rule], asked[key], granted.get(key), day, at)
        for key in sorted(wanted)
        if asked[key]
    ]
    written = {entry.event_key: entry for entry in append(session, rows)}
    lost = [row["event_key"] for row in rows if row["event_key"] not in written]
    pairs = [(c.pair, granted[c.key]) for c in claims if c.key in lost and granted[c.key]]
    caps.give_back(session, pairs, day)
    for entry in written.values():
        set_committed_value(entry, "rule_version", book[wanted[entry.event_key].rule])
    totals.add(session, written.values())
    found = known | written | _existing(session, lost)
    return [found.get(event.key) for event in events]


def _one_day(events: Iterable[Event], at: datetime) -> date:
    days = {clock.local_day(event.occurred_at or at) for event in events}
    if len(days) > 1:
        raise ValueError("events of several days in one call")
    return days.pop()


def _rules(
    session: Session, events: Sequence[Event], day: date, at: datetime
) -> tuple[dict[str, RuleVersion], dict[Pair, Room]]:
    names = {event.rule for event in events}
    members = {event.member_id for event in events}
    book, rooms = _read(session, names, members, day, at)
    missing = names - book.keys()
    if missing and has_default(missing):
        ensure_rules(session, at=at)
        book, rooms = _read(session, names, members, day, at)
        missing = names - book.keys()
    if missing:
        raise UnknownRule(f"没有生效的积分规则：{'、'.join(sorted(missing))}")
    return book, rooms


def _read(
    session: Session, names: set[str], members: set[int], day: date, at: datetime
) -> tuple[dict[str, RuleVersion], dict[Pair, Room]]:
    theirs = and_(
        CapUse.rule == RuleVersion.rule, CapUse.local_day == day, CapUse.member_id.in_(members)
    )
    query = (
        select(RuleVersion, CapUse.member_id, CapUse.used, CapUse.cap)
        .outerjoin(CapUse, theirs)
        .where(RuleVersion.rule.in_(names), in_force(at))
        .order_by(RuleVersion.number)
    )
    book: dict[str, RuleVersion] = {}
    rooms: dict[Pair, Room] = {}
    for version, member_id, used, cap in session.execute(query):
        book[version.rule] = version
        if member_id is not None:
            rooms[member_id, version.rule] = Room(used, cap)
    for version in book.values():
        for member_id in members:
            if "cap" in version.config:
                rooms.setdefault((member_id, version.rule), Room(0, int(version.config["cap"])))
    return book, rooms


def _worth(version: RuleVersion, event: Event, paid: Mapping[str, int]) -> int:
    worth = rules.points(version.kind, version.config, event.facts)
    # Asked, not granted: what a cap took is not earned again by a better attempt next day.
    return max(0, worth - sum(paid.get(key, 0) for key in event.above)) if event.above else worth


def _asked(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Return what the entries under *keys*, less those reversed, asked for. One statement."""
    known = sorted(keys)
    if not known:
        return {}
    undone = aliased(PointEntry)
    query = select(PointEntry.event_key, PointEntry.asked).where(
        PointEntry.event_key.in_(known),
        ~select(undone.id).where(undone.reverses_id == PointEntry.id).exists(),
    )
    found = session.execute(query).all()
    return dict(found)  # type: ignore[arg-type]


def _row(
    event: Event,
    version: RuleVersion,
    asked: int,
    granted: int | None,
    day: date,
    at: datetime,
) -> dict[str, Any]:
    amount = asked if granted is None else granted
    outcome = "full" if amount == asked else "capped" if amount else "cap_reached"
    return {
        "member_id": event.member_id,
        "branch_id": event.branch_id,
        "rule_version_id": version.id,
        "local_day": day,
        "asked": asked,
        "amount": amount,
        "outcome": "manual" if version.kind == "manual" else outcome,
        "event_key": event.key,
        "source_kind": event.source_kind,
        "source_key": event.source_key,
        "note": event.note[:200],
        "reverses_id": None,
        "actor_id": event.actor_id,
        "occurred_at": event.occurred_at or at,
        "created_at": at,
    }


def append(session: Session, rows: Sequence[dict[str, Any]]) -> list[PointEntry]:
    """Add *rows* to the ledger under their HMACs; return those whose effect key was new."""
    if not rows:
        return []
    key = macs.ledger_key()
    sealed = [{**row, "mac": macs.entry_mac(key, row)} for row in rows]
    new = insert_into(session, PointEntry).on_conflict_do_nothing(index_elements=["event_key"])
    return list(session.scalars(new.returning(PointEntry), sealed))


def _existing(session: Session, keys: Iterable[str]) -> dict[str, PointEntry]:
    known = sorted(keys)
    if not known:
        return {}
    query = (
        select(PointEntry, RuleVersion)
        .join(RuleVersion, RuleVersion.id == PointEntry.rule_version_id)
        .where(PointEntry.event_key.in_(known))
    )
    found = {}
    for entry, version in session.execute(query):
        set_committed_value(entry, "rule_version", version)
        found[entry.event_key] = entry
    return found
