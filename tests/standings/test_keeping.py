"""Kept values: one computation for all who wait, fresh again after some seconds."""

import threading
import time

from app.standings.keeping import MOST, Kept


def test_many_who_ask_at_once_cost_one_computation() -> None:
    kept: Kept[int] = Kept(60)
    made: list[int] = []

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return 7

    threads = [threading.Thread(target=lambda: kept.get("a", make)) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert made == [1]
    assert kept.get("a", lambda: 8) == 7


def test_without_a_life_span_every_question_is_answered_anew() -> None:
    kept: Kept[int] = Kept(0)
    assert [kept.get("a", lambda n=n: n) for n in range(3)] == [0, 1, 2]


def test_only_so_many_are_kept_and_a_failure_is_not() -> None:
    kept: Kept[int] = Kept(60)
    for n in range(3 * MOST):
        kept.get(n, lambda: 1)
    assert len(kept._values) == MOST
    try:
        kept.get("x", lambda: 1 // 0)
    except ZeroDivisionError:
        assert kept.get("x", lambda: 2) == 2
