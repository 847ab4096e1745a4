"""Texts of Moodle XML: their formats, and the files that stand beside them."""

import base64
import binascii
import re
from urllib.parse import unquote

from question_bank.formats.attached import Attached
from question_bank.formats.gift_text import Text
from question_bank.formats.making import Making
from question_bank.formats.markup import Converted, from_html
from question_bank.formats.pictures import Pictures
from question_bank.formats.xml_tree import Element, children, inner_text

PLUGIN = "@@PLUGINFILE@@/"
_FORMATS = {"html": "html", "markdown": "markdown", "plain_text": "plain"}
_IMAGE = re.compile(r"(!\[[^\]]*\]\()([^()\s]+)(?=[\s)])")
_TAG = re.compile(r"<img\s", re.IGNORECASE)


def raw_text(holder: Element | None) -> str:
    """Return the ``text`` of an element, what stands in it right away if it has none."""
    if holder is None:
        return ""
    inside = holder.find("text")
    return inner_text(holder if inside is None else inside)


def format_of(holder: Element | None) -> str:
    """Return ``html``, ``markdown``, ``plain`` or ``moodle``, the usual one."""
    return _FORMATS.get("" if holder is None else holder.get("format", ""), "moodle")


class Files:
    """The files of one question; those that no text shows are named at the end."""

    def __init__(self, pictures: Pictures) -> None:
        self._files: dict[str, bytes] = {}
        self._used: set[str] = set()
        self.attached = Attached(pictures, self._find)

    def open(self, holder: Element) -> None:
        """Take the files that stand beside a text."""
        for one in children(holder, "file"):
            try:
                content = base64.b64decode("".join(inner_text(one).split()), validate=True)
            except (binascii.Error, ValueError):
                content = b""
            path = one.get("path", "/").strip("/")
            name = one.get("name", "")
            self._files[f"{path}/{name}".lstrip("/")] = content

    def _find(self, address: str) -> bytes | str:
        if not address.startswith(PLUGIN):
            return ""
        name = unquote(address.removeprefix(PLUGIN)).partition("?")[0]
        self._used.add(name)
        return self._files.get(name, "")

    @property
    def unused(self) -> list[str]:
        """Return the names of files that no text shows."""
        return [name for name in self._files if name not in self._used]


def shown(work: Making, files: Files, holder: Element | None) -> str:
    """Return the text of an element as Markdown."""
    if holder is None:
        return ""
    files.open(holder)
    return markdown(work, Text(work.seen(raw_text(holder)), format_of(holder)))


def markdown(work: Making, text: Text) -> str:
    """Return a text as Markdown."""
    return work.take(converted(work, text))


def converted(work: Making, text: Text) -> Converted:
    """Return a text as Markdown with what it lost; its pictures are found."""
    find = work.attached.name
    if text.format == "html":
        return from_html(text.text, find)
    if text.format == "markdown":
        lost = ("img",) if _TAG.search(text.text) else ()
        return Converted(
            _IMAGE.sub(lambda one: one[1] + (find(one[2]) or one[2]), text.text), (), lost
        )
    if text.format == "moodle" and _TAG.search(text.text):
        return from_html(text.text.replace("\n", "<br>"), find)
    return text.markdown()
