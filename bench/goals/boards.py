"""Goals 8 and 9: the boards with 1,200 and with 100,000 members, after a write."""

from app.core.db import db
from bench import member
from bench.counting import counting
from bench.measure import Ratio, ratio
from bench.report import Line
from bench.world import Phone, World, world

SMALL, LARGE = 1_200, 100_000
TIMES = 25
GROWTH = 1.25
BRANCHES = "/boards/branches?window=all"


def boards(server: str, pairs: int) -> list[Line]:
    """Measure the pages in a small and in a large organisation, in turn."""
    with world(server, members=SMALL) as small, world(server, members=LARGE) as large:
        readers = small.phones(1)[0], large.phones(1)[0]
        for made, reader in zip((small, large), readers, strict=True):
            made.award(reader.member)
        members = _compare(small, large, readers, member.BOARD, pairs)
        kept = _compare(small, large, readers, BRANCHES, pairs)
        for made in (small, large):
            made.app.extensions["mingdeng.boards"].seconds = 0
        fresh = _compare(small, large, readers, BRANCHES, 2, times=2)
        data = _statements(large, readers[1], member.BOARD)
    return [
        Line(8, f"members' board at {LARGE:,}, after a write", f"{members.a.cpu:.2f} ms CPU, "
             f"{members.a.wall:.2f} ms", "<= 13.7 ms CPU", members.a.cpu <= 13.7),
        Line(8, "its SQL, data statements", str(data), "<= 3", data <= 3),
        _growth("members' board", members),
        _growth("branches' board, as kept for 5 s", kept),
        Line(9, "branches' board, each time anew", str(fresh)),
    ]  # fmt: skip


def _growth(what: str, found: Ratio) -> Line:
    ok = found.median <= GROWTH
    return Line(9, f"{what}, {SMALL:,} to {LARGE:,}", str(found), f"<= {GROWTH} x", ok)


def _compare(
    small: World,
    large: World,
    readers: tuple[Phone, Phone],
    path: str,
    pairs: int,
    times: int = TIMES,
) -> Ratio:
    """Return the cost at LARGE against SMALL; every page is read after a write."""
    few, many = readers
    return ratio(
        lambda: many.ask("GET", path),
        lambda: few.ask("GET", path),
        pairs=pairs,
        times=(times, times),
        before=lambda: large.award(many.member),
        before_b=lambda: small.award(few.member),
        backends=lambda: small.backends() + large.backends(),
    )


def _statements(made: World, reader: Phone, path: str) -> int:
    with made.app.app_context():
        engine = db.engine
    with counting(engine) as seen:
        reader.ask("GET", path)
    return len(seen.data)
