"""The letters of GIFT: escapes, what stands unescaped, and text formats."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from question_bank.formats.markup import Converted, escaped, from_html, has_html

_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_CONTROL = re.compile(r"[~=#{}:\\]")
_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
#: What is trimmed; other spaces, the Chinese one too, belong to the text.
SPACES = " \t\r\n"


@dataclass(frozen=True)
class Text:
    """A text with the format that it is written in."""

    text: str
    #: ``html``, ``markdown``, ``plain`` or ``moodle``.
    format: str

    def markdown(self) -> Converted:
        """Return it as Markdown."""
        if self.format == "markdown":
            return Converted(self.text)
        lines = "\n".join(line.strip(SPACES) for line in self.text.split("\n")).strip("\n")
        if self.format == "html":
            return from_html(self.text)
        if self.format == "moodle" and has_html(lines):
            # Moodle shows lines of its own format as lines.
            return from_html(lines.replace("\n", "<br>"))
        return Converted(escaped(lines))


def unescape(text: str) -> str:
    """Return *text* as it is meant: ``\\~`` a tilde, ``\\n`` a new line, other backslashes kept."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def escape(text: str) -> str:
    """Return *text* so that :func:`unescape` gives it back."""
    return _CONTROL.sub(lambda found: "\\" + found[0], text).replace("\n", "\\n")


@cache
def _pattern(hit: str) -> re.Pattern[str]:
    return re.compile(rf"\\[~=#{{}}:\\n]|(?P<hit>{hit})")


def unescaped(text: str, hit: str) -> Iterator[re.Match[str]]:
    """Yield where the pattern *hit* stands without a backslash before it."""
    return (found for found in _pattern(hit).finditer(text) if found["hit"] is not None)


def cut(text: str, hit: str) -> tuple[str, str | None]:
    """Return what stands before and after the first *hit*; None after when there is none."""
    for found in unescaped(text, hit):
        return text[: found.start()], text[found.end() :]
    return text, None


def text_of(raw: str, default: str) -> Text:
    """Return a raw piece as a text; *default* is its format unless it names one."""
    found = _FORMAT.match(raw)
    body = raw[found.end() :] if found else raw
    return Text(unescape(body.strip(SPACES)), found[1].lower() if found else default)


def has_format(text: str) -> bool:
    """Tell whether *text* begins with what would be taken for a format."""
    return _FORMAT.match(text) is not None
