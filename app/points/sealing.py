"""The sealer: chains every committed entry, off the award's path."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.upserts import is_postgresql
from app.points import macs
from app.points.models import PointEntry, PointSeal

#: Name of the advisory lock that lets one sealer work at a time.
LOCK = 0x4D44_5345

#: Entries with ids below those of the newest so many links are taken as settled.
RECENT = 10_000


def seal(session: Session, *, at: datetime, whole: bool = False) -> int:
    """Chain every entry that can be seen and is not sealed yet; return how many.

    The chain's order is the order of sealing, not of ids: a long transaction may commit a lower id
    after higher ones were sealed; it is then sealed late, and nothing has to wait for a safe
    horizon. Every run looks back over the newest RECENT links for such latecomers, with *whole*
    over the entire ledger. A second sealer at the same time does nothing.
    """
    if is_postgresql(session) and not session.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
        return 0
    newest = session.execute(
        select(PointSeal.seq, PointSeal.chain).order_by(PointSeal.seq.desc()).limit(1)
    ).first()
    last, chain = (newest.seq, newest.chain) if newest else (0, macs.START)
    query = select(PointEntry.id, PointEntry.mac).where(
        ~select(PointSeal.seq).where(PointSeal.entry_id == PointEntry.id).exists()
    )
    if last > RECENT and not whole:
        query = query.where(PointEntry.id > _lowest_recent(last))
    key, links = macs.ledger_key(), []
    for seq, row in enumerate(session.execute(query.order_by(PointEntry.id)), last + 1):
        chain = macs.link(key, chain, seq, row.mac)
        links.append({"seq": seq, "entry_id": row.id, "chain": chain, "sealed_at": at})
    session.bulk_insert_mappings(PointSeal.__mapper__, links)
    return len(links)


def _lowest_recent(seq: int) -> ColumnElement[int]:
    recent = select(func.min(PointSeal.entry_id)).where(PointSeal.seq > seq - RECENT)
    return recent.scalar_subquery()
