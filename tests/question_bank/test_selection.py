"""Drawing: reproducible, no question twice, and a paper is found whenever there is one."""

import random
import subprocess
import sys
from itertools import permutations
from time import perf_counter

import pytest

from question_bank.selection import (
    Candidate,
    CannotDraw,
    Pool,
    Rule,
    draw,
    fits,
    shortfalls,
    shuffle_options,
)

KINDS = ("single_choice", "multiple_choice", "true_false")


def pool(size, tags=5):
    return [Candidate(i, KINDS[i % 3], frozenset({f"t{i % tags}"})) for i in range(1, size + 1)]


RULES = [Rule("single_choice", None, 10, 2), Rule(None, "t1", 5, 3), Rule("true_false", "t2", 2, 1)]


def test_the_same_seed_draws_the_same_paper_whatever_the_order():
    candidates = pool(300)
    paper = draw(candidates, RULES, 7)
    assert [d.marks for d in paper] == [2] * 10 + [3] * 5 + [1] * 2
    assert len({d.candidate_id for d in paper}) == 17
    random.Random(1).shuffle(candidates)
    assert draw(candidates, RULES, 7) == draw(Pool(candidates), RULES, "7") == paper
    assert draw(candidates, RULES, 8) != paper


def test_each_question_meets_its_rule():
    by_id = {c.id: c for c in pool(300)}
    rules = [rule for rule in RULES for _ in range(rule.count)]
    for rule, drawn in zip(rules, draw(pool(300), RULES, 3), strict=True):
        assert fits(rule, by_id[drawn.candidate_id])


def test_another_process_draws_the_same():
    code = (
        "from question_bank.selection import *\n"
        "c=[Candidate(i,'a',frozenset({'x','y','z'})) for i in range(99)]\n"
        "print([d.candidate_id for d in draw(c,[Rule('a','y',9,1)],'s')], shuffle_options(6, 's'))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


def test_overlapping_rules_share_what_there_is():
    candidates = [
        Candidate(1, "a", frozenset("x")),
        Candidate(2, "a", frozenset("xy")),
        Candidate(3, "a", frozenset("yz")),
    ]
    rules = [Rule(None, "x", 1, 1), Rule(None, "y", 1, 1), Rule("a", "z", 1, 1)]
    for seed in range(30):
        for order in permutations(rules):
            assert len(draw(candidates, order, seed)) == 3


def _best(candidates, rules):
    """How many questions a largest paper has, by trying everything."""
    if not candidates:
        return 0
    first, rest = candidates[0], candidates[1:]
    found = _best(rest, rules)
    for i, rule in enumerate(rules):
        if rule.count and fits(rule, first):
            less = Rule(rule.type, rule.tag, rule.count - 1, 1)
            others = [c for c in rest if not first.family or c.family != first.family]
            found = max(found, 1 + _best(others, [*rules[:i], less, *rules[i + 1 :]]))
    return found


@pytest.mark.parametrize("seed", range(150))
def test_a_paper_is_found_exactly_when_there_is_one(seed):
    rng = random.Random(seed)
    candidates = [
        Candidate(i, rng.choice("ab"), frozenset(rng.sample("xyz", rng.randint(0, 2))),
                  rng.choice(["", "", "f", "g"]))
        for i in range(rng.randint(1, 7))
    ]  # fmt: skip
    rules = [
        Rule(rng.choice(["a", "b", None]), rng.choice(["x", "y", "z", None]), rng.randint(0, 2), 1)
        for _ in range(rng.randint(1, 3))
    ]
    missing = shortfalls(candidates, rules)
    wanted = sum(rule.count for rule in rules)
    assert wanted - sum(s.wanted - s.available for s in missing) == _best(candidates, rules)
    if missing:
        with pytest.raises(CannotDraw) as refusal:
            draw(candidates, rules, seed)
        assert refusal.value.shortfalls
    else:
        families = {c.id: c.family or c.id for c in candidates}
        drawn = [families[d.candidate_id] for d in draw(candidates, rules, seed)]
        assert len(drawn) == len(set(drawn)) == wanted


def test_a_shortfall_names_the_rule_and_how_many_it_lacks():
    [short] = shortfalls(pool(30), [Rule("single_choice", None, 3, 1), Rule(None, "t1", 9, 1)])
    assert (short.rule, short.wanted, short.available) == (1, 9, 6)


def test_every_question_is_drawn_about_equally_often():
    counts = dict.fromkeys(range(1, 21), 0)
    for seed in range(600):
        for drawn in draw(pool(20), [Rule(None, None, 5, 1)], seed):
            counts[drawn.candidate_id] += 1
    assert all(100 < n < 200 for n in counts.values())


def test_options_are_shuffled_by_the_seed():
    assert sorted(shuffle_options(5, "a")) == [0, 1, 2, 3, 4]
    assert shuffle_options(5, "a") == shuffle_options(5, "a")
    assert len({tuple(shuffle_options(4, i)) for i in range(300)}) == 24


def test_drawing_50_from_50000_is_quick():
    ready = Pool(pool(50_000, tags=40))
    rules = [Rule("single_choice", None, 30, 1), Rule(None, "t3", 10, 1), Rule(None, None, 10, 1)]
    took = []
    for seed in range(5):
        before = perf_counter()
        assert len(draw(ready, rules, seed)) == 50
        took.append(perf_counter() - before)
    # The budget is 20 ms; a busy machine gets slack.
    assert min(took) < 0.06
