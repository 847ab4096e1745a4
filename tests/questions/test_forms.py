"""The author's form: an answer is understood as people write it, and never guessed."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.core.errors import Invalid
from app.questions.forms import QuestionForm

CHOICE = QuestionForm(type="multiple_choice", stem="瓦斯超限时要", options="撤人\n断电\n继续\n")
TRUTH = QuestionForm(type="true_false", stem="停风必须撤人。")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("AB", [0, 1]), ("b,a", [0, 1]), ("A、B", [0, 1]), ("Ｂ", [1]), ("断电", [1]), (" C ", [2])],
)
def test_a_choice_is_named_by_letters_or_words(app: Flask, typed: str, kept: list[int]) -> None:
    assert replace(CHOICE, answer=typed).content(None).answer == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("对", True), ("错", False), ("T", True), ("false", False), ("√", True), ("×", False),
     ("正确", True), ("N", False)],
)  # fmt: skip
def test_true_and_false_have_many_words(app: Flask, typed: str, kept: bool) -> None:
    assert replace(TRUTH, answer=typed).content(None).answer == [kept]


@pytest.mark.parametrize(
    "form",
    [replace(CHOICE, answer=a) for a in ("", "D", "AAB", "不知道")]
    + [replace(TRUTH, answer=a) for a in ("", "A", "也许")],
)
def test_what_is_not_understood_is_said_and_not_guessed(app: Flask, form: Any) -> None:
    with app.test_request_context(), pytest.raises(Invalid) as refused:
        form.content(None)
    assert list(refused.value.fields) == ["answer"]
