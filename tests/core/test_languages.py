"""Chinese first, English complete."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale, ngettext

from app.core.templating import moment

At = Callable[[datetime], None]

PO = Path(__file__).parents[2] / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
CHINESE = re.compile("[\u4e00-\u9fff]+")
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
#: A language is named in itself.
OWN_NAMES = {"中文"}


def test_chinese_is_spoken_unless_english_is_asked_for(app: Flask) -> None:
    client = app.test_client()
    assert "工号" in client.get("/login").text
    english = client.get("/login", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert "Staff number" in english and '<html lang="en"' in english
    assert set(CHINESE.findall(english)) <= OWN_NAMES


def test_every_english_text_has_the_places_of_its_chinese() -> None:
    with PO.open("rb") as file:
        texts = [m for m in read_po(file, locale="en") if m.id]
    pairs = [(one(m.id)[0], english) for m in texts for english in one(m.string)]
    wrong = [text for text, english in pairs if places(text) != places(english)]
    assert (wrong, len(texts) > 600) == ([], True)


def one(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms of a text: one, or one and many."""
    return (text,) if isinstance(text, str) else tuple(text)


def places(text: str) -> set[str]:
    return set(PLACES.findall(text))


def test_one_question_is_not_one_questions(app: Flask) -> None:
    with force_locale("en"):
        said = [ngettext("%(n)s 题", "%(n)s 题", n, n=n) for n in (0, 1, 2)]
    assert said == ["0 questions", "1 question", "2 questions"]


def test_dates_are_written_as_the_reader_writes_them(app: Flask, at: At) -> None:
    at(datetime(2026, 11, 21, 4, tzinfo=UTC))
    then = datetime(2026, 11, 5, 6, 30, tzinfo=UTC)
    with force_locale("en"):
        assert moment(then) == "5 Nov 14:30"
        assert moment(then.replace(year=2025)) == "5 Nov 2025 14:30"
    with force_locale("zh"):
        assert moment(then) == "11月5日 14:30"
