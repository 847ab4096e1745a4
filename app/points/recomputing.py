"""Figures recomputed from the ledger alone, some members at a time so that memory stays small."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from app.core.upserts import insert_into, is_postgresql
from app.points import totals
from app.points.models import CapUse, PointBucket, PointEntry, PointTotal
from app.points.totals import Figure, Subject

#: Members read at once.
CHUNK = 500

Histogram = dict[tuple[str, int], int]


@dataclass(frozen=True)
class Fault:
    """Something in the ledger or a figure derived from it that does not add up."""

    #: e.g. ``entry 41`` or ``total 2026-W47 of member 7``.
    where: str
    what: str

    def __str__(self) -> str:
        """Return both in one line."""
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class Span:
    """Everything the ledger holds about members ``after < id <= upto``, entries by id."""

    after: int
    upto: int
    entries: Sequence[PointEntry]


def snapshot(session: Session) -> None:
    """Let every read of this unit of work see one moment; the first thing to call in it."""
    if is_postgresql(session):
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def spans(session: Session) -> Iterator[Span]:
    """Give the ledger by spans of members. One statement a span, and one before."""
    tables = (PointEntry.member_id, PointTotal.member_id, CapUse.member_id)
    last = session.execute(select(*(select(func.max(c)).scalar_subquery() for c in tables))).one()
    for after in range(0, max((top or 0 for top in last), default=0), CHUNK):
        upto = after + CHUNK
        mine = PointEntry.member_id.between(after + 1, upto)
        entries = session.scalars(select(PointEntry).where(mine).order_by(PointEntry.id)).all()
        yield Span(after, upto, entries)
        session.expunge_all()


def differences(session: Session) -> Iterator[Fault]:
    """Give every total and histogram bucket that is not what the ledger says."""
    counts: Histogram = defaultdict(int)
    for span in spans(session):
        yield from total_faults(session, span, counts)
    yield from bucket_faults(session, counts)


def total_faults(session: Session, span: Span, counts: Histogram) -> Iterator[Fault]:
    """Give the wrong totals of a span; count its right ones into *counts*. One statement."""
    right = totals.figures(span.entries)
    mine = PointTotal.member_id.between(span.after + 1, span.upto)
    stored: dict[Subject, Figure] = {
        (row.window, row.member_id): Figure(row.points, row.branch_id, row.reached_at)
        for row in session.scalars(select(PointTotal).where(mine))
    }
    for subject in sorted(right.keys() | stored.keys()):
        window, member_id = subject
        if subject in right:
            totals.shift(counts, window, 0, right[subject].points)
        if stored.get(subject) != right.get(subject):
            where = f"total {window} of member {member_id}"
            yield Fault(where, f"is {_said(stored, subject)}, ledger {_said(right, subject)}")


def bucket_faults(session: Session, counts: Histogram) -> Iterator[Fault]:
    """Give every histogram bucket that differs from *counts*. One statement."""
    stored = {(row.window, row.bucket): row.members for row in session.scalars(select(PointBucket))}
    for key in sorted(stored.keys() | counts.keys()):
        if stored.get(key, 0) != counts.get(key, 0):
            where = f"histogram {key[0]} bucket {key[1]}"
            yield Fault(where, f"counts {stored.get(key, 0)}, ledger {counts.get(key, 0)}")


def rebuild(session: Session) -> int:
    """Write every total and the histogram anew from the ledger; return how many totals.

    Awards wait until it commits.
    """
    if is_postgresql(session):
        # In the order in which awards take them, so that neither waits for the other in a circle.
        names = "point_entry, point_total, point_bucket"
        session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
    session.execute(delete(PointBucket))
    session.execute(delete(PointTotal))
    counts: Histogram = defaultdict(int)
    written = 0
    for span in spans(session):
        right = totals.figures(span.entries)
        rows = [totals.row(subject, figure) for subject, figure in sorted(right.items())]
        for (window, _member_id), figure in right.items():
            totals.shift(counts, window, 0, figure.points)
        if rows:
            session.execute(insert_into(session, PointTotal), rows)
        written += len(rows)
    buckets = [
        {"window": window, "bucket": bucket, "members": n}
        for (window, bucket), n in sorted(counts.items())
    ]
    if buckets:
        session.execute(insert_into(session, PointBucket), buckets)
    return written


def _said(figures: dict[Subject, Figure], subject: Subject) -> str:
    figure = figures.get(subject)
    if figure is None:
        return "nothing"
    return f"{figure.points} (branch {figure.branch_id}, {figure.reached_at.isoformat()})"
