"""Lines of a paper: as written, and folded for comparing without moving a character."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from question_bank.formats.cells import plain

#: Longer lines are one text: nothing in them is looked for.
MAX_LINE = 20_000
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = ("Cf", "Cc", "Cs")


@dataclass(frozen=True)
class Line:
    """One line of a paper, stripped and without invisible characters."""

    #: For readers: ``line 12``, ``paragraph 3``.
    where: str
    text: str
    #: The invisible characters that were removed.
    hidden: frozenset[str] = frozenset()
    #: For each character how it is set off (``bold`` …); empty where nothing is.
    styles: Sequence[frozenset[str]] = ()
    #: Codes of problems that the line itself gives cause for.
    codes: Sequence[str] = field(default_factory=tuple)

    @cached_property
    def flat(self) -> str:
        """The text with full-width and compatibility characters folded; of the same length."""
        return flat(self.text) if len(self.text) <= MAX_LINE else ""


def lines_of(text: str) -> list[Line]:
    """Return the lines of a file's text, whatever ends them."""
    return [line_of(one, f"line {n}") for n, one in enumerate(_LINE_END.split(text), 1)]


def line_of(text: str, where: str) -> Line:
    """Return one line, cleaned."""
    clean = plain(text)
    hidden = set() if text.isprintable() else set(text) - set(clean) - set("\t")
    return Line(where, clean, frozenset(c for c in hidden if unicodedata.category(c) in _HIDDEN))


def styled_line(
    characters: Sequence[tuple[str, frozenset[str]]], where: str, codes: Sequence[str] = ()
) -> Line:
    """Return one line of characters that know how they are set off."""
    bare = line_of("".join(character for character, _ in characters), where)
    styles: list[frozenset[str]] = []
    place = 0
    for character in bare.text:
        while place < len(characters) and characters[place][0] != character:
            place += 1
        if place < len(characters):
            styles.append(characters[place][1])
            place += 1
    whole = len(styles) == len(bare.text) and any(styles)
    return Line(where, bare.text, bare.hidden, styles if whole else (), codes)


def flat(text: str) -> str:
    """Return *text* folded character by character, so that every place in it stays."""
    return text if text.isascii() else "".join(map(_folded, text))


@lru_cache(maxsize=65536)
def _folded(character: str) -> str:
    # A circled or raised digit is no number of a question, and 10² is not 102.
    if unicodedata.category(character) == "No":
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
