"""Chinese first, English complete."""

import re
from pathlib import Path

from babel.messages.pofile import read_po
from flask import Flask

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
    wrong = [
        m.id for m in texts if sorted(PLACES.findall(m.id)) != sorted(PLACES.findall(m.string))
    ]
    assert (wrong, len(texts) > 600) == ([], True)
