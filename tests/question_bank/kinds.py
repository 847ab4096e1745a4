"""One sample question of every type, and short words for the tests."""

import json
from pathlib import Path

from question_bank.question import Question
from question_bank.types import by_key

SAMPLES = {
    data["type"]: Question.from_json(data)
    for data in json.loads(Path(__file__).with_name("type_samples.json").read_text("utf-8"))
}


def changed(key, **changes):
    """Return the sample of a type with some fields changed; details are merged."""
    data = SAMPLES[key].to_json()
    details = {**data.get("details", {}), **changes.pop("details", {})}
    return Question.from_json({**data, **changes, "details": details})


def codes(question):
    return {problem.code for problem in by_key(question.type).problems(question)}


def tenths(question, value, rule="all_or_nothing"):
    return by_key(question.type).grade(question, value, rule).awarded


def clean(question, raw):
    return by_key(question.type).clean(question, raw)
