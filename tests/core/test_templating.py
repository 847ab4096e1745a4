"""Filters that every page uses."""

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core.templating import sentences, stopwatch


@pytest.mark.parametrize(
    ("given", "shown"),
    [("一句。", "一句。"), (["一句。", "两句。"], "一句。 两句。"), (_l("登录"), "登录"),
     ([_l("登录")], "登录"), (ValueError("坏"), "坏")],
)  # fmt: skip
def test_a_sentence_is_never_spelled_out(app: Flask, given: object, shown: str) -> None:
    with app.test_request_context():
        assert sentences(given) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (785, "13:05"), (3725, "1:02:05")])
def test_a_time_that_decides_is_shown_to_the_second(seconds: int, shown: str) -> None:
    assert stopwatch(seconds) == shown
