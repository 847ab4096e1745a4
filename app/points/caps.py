"""Daily caps: how much room a member has left, taken so that no race goes over.

The room is read with the rules, then taken by a compare-and-swap on the cap row. If another award
was faster, nothing is taken, but the row is now ours (an upsert locks it even where its WHERE says
no), so the second reading is final.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from app.core.upserts import insert_into
from app.points.models import CapUse

#: A member and a rule; the day is one for a whole batch.
Pair = tuple[int, str]


@dataclass(frozen=True)
class Claim:
    """What one event asks of a capped rule."""

    key: str
    pair: Pair
    asked: int


@dataclass(frozen=True)
class Room:
    """The day's cap of a member and rule, and how much of it is used up."""

    used: int
    cap: int


def reserve(
    session: Session, claims: Sequence[Claim], rooms: dict[Pair, Room], day: date
) -> dict[str, int]:
    """Take what the caps leave of each claim; return it by the claim's key.

    One statement when nobody else awards the same member and rule just now, three otherwise.
    """
    granted: dict[str, int] = {}
    waiting = sorted(claims, key=lambda claim: (claim.pair, claim.key))
    while waiting:
        shares = share(waiting, rooms)
        taken = _swap(session, waiting, shares, rooms, day)
        granted |= {c.key: shares[c.key] for c in waiting if c.pair in taken}
        waiting = [c for c in waiting if c.pair not in taken]
        rooms = rooms | _read(session, {c.pair for c in waiting}, day) if waiting else rooms
    return granted


def share(claims: Iterable[Claim], rooms: dict[Pair, Room]) -> dict[str, int]:
    """Return what is left for each claim when they are served in order. Pure."""
    left = {pair: room.cap - room.used for pair, room in rooms.items()}
    shares = {}
    for claim in claims:
        shares[claim.key] = min(claim.asked, left[claim.pair])
        left[claim.pair] -= shares[claim.key]
    return shares


def give_back(session: Session, lost: Iterable[tuple[Pair, int]], day: date) -> None:
    """Undo what this same transaction took for entries that turned out to exist already."""
    for (member_id, rule), amount in sorted(lost):
        row = (CapUse.member_id == member_id, CapUse.rule == rule, CapUse.local_day == day)
        session.execute(update(CapUse).where(*row).values(used=CapUse.used - amount))


def _swap(
    session: Session,
    claims: Sequence[Claim],
    shares: dict[str, int],
    rooms: dict[Pair, Room],
    day: date,
) -> set[Pair]:
    wanted: dict[Pair, int] = {}
    for claim in claims:
        wanted[claim.pair] = wanted.get(claim.pair, 0) + shares[claim.key]
    # A full cap stays full (reversals give no room back), so nothing needs a lock.
    full = {pair for pair, amount in wanted.items() if amount == 0}
    rows = [
        {
            "member_id": pair[0],
            "rule": pair[1],
            "local_day": day,
            "used": rooms[pair].used + wanted[pair],
            "cap": rooms[pair].cap,
        }
        for pair in sorted(wanted.keys() - full)
    ]
    if not rows:
        return full
    new = insert_into(session, CapUse).values(rows)
    seen = [(pair[0], pair[1], rooms[pair].used) for pair in sorted(wanted.keys() - full)]
    unchanged = tuple_(CapUse.member_id, CapUse.rule, CapUse.used).in_(seen)
    swapped = session.execute(
        new.on_conflict_do_update(
            index_elements=["member_id", "rule", "local_day"],
            set_={"used": new.excluded.used},
            where=unchanged,
        ).returning(CapUse.member_id, CapUse.rule)
    )
    return full | {(member_id, rule) for member_id, rule in swapped}


def _read(session: Session, pairs: set[Pair], day: date) -> dict[Pair, Room]:
    query = select(CapUse.member_id, CapUse.rule, CapUse.used, CapUse.cap).where(
        CapUse.local_day == day, tuple_(CapUse.member_id, CapUse.rule).in_(sorted(pairs))
    )
    return {(m, rule): Room(used, cap) for m, rule, used, cap in session.execute(query)}
