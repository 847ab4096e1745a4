"""The auditor: recomputes every row's HMAC, cap, total, bucket and chain link."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from hmac import compare_digest

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.points import macs
from app.points.models import CapUse, PointEntry, PointSeal, RuleVersion
from app.points.recomputing import Fault, Histogram, Span, bucket_faults, spans, total_faults

#: Links read at once.
CHUNK = 5000


def verify(session: Session) -> Iterator[Fault]:
    """Give every fault of the ledger and of what is derived from it, members in order, chain last.

    Finds an edited row (its HMAC), a removed or added one (totals, chain), a cap that does not
    hold, a reversal that does not match. Who holds the database, the ledger key and every chain
    head ever noted elsewhere can still rewrite it all.
    """
    key = macs.ledger_key()
    versions = session.execute(select(RuleVersion.id, RuleVersion.rule, RuleVersion.config)).all()
    rules = {version_id: rule for version_id, rule, config in versions if "cap" in config}
    counts: Histogram = defaultdict(int)
    for span in spans(session):
        yield from entry_faults(span, key)
        yield from cap_faults(session, span, rules)
        yield from total_faults(session, span, counts)
    yield from bucket_faults(session, counts)
    yield from chain_faults(session, key)


def entry_faults(span: Span, key: bytes) -> Iterator[Fault]:
    """Give the rows of a span that were edited, and reversals that do not match their entry."""
    by_id = {entry.id: entry for entry in span.entries}
    for entry in span.entries:
        row = {name: getattr(entry, name) for name in macs.COVERED}
        if not compare_digest(entry.mac, macs.entry_mac(key, row)):
            yield Fault(f"entry {entry.id}", "the row was changed: its HMAC does not fit")
        if entry.reverses_id is not None and not _matches(entry, by_id.get(entry.reverses_id)):
            yield Fault(f"entry {entry.id}", f"does not take back entry {entry.reverses_id}")


def _matches(reversal: PointEntry, original: PointEntry | None) -> bool:
    return (
        original is not None
        and original.reverses_id is None
        and reversal.amount == -original.amount
        and reversal.local_day == original.local_day
    )


def cap_faults(session: Session, span: Span, capped: Mapping[int, str]) -> Iterator[Fault]:
    """Give the caps of a span whose use is not the sum of the awards. One statement.

    :param capped: rule by version id, of the capped versions only.
    """
    sums: dict[tuple[int, str, date], int] = defaultdict(int)
    for entry in span.entries:
        if entry.rule_version_id in capped and entry.reverses_id is None:
            sums[entry.member_id, capped[entry.rule_version_id], entry.local_day] += entry.amount
    mine = CapUse.member_id.between(span.after + 1, span.upto)
    stored = {
        (row.member_id, row.rule, row.local_day): row
        for row in session.scalars(select(CapUse).where(mine))
    }
    for key in sorted(sums.keys() | stored.keys()):
        used = stored[key].used if key in stored else 0
        where = f"cap {key[1]} of member {key[0]} on {key[2]}"
        if used != sums.get(key, 0):
            yield Fault(where, f"says {used} used, ledger {sums.get(key, 0)}")
        elif key in stored and used > stored[key].cap:
            yield Fault(where, f"{used} used of {stored[key].cap}")


def chain_faults(session: Session, key: bytes) -> Iterator[Fault]:
    """Give the first broken link of the chain, if there is one. One statement a chunk."""
    expected, chain = 1, macs.START
    query = (
        select(PointSeal.seq, PointSeal.entry_id, PointSeal.chain, PointEntry.mac)
        .outerjoin(PointEntry, PointEntry.id == PointSeal.entry_id)
        .order_by(PointSeal.seq)
        .limit(CHUNK)
    )
    while links := session.execute(query.where(PointSeal.seq >= expected)).all():
        for link in links:
            where = f"link {link.seq} (entry {link.entry_id})"
            if link.seq != expected:
                yield Fault(where, f"link {expected} is missing before it")
                return
            if link.mac is None:
                yield Fault(where, "its entry is missing")
                return
            chain = macs.link(key, chain, expected, link.mac)
            if not compare_digest(chain, link.chain):
                yield Fault(where, "the chain does not fit")
                return
            expected += 1


def unsealed(session: Session) -> int:
    """Return how many entries wait for the sealer. One statement."""
    sealed = select(PointSeal.seq).where(PointSeal.entry_id == PointEntry.id).exists()
    return session.scalar(select(func.count(PointEntry.id)).where(~sealed)) or 0
