"""A question as data: JSON and back, versions told apart, duplicates found."""

from decimal import Decimal

import pytest

from question_bank.messages import MESSAGES
from question_bank.problems import WARNINGS, Problem, excerpt
from question_bank.question import Question, content_hash, duplicate_key, fold


def question(**changes):
    given = {
        "type": "multiple_choice",
        "stem": "下列哪些是气体？",
        "options": ("甲烷", "煤", "氢气"),
        "answer": [0, 2],
        "explanation": "甲烷和氢气在常温下是气体。",
        "marks": Decimal("1.5"),
        "difficulty": 0.3,
        "tags": ("瓦斯",),
        "source": "课本",
    }
    return Question(**{**given, **changes})


def test_json_gives_the_question_back():
    assert Question.from_json(question().to_json()) == question()
    assert question(marks=2).to_json()["marks"] == 2


@pytest.mark.parametrize("marks", ["x", float("nan"), float("inf")])
def test_marks_that_are_no_number_are_refused(marks):
    with pytest.raises(ValueError, match="number"):
        Question.from_json({"type": "t", "stem": "s", "marks": marks})


def test_a_version_changes_with_its_content_and_not_with_its_marks():
    same = content_hash(question())
    assert content_hash(question(marks=5, tags=(), difficulty=None)) == same
    for change in ({"stem": "下列哪些是气体？ "}, {"answer": [0]}, {"source": ""}, {"options": ()}):
        assert content_hash(question(**change)) != same


def test_folding_ignores_width_and_loose_spaces():
    assert fold("以（  ）为 ＡＢ  cd") == fold("以()为AB cd") == "以()为AB cd"
    assert fold("a b") != fold("ab")


def test_duplicates_are_found_whatever_the_order_of_options():
    turned = question(options=("氢气", "甲烷", "煤 "), answer=[0, 1], explanation="")
    assert duplicate_key(turned) == duplicate_key(question())
    assert duplicate_key(question(options=("氢气", "甲烷", "水"))) != duplicate_key(question())


PARAMS = {
    "length": 1, "limit": 1, "count": 1, "letter": "A", "first": "A", "second": "B",
    "letters": "A–D", "field": "x", "characters": "x", "number": "1", "other": "x",
    "sheets": "x", "sheet": "x", "zh": "x", "en": "x", "size": 1, "kind": "x", "line": 1,
    "formats": "x", "format": "x", "bank": "x", "name": "x", "least": 1, "names": "x",
    "version": 1, "weights": "x", "encoding": "x",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_code_speaks_both_languages(code):
    problem = Problem("Sheet1!A1", code, PARAMS, "gefunden")
    chinese, english = problem.message("zh"), problem.message("en")
    assert chinese.endswith("。") and english.endswith(".")
    assert chinese != english


def test_warnings_are_known_codes():
    assert set(MESSAGES) >= WARNINGS


def test_an_excerpt_is_short_and_shows_what_is_hidden():
    assert excerpt("a\x00b\u202e") == "a\\u0000b\\u202e"
    assert len(excerpt("字" * 500)) <= 60
