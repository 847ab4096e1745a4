"""JSON from outside: repeated names noticed, limits kept, what cannot be stored taken out."""

import json
import re
from collections import Counter
from typing import Any

from question_bank.formats.base import FileUnreadable

#: Longest number, in characters.
_DIGITS = 30
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Object(dict[str, Any]):
    """A JSON object that remembers every pair, names that came twice included."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    @property
    def repeated(self) -> list[str]:
        """Return the names that stand there more than once."""
        if len(self.pairs) == len(self):
            return []
        counts = Counter(name for name, _ in self.pairs)
        return [name for name, count in counts.items() if count > 1]


def parsed(text: str) -> tuple[Any, bool]:
    """Return the content, and whether it was one object or list a line (JSON Lines).

    :raises FileUnreadable: ``json_wrong`` with the line.
    """
    try:
        return _load(text), False
    except json.JSONDecodeError as error:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        if not _is_value(lines[0][1]) or len(lines) < 2:
            raise FileUnreadable("json_wrong", line=error.lineno) from error
    found = []
    for number, line in lines:
        try:
            found.append((number, _load(line)))
        except json.JSONDecodeError as error:
            raise FileUnreadable("json_wrong", line=number) from error
    return found, True


def _is_value(line: str) -> bool:
    try:
        return isinstance(_load(line), dict)
    except json.JSONDecodeError:
        return False


def _load(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=Object, parse_int=_whole, parse_constant=lambda name: name
        )
    except RecursionError as error:
        raise FileUnreadable("too_much_inside") from error


def _whole(digits: str) -> int | str:
    # A number of a million digits takes minutes.
    return int(digits) if len(digits) <= _DIGITS else digits


def storable(value: Any) -> tuple[Any, bool]:
    """Return *value* as plain lists and dicts without characters that cannot be stored.

    The flag tells whether there were any.
    """
    if isinstance(value, str):
        clean = _UNSTORABLE.sub("", value)
        return clean, clean != value
    if isinstance(value, list):
        items = [storable(one) for one in value]
        return [one for one, _ in items], any(cut for _, cut in items)
    if isinstance(value, dict):
        pairs = [(storable(name), storable(one)) for name, one in value.items()]
        cut = any(a or b for (_, a), (_, b) in pairs)
        return {name: one for (name, _), (one, _) in pairs}, cut
    return value, False
