"""A GIFT file as its questions: separated by blank lines, with comments and categories."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.formats.base import MAX_ROWS, FileUnreadable
from question_bank.formats.gift_text import unescape, unescaped

_CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*?)\s*$", re.IGNORECASE)
_NOTE = re.compile(r"\[(id|tag):((?:\\.|[^\]\\])+)\]")
#: Parts of a category's path that every Moodle has.
_NO_NAMES = frozenset(["$course$", "$system$", "$module$", "$cat1$", "top", ""])


@dataclass(frozen=True)
class Block:
    """The text of one question."""

    line: int
    text: str
    #: Its category and what comments call tags.
    tags: tuple[str, ...] = ()
    #: What comments call ids.
    ids: tuple[str, ...] = ()


def blocks_of(text: str) -> list[Block]:
    """Return the questions of a file in order.

    A blank line ends a question. It does not while answers are open and the next brace closes
    them; if the next one opens others, the end was forgotten.

    :raises FileUnreadable: for too many.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    braces = ["" if _is_comment(line) else _braces(line) for line in lines]
    following = _following(braces)
    found: list[Block] = []
    category = ""
    at: list[int] = []
    comments: list[str] = []
    is_open = False
    for place, line in enumerate([*lines, ""]):
        named = _CATEGORY.match(line)
        if _is_comment(line):
            comments.append(line)
            continue
        if line.strip() and not (named and not is_open):
            at.append(place)
            is_open = braces[place][-1] == "{" if braces[place] else is_open
            continue
        if at and is_open and not named and place < len(lines) and following[place] == "}":
            continue
        if at:
            found.append(_block(lines, at, comments, category))
        if len(found) > MAX_ROWS:
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
        at, comments, is_open = [], [], False
        category = category_path(named[1]) if named else category
    return found


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("//")


def _braces(line: str) -> str:
    return "".join(found[0] for found in unescaped(line, "[{}]"))


def _following(braces: Sequence[str]) -> list[str]:
    """Return, for each line, the first brace after it."""
    found = [""] * len(braces)
    next_one = ""
    for place in range(len(braces) - 1, -1, -1):
        found[place] = next_one
        next_one = braces[place][:1] or next_one
    return found


def _block(lines: Sequence[str], at: list[int], comments: list[str], category: str) -> Block:
    kept = set(at)
    span = range(at[0], at[-1] + 1)
    # Blank lines within answers stay; comments do not.
    text = "\n".join(lines[i] for i in span if i in kept or not lines[i].strip())
    notes = [note for comment in comments for note in _NOTE.findall(comment)]
    words = [(kind, re.sub(r"\\(.)", r"\1", value).strip()) for kind, value in notes]
    tags = [category, *(value for kind, value in words if kind == "tag")]
    ids = tuple(value for kind, value in words if kind == "id")
    return Block(at[0] + 1, text, tuple(dict.fromkeys(filter(None, tags))), ids)


def category_path(text: str) -> str:
    """Return the path of a category as a tag, without what every Moodle has."""
    # A slash that belongs to a name is written twice.
    names = [name.strip().replace("\0", "/") for name in text.replace("//", "\0").split("/")]
    return unescape("/".join(name for name in names if name.lower() not in _NO_NAMES))
