"""Our own format, which loses nothing, and what others commonly write as JSON."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from question_bank.formats import json_own, json_rows
from question_bank.formats.base import MAX_ROWS, Draft, FileUnreadable, Format, Reading
from question_bank.formats.duplicates import without_duplicates
from question_bank.formats.encodings import decode
from question_bank.formats.json_values import Object, parsed, storable
from question_bank.formats.pictures import Pictures
from question_bank.problems import Problem, excerpt
from question_bank.question import Question

#: What ``format`` says in a file of ours, and the newest version there is.
MARK, VERSION = "mingdeng-questions", 1

_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')


class Json(Format):
    """``{"format": "mingdeng-questions", "version": 1, "questions": […], "pictures": {…}}``.

    ``questions`` are as ``Question.to_json`` writes them, ``pictures`` a name → base64. Read as
    well: a bare list of those, lists and lines of objects with the usual names, and one object of
    ``"question|option|option": "right option"``.
    """

    name = "json"
    ending = "json"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether it begins like an object or a list of objects."""
        head = data[:4000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        return _START.match(head.decode("latin-1")) is not None

    def read(self, data: bytes) -> Reading:
        """Return the questions of the file.

        :raises FileUnreadable: for what is no JSON, naming the line, or holds no questions.
        """
        text, encoding = decode(data)
        content, by_line = parsed(text)
        if isinstance(content, Object) and content.get("format") == MARK:
            return self._own(content, encoding)
        items, problems = json_rows.items_of(content, by_line)
        if len(items) > MAX_ROWS:
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
        own = {i for i, (_, one) in enumerate(items) if json_own.is_own(one)}
        others = iter(json_rows.drafts_of([one for i, one in enumerate(items) if i not in own]))
        drafts = [
            json_own.draft_of(*one, known=None) if i in own else next(others)
            for i, one in enumerate(items)
        ]
        return Reading(self.name, encoding, without_duplicates(drafts), problems)

    def _own(self, content: Object, encoding: str) -> Reading:
        version, questions = content.get("version"), content.get("questions")
        if type(version) is not int or version > VERSION:
            raise FileUnreadable("json_newer", str(version), version=VERSION)
        if not isinstance(questions, list):
            raise FileUnreadable("json_without_questions")
        if len(questions) > MAX_ROWS:
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
        pictures, problems = _pictures(content.get("pictures"))
        drafts: list[Draft] = [
            json_own.draft_of(f"item {number}", one, known=pictures)
            for number, one in enumerate(questions, 1)
        ]
        if not drafts:
            problems.append(Problem("item 1", "json_empty"))
        return Reading(self.name, encoding, without_duplicates(drafts), problems, pictures)

    def write(self, questions: Sequence[Question], pictures: Mapping[str, bytes]) -> bytes:
        """Return all of it, one question a line."""
        lines = ",\n".join(_line(question.to_json()) for question in questions)
        coded = {name: base64.b64encode(data).decode() for name, data in sorted(pictures.items())}
        images = ",\n".join(f"{_line(name)}:{_line(data)}" for name, data in coded.items())
        head = f'{{"format":{_line(MARK)},"version":{VERSION},'
        text = f'{head}"questions":[\n{lines}\n],"pictures":{{\n{images}\n}}}}\n'
        return text.encode("utf-8", "replace")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pictures(given: Any) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the pictures whose names are theirs, and a problem for each of the others."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, text in given.items() if isinstance(given, dict) else ():
        data = _bytes(text)
        known = Pictures()
        if data is None or known.add(data) != name:
            problems.append(Problem(excerpt(name), "picture_kind", {}, excerpt(storable(name)[0])))
        else:
            found[name] = data
    return found, problems


def _bytes(text: Any) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except ValueError:
        return None
