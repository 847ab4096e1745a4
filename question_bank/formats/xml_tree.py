"""XML of other systems as a tree: no DOCTYPE, few enough elements, names without namespaces."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from question_bank.formats.base import FileUnreadable

__all__ = ["Element", "children", "first", "inner_text", "parse", "root_name"]

#: Most elements, and how deep they may stand in each other.
MAX_ELEMENTS, MAX_DEPTH = 300_000, 200
_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]{1,40})[\"'][^>]{0,100}\?>"
)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
#: Characters looked at for the first element.
_HEAD = 20_000


class _Tree(ET.TreeBuilder):
    """Builds elements, counts them, and leaves namespaces out of their names."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:  # type: ignore[override]
        self._count += 1
        self._depth += 1
        if self._count > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise FileUnreadable("too_much_inside")
        return super().start(_local(tag), {_local(name): text for name, text in attrs.items()})

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(_local(tag))

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Refuse what :func:`parse` should have found before.

        :raises FileUnreadable: always.
        """
        raise FileUnreadable("xml_doctype")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def parse(data: bytes) -> Element:
    """Return the first element of *data*.

    :raises FileUnreadable: ``xml_doctype``, ``xml_broken`` with the line, ``too_much_inside``.
    """
    text = _decoded(data)
    # Behind the first element a DOCTYPE is an error anyway; in a text it is only text.
    if text.startswith("<!", _after_prolog(text)):
        raise FileUnreadable("xml_doctype")
    # Without a DOCTYPE there are no entities to expand and nothing to fetch.
    parser = ET.XMLParser(target=_Tree(), encoding="utf-8")  # noqa: S314
    try:
        # What the declaration says of the encoding is not true any more.
        parser.feed(_DECLARED.sub(_only_lines, text, count=1).encode("utf-8"))
        root: Element = parser.close()
    except ET.ParseError as error:
        raise FileUnreadable("xml_broken", line=error.position[0]) from error
    except (UnicodeEncodeError, ValueError) as error:
        raise FileUnreadable("xml_broken", line=1) from error
    return root


def _only_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _decoded(data: bytes) -> str:
    """Return the text of *data* in the encoding that it declares, UTF-8 if it does not."""
    wide = {
        b"\xff\xfe": "utf-16",
        b"\xfe\xff": "utf-16",
        b"<\x00": "utf-16-le",
        b"\x00<": "utf-16-be",
    }
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    encoding = wide.get(data[:2]) or (declared[1].decode() if declared else "utf-8")
    if encoding.lower().replace("_", "-") in ("gb2312", "gbk"):
        encoding = "gb18030"
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError, ValueError):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise FileUnreadable("xml_broken", line=line) from error
    return text.removeprefix("\ufeff")


def root_name(data: bytes) -> str:
    """Return the name of the first element, ``""`` where *data* does not begin as XML does."""
    head = data[: 2 * _HEAD]
    text = (head.replace(b"\0", b"") if b"\0" in head[:4] else head).decode("utf-8", "replace")
    text = text.lstrip("\ufeff\ufffd")[:_HEAD]
    at = _after_prolog(text)
    if doctype := _DOCTYPE.match(text, at):
        at = _after_prolog(text, doctype.end())
    found = _ROOT.match(text, at)
    return found[1] if found else ""


def _after_prolog(text: str, at: int = 0) -> int:
    """Return where declarations, comments and spaces end."""
    while skipped := _PROLOG.match(text, at):
        at = skipped.end()
    return at


def children(parent: Element, *names: str) -> Iterator[Element]:
    """Yield the elements right inside *parent* that have one of the *names*."""
    return (one for one in parent if one.tag in names)


def first(parent: Element | None, path: str) -> Element | None:
    """Return the first element at *path*, names separated by slashes; None if there is none."""
    return None if parent is None else parent.find(path)


def inner_text(element: Element | None) -> str:
    """Return all the text in *element*, ``""`` for None."""
    return "" if element is None else "".join(element.itertext())
