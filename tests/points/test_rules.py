"""Kinds of points rule: a table of cases, and the problems of a bad config."""

import pytest

from app.points import rules
from app.points.defaults import DEFAULT_RULES

CASES = [
    ("fixed", {"points": 5}, {}, 5),
    ("score_share", {"points": 10}, {"score": 0, "max_score": 100}, 0),
    ("score_share", {"points": 10}, {"score": 100, "max_score": 100}, 10),
    ("score_share", {"points": 10}, {"score": 44, "max_score": 100}, 4),
    ("score_share", {"points": 10}, {"score": 45, "max_score": 100}, 5),
    ("score_share", {"points": 10}, {"score": 865, "max_score": 1000}, 9),
    ("score_share", {"points": 10}, {"score": 120, "max_score": 100}, 10),
    ("score_share", {"points": 10}, {"score": -3, "max_score": 100}, 0),
    ("score_share", {"points": 10}, {"score": 0, "max_score": 0}, 0),
    ("when", {"points": 10, "when": "passed"}, {"passed": True}, 10),
    ("when", {"points": 10, "when": "passed"}, {"passed": False}, 0),
    ("manual", {}, {"points": -7}, -7),
]


@pytest.mark.parametrize(("kind", "config", "facts", "points"), CASES)
def test_an_event_is_worth_what_its_rule_says(kind, config, facts, points) -> None:
    assert rules.points(kind, config, facts) == points


@pytest.mark.parametrize("default", DEFAULT_RULES, ids=lambda d: d.rule)
def test_the_default_rules_have_no_problems_and_speak_both_languages(default) -> None:
    assert rules.problems(default.kind, default.config) == []
    assert set(default.text) == {"zh", "en", "zh_name", "en_name"}
    for number in (default.config.get("points"), default.config.get("cap")):
        assert number is None or all(str(number) in default.text[k] for k in ("zh", "en"))


@pytest.mark.parametrize(
    ("kind", "config", "count"),
    [
        ("fixed", {}, 1),
        ("fixed", {"points": 0, "cap": 0}, 2),
        ("fixed", {"points": True}, 1),
        ("fixed", {"points": 1.5}, 1),
        ("score_share", {"points": 1001}, 1),
        ("when", {"points": 5}, 1),
        ("manual", {"points": 5}, 1),
        ("lottery", {}, 1),
    ],
)
def test_every_problem_of_a_config_is_named_at_once(kind, config, count) -> None:
    assert len(rules.problems(kind, config)) == count
