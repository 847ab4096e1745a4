"""Files that are not what they say: recognised by their content, refused with a cure."""

import math
import re

from question_bank.formats.base import MAX_BYTES, FileUnreadable
from question_bank.formats.xml_tree import root_name

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: First elements of the XML that formats read.
_MOODLE_ROOTS = ("quiz",)
_QTI_ROOTS = ("questestinterop", "assessmentItem", "assessmentTest", "manifest")
_QTI_3_ROOTS = ("qti-assessment-item", "qti-assessment-test")
XML_ROOTS = frozenset((*_MOODLE_ROOTS, *_QTI_ROOTS, *_QTI_3_ROOTS))
#: First elements of what other programs write, and their names.
_OTHERS = {"examview": "ExamView", "pool": "Blackboard"}
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def refuse_unknown(data: bytes) -> None:
    """Refuse what no format can read.

    :raises FileUnreadable: for an empty or too large file, old or protected Excel files, Word,
        PDF, web pages, other archives.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileUnreadable("empty_file")
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    if data.startswith(_OLE):
        raise FileUnreadable(*_ole_kind(data))
    if data.startswith(b"%PDF"):
        raise FileUnreadable("other_office_file", kind="PDF")
    if data.startswith(_ARCHIVES):
        raise FileUnreadable("archive")
    _refuse_pages(data)


def _refuse_pages(data: bytes) -> None:
    """Refuse web pages, old XML of Excel, and XML of programs that no format knows."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not re.match(rb"<(?:!doctype|html|table|head|meta|\?xml|!--)", head):
        return
    root = root_name(data)
    if root in XML_ROOTS:
        return
    if root.lower() not in ("", "html", "table", "head", "meta", "body", "workbook"):
        raise FileUnreadable("xml_not_known", _OTHERS.get(root.lower(), root))
    raise FileUnreadable("xml_doctype" if b"<!entity" in head else "html_file")


def too_large(size: int) -> FileUnreadable:
    """Return the refusal of a file of *size* bytes; the figure shown is above the limit."""
    limit, megabytes = MAX_BYTES // 1024 // 1024, size / 1024 / 1024
    shown = f"{megabytes:.1f}"
    if float(shown) <= limit:
        shown = f"{math.ceil(megabytes * 100) / 100:.2f}"
    return FileUnreadable("file_too_large", size=shown, limit=limit)


def _ole_kind(data: bytes) -> tuple[str]:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return ("password_protected",)
    if holds("Workbook") or holds("Book"):
        return ("old_xls",)
    return ("not_text",)
