"""Goals 1 and 3: what a save and a whole attempt cost, against the bare application."""

from bench import bare, member
from bench.measure import Call, ratio, request
from bench.report import Line
from bench.world import World

#: CPU milliseconds of /save1 when the peer was measured, by store (performance goals, 1b).
SAVE1 = {"sqlite": 1.06, "postgresql": 1.37}
#: CPU milliseconds of the peer's attempt of 20 questions, and the part of it asked for.
PEERS = {
    "Moodle 4.3, as installed": (3130, 18),
    "Moodle 4.3, kept connections": (2064, 12),
    "Moodle 4.3, one page": (667, 3.5),
}
SAVES = 60
ATTEMPTS = 6


def bare_calls(world: World) -> tuple[Call, Call]:
    """Return /save1 on the world's kind of database, and /hello."""
    address = world.url.replace("bench.db", "bare.db")
    app = bare.create(address)
    save1 = lambda: request(app, "POST", "/save1", body={"value": "q7fz"})  # noqa: E731
    hello = lambda: request(app, "GET", "/hello")  # noqa: E731
    return save1, hello


def save(world: World, pairs: int) -> list[Line]:
    """Measure one answer saved against one bare INSERT and COMMIT."""
    save1, _hello = bare_calls(world)
    fresh = member.taps(world, 5 + pairs * SAVES)
    found = ratio(
        lambda: tap(*next(fresh)), save1, pairs=pairs, times=(SAVES, SAVES),
        backends=world.backends,
    )  # fmt: skip
    speed = 1 / found.wall_median
    rates = f"{1000 / found.a.wall:.0f} / {1000 / found.b.wall:.0f} per s"
    return [
        Line(1, "answer save, CPU against /save1", str(found), "<= 1.5 x", found.median <= 1.5),
        Line(1, "answer save, speed against /save1", f"{speed:.0%} ({rates})", ">= 70 %",
             speed >= 0.7),
    ]  # fmt: skip


def tap(sitting: member.Sitting, slot: int) -> None:
    """Save the answer to *slot*."""
    sitting.save(slot)


def attempt(world: World, pairs: int) -> list[Line]:
    """Measure whole attempts against /save1 and /hello, and what that says about the peer."""
    save1, hello = bare_calls(world)
    phones = iter(world.phones(2 * (5 + pairs * ATTEMPTS)))

    def whole() -> None:
        member.attempt(world, next(phones))

    to_save = ratio(whole, save1, pairs=pairs, times=(ATTEMPTS, 120), backends=world.backends)
    to_hello = ratio(whole, hello, pairs=2, times=(2, 300), backends=world.backends)
    kind = "sqlite" if world.url.startswith("sqlite") else "postgresql"
    lines = [
        Line(3, "attempt of 20, CPU against /save1", str(to_save)),
        Line(3, "attempt of 20, CPU against /hello", f"{to_hello.median:.0f} x"),
    ]
    for peer, (cpu, asked) in PEERS.items():
        part = cpu / SAVE1[kind] / to_save.median
        lines.append(Line(3, f"that is, of {peer}", f"1/{part:.1f}", f"<= 1/{asked}",
                          part >= asked))  # fmt: skip
    return lines
