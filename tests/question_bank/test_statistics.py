"""Item analysis: by hand, against published figures, and on nothing."""

import csv
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from question_bank.question import Question
from question_bank.statistics import (
    MIN_RESPONSES,
    Sheet,
    analyse_item,
    analyse_paper,
    suspicions,
)

SHARED = os.environ.get("MINGDENG_SHARED_DATA")
LOGS = Path(SHARED or ".") / "logs"
real = pytest.mark.skipif(SHARED is None, reason="MINGDENG_SHARED_DATA names no folder")
CHOICE = Question("single_choice", "?", ("a", "b", "c"), [0])


def sheets(rows, answers=None):
    given = answers or [{}] * len(rows)
    return [Sheet(dict(enumerate(row)), values) for row, values in zip(rows, given, strict=True)]


def test_by_hand():
    rows = [(1, 1, 0), (1, 0, 0), (0, 1, 1), (0, 0, 0)]
    one = analyse_item(0, 1, sheets(rows))
    assert (one.responses, one.facility) == (4, 0.5)
    assert one.deviation == pytest.approx(0.57735, abs=1e-5)
    # Rests 1, 0, 2, 0: covariance -1/6, variances 1/3 and 11/12.
    assert one.discrimination == pytest.approx(-100 * (1 / 6) / (11 / 36) ** 0.5)
    assert one.efficiency == pytest.approx(-100 * (1 / 6) / (1 / 2))


def test_what_does_not_vary_says_nothing():
    same = analyse_item(0, 1, sheets([(1, 0), (1, 1), (1, 0)]))
    assert (same.discrimination, same.efficiency, same.deviation) == (None, None, 0.0)
    paper = analyse_paper({0: 1, 1: 1}, sheets([(1, 0), (1, 0)]))
    assert (paper.reliability, paper.skewness, paper.standard_error) == (None, None, None)
    with pytest.raises(ValueError, match="no attempts"):
        analyse_paper({0: 1}, [])
    with pytest.raises(ValueError, match="different papers"):
        analyse_paper({0: 1}, sheets([(1, 1)]))
    with pytest.raises(ValueError, match="no sheet"):
        analyse_item(9, 1, sheets([(1,)]))


def test_an_item_of_some_papers_is_judged_by_those_papers():
    held = [Sheet({1: m, 2: r}) for m, r in ((1, 1), (0, 0), (1, 1))]
    other = [Sheet({2: 1, 3: 0})]
    assert analyse_item(1, 1, held + other) == analyse_item(1, 1, held)


def test_options_are_counted_and_go_with_the_rest():
    answers = [{0: v} for v in ([0], [0], [1], [1], None, [2])]
    rows = [(1, 3), (1, 2), (0, 1), (0, 0), (0, 0), (0, 1)]
    found = analyse_item(0, 1, sheets(rows, answers), CHOICE).options
    assert [(o.index, o.count, o.right) for o in found] == [
        (0, 2, True), (1, 2, False), (2, 1, False), (None, 1, False),
    ]  # fmt: skip
    assert sum(o.share for o in found) == pytest.approx(1)
    assert found[0].correlation > 0 > found[1].correlation


def test_a_key_that_the_able_avoid_comes_first():
    able, others = MIN_RESPONSES, MIN_RESPONSES
    rows = [(0, 9)] * able + [(1, 1)] * others + [(0, 1)] * 5
    answers = [{0: [1]}] * able + [{0: [0]}] * others + [{0: [1]}] * 5
    analysis = analyse_item(0, 1, sheets(rows, answers), CHOICE)
    found = suspicions(analysis)
    assert [(s.code, s.option) for s in found] == [
        ("wrong_key", 1), ("negative", None), ("dead_option", 2),
    ]  # fmt: skip


def test_a_leap_is_a_leak_and_few_answers_say_nothing():
    hard = sheets([(float(n % 4 == 0), float(n % 3)) for n in range(40)])
    easy = sheets([(float(n % 8 != 0), float(n % 3)) for n in range(40)])
    before, after = analyse_item(0, 1, hard), analyse_item(0, 1, easy)
    assert "leaked" in [s.code for s in suspicions(after, before)]
    assert "leaked" not in [s.code for s in suspicions(before, after)]
    assert suspicions(analyse_item(0, 1, easy[: MIN_RESPONSES - 1]), before) == []


@real
def test_lsat7_agrees_with_what_was_published():
    reference = json.loads((LOGS / "lsat7_reference.json").read_text())["computed_here"]
    with (LOGS / "lsat7_1000x5.csv").open() as file:
        rows = [tuple(map(float, row)) for row in list(csv.reader(file))[1:]]
    taken = sheets(rows)
    paper = analyse_paper(dict.fromkeys(range(5), 1), taken)
    assert paper.reliability == pytest.approx(100 * reference["alpha"], abs=1e-4)
    assert paper.mean == pytest.approx(reference["mean_total"])
    assert paper.deviation == pytest.approx(reference["sd_total"], abs=1e-6)
    for item in range(5):
        found = analyse_item(item, 1, taken)
        assert found.facility == pytest.approx(reference["p"][item])
        assert found.discrimination == pytest.approx(100 * reference["item_rest_r"][item], abs=1e-4)
    assert Counter(str(int(s.total)) for s in taken) == reference["freq_total"]


@real
def test_moodles_own_cases_agree_to_the_printed_digit():
    folder = LOGS / "moodle_stats"
    with (folder / "report_statistics__results00.csv").open() as file:
        rows = [[float(r[f"slots.{n}.mark"]) for n in range(1, 8)] for r in csv.DictReader(file)]
    taken = sheets(rows)
    paper = analyse_paper(dict.fromkeys(range(7), 1), taken)
    with (folder / "report_statistics__qstats00.csv").open() as file:
        expected = [r for r in csv.DictReader(file) if not r["subqname"] and not r["variant"]]
    assert len(expected) == 7
    for row in expected:
        item = int(row["slot"]) - 1
        found = analyse_item(item, 1, taken)
        assert found.facility == pytest.approx(float(row["facility"]), abs=1e-6)
        assert found.deviation == pytest.approx(float(row["sd"]), abs=1e-6)
        assert found.discrimination == pytest.approx(float(row["discriminationindex"]), abs=1e-3)
        assert found.efficiency == pytest.approx(float(row["discriminativeefficiency"]), abs=1e-3)
        assert paper.effective[item] == pytest.approx(float(row["effectiveweight"]), abs=1e-3)
