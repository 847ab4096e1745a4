"""Texts of other systems as Markdown: plain text escaped, HTML read, what is dropped named."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from question_bank.formats.html_blocks import KNOWN, read_html
from question_bank.formats.markdown_escapes import escaped
from question_bank.problems import Problem, excerpt

__all__ = [
    "Converted",
    "escaped",
    "from_html",
    "from_plain",
    "has_html",
    "joined",
    "picture_problems",
]

#: Longest HTML that is read, in characters; the text of a question has at most 10,000.
MAX_HTML = 60_000
_TAG = re.compile(r"<(?:/?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?|!--)>?|&(?:\w+|#\w+);")


@dataclass(frozen=True)
class Converted:
    """A text as Markdown, and what of the original it does not have."""

    text: str
    #: Tags and attributes that were dropped with what they did: ``script``, ``onclick`` …
    removed: tuple[str, ...] = ()
    #: The like that the question may need: ``math``, ``svg``, or a tag without its end.
    lost: tuple[str, ...] = ()
    #: Addresses of pictures that *picture* did not know.
    missing: tuple[str, ...] = ()

    def problems(self, where: str) -> list[Problem]:
        """Return what is to be said of it: one or two of markup, one of each picture."""
        said = [("markup_lost", self.lost), ("markup_removed", self.removed)]
        found = [
            Problem(where, code, {"names": excerpt("、".join(names))})
            for code, names in said
            if names
        ]
        return [*found, *picture_problems(where, self.missing)]


def joined(converted: Iterable[Converted]) -> Converted:
    """Return what several texts of one question lost, each thing once; without their text."""
    every = list(converted)
    return Converted(
        "",
        tuple(dict.fromkeys(name for one in every for name in one.removed)),
        tuple(dict.fromkeys(name for one in every for name in one.lost)),
        tuple(dict.fromkeys(name for one in every for name in one.missing)),
    )


def picture_problems(where: str, addresses: Sequence[str]) -> list[Problem]:
    """Return a problem for each picture that did not come along."""
    found: list[Problem] = []
    for address in dict.fromkeys(addresses):
        outside = re.match(r"(?:https?:)?//", address, re.IGNORECASE)
        code = "picture_not_fetched" if outside else "picture_absent"
        found.append(Problem(where, code, {}, excerpt(address)))
    return found


def _no_picture(address: str) -> str | None:
    return None


def from_html(html: str, picture: Callable[[str], str | None] = _no_picture) -> Converted:
    """Return *html* as Markdown: bold, italic, lists, tables, code, links and pictures stay.

    :param picture: from the address of a picture to the name it has in ``Reading.pictures``;
        None for one that is not there, of which the other text stays.
    """
    if len(html) > MAX_HTML:
        return Converted(escaped(html))
    text, removed, missing = read_html(html, picture)
    lost = tuple(name for name, needed in removed.items() if needed)
    return Converted(text, tuple(name for name in removed if name not in lost), lost, missing)


def from_plain(text: str) -> Converted:
    """Return plain *text* as Markdown that shows exactly that."""
    return Converted(escaped(text))


def has_html(text: str) -> bool:
    """Tell whether *text* has something that a browser would take for a tag or an entity."""
    found = _TAG.finditer(text[:MAX_HTML])
    return any(one[1] is None or one[1].lower() in KNOWN for one in found)
