"""Names in the XML of Word documents."""

import xml.etree.ElementTree as ET

from question_bank.formats.base import FileUnreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def parse(content: bytes) -> ET.Element:
    """Return the root of a part that holds no DOCTYPE.

    :raises FileUnreadable: ``damaged``.
    """
    # The strict variety of the format differs in its names only.
    content = content.replace(_STRICT, W[1:-1].encode()).replace(
        b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()
    )
    try:
        return ET.fromstring(content)  # noqa: S314 - bounded, and without DOCTYPE
    except (ET.ParseError, ValueError, LookupError) as error:
        raise FileUnreadable("damaged") from error


def local(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: ET.Element | None, name: str = "val") -> str:
    """Return an attribute, "" when it or the element is missing."""
    return "" if element is None else element.get(f"{W}{name}", "")


def is_on(properties: ET.Element | None, name: str) -> bool:
    """Tell whether a property that is either on or off is on."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and value(found) not in ("0", "false", "off", "none")


def number(text: str, default: int = 0) -> int:
    """Return a whole number of at most six digits, else *default*."""
    return int(text) if text.isdecimal() and len(text) < 7 else default
