"""``python -m bench``: measure the performance goals and print one table. Never a gate."""

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable

from bench import member
from bench.goals import boards, counts, process, saving, serving, weight
from bench.report import Line, show
from bench.world import World, world

MEMBERS = 1_200


def main() -> None:
    """Run what the command line asks for."""
    given = _arguments()
    if given.profile:
        _profile(given.profile, given.url)
        return
    wanted = {int(n) for n in given.only.split(",") if n} or {1, 3, 4, 5, 8, 9, 12, 13}
    started = time.perf_counter()
    lines = measured(wanted, given.url, given.pairs)
    kind = "PostgreSQL" if given.url else "SQLite"
    print(f"\n{kind}, {given.pairs} interleaved pairs, {time.perf_counter() - started:.0f} s\n")
    print(show(lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", default="", help="goals, e.g. 1,4")
    parser.add_argument("--pairs", type=int, default=5, help="interleaved pairs of each ratio")
    parser.add_argument("--url", default="", help="a PostgreSQL server; default: SQLite")
    parser.add_argument("--profile", choices=("save", "attempt", "board"))
    return parser.parse_args()


def measured(wanted: set[int], server: str, pairs: int) -> list[Line]:
    """Return the lines of the goals *wanted*, each world made once."""
    lines: list[Line] = []
    steps: list[tuple[int, Callable[[World], list[Line]]]] = [
        (1, lambda made: saving.save(made, pairs)),
        (1, lambda made: serving.saves(made, pairs)),
        (3, lambda made: saving.attempt(made, pairs)),
        (4, counts.statements),
        (12, weight.weight),
        (13, process.served),
    ]
    if wanted & {goal for goal, _ in steps}:
        with world(server, members=MEMBERS) as made:
            for goal, step in steps:
                if goal in wanted:
                    _say(goal)
                    lines += step(made)
    if 5 in wanted:
        _say(5)
        lines += counts.stored(server)
    if wanted & {8, 9}:
        _say(8)
        lines += boards.boards(server, pairs)
    return sorted(lines, key=lambda line: line.goal)


def _say(goal: int) -> None:
    print(f"goal {goal} ...", file=sys.stderr, flush=True)


def _profile(what: str, server: str) -> None:
    with world(server, members=MEMBERS) as made:
        phones = iter(made.phones(40))
        fresh = member.taps(made, 400)
        reader = next(phones)
        calls: dict[str, tuple[Callable[[], object], int]] = {
            "save": (lambda: saving.tap(*next(fresh)), 300),
            "attempt": (lambda: member.attempt(made, next(phones)), 20),
            "board": (lambda: reader.ask("GET", member.BOARD), 100),
        }
        call, times = calls[what]
        for _ in range(5):
            call()
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(times):
            call()
        profile.disable()
    print(f"{times} times {what}")
    pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
