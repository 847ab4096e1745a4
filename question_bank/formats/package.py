"""The zip file that an xlsx is: checked before anything else touches it, and packed anew."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping

from question_bank.formats.base import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    MAX_XML,
    RATIO_FREE,
    FileUnreadable,
)

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: What the format of workbooks allows; the unpackers of other methods are one more way in.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What a sheet of questions is made of; pictures, macros and the rest are never unpacked.
_WANTED = re.compile(r"(?i)^(?:\[content_types\]\.xml|_rels/.*|xl/.*\.(?:xml|rels))$")


def unpack(
    data: bytes, main: str = "xl/workbook.xml", wanted: re.Pattern[str] = _WANTED
) -> dict[str, bytes]:
    """Return the parts of a zip by name, all checks passed.

    :param main: the part that only this kind of file has.
    :param wanted: names of the parts to return.

    Sizes are believed only as far as the check sum confirms them: a part that unpacks to more
    than it declares is damaged.

    :raises FileUnreadable: for bombs, passwords, macros, DOCTYPEs, damage, and files of other
        programs.
    """
    # The directory is read whole before its entries can be counted.
    directory = data.count(b"PK\x01\x02")
    if directory > 2 * MAX_PARTS:
        raise FileUnreadable("too_many_parts", count=directory, limit=MAX_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(data))
            names = {_name(entry.filename): entry for entry in entries}
            _check_kind(names, main)
            chosen = {name: entry for name, entry in names.items() if wanted.match(name)}
            _check_wanted(chosen.values())
            parts = {name: archive.read(entry) for name, entry in chosen.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise FileUnreadable("damaged") from error
    except (NotImplementedError, RuntimeError) as error:
        # What zipfile says of an unknown method or of an encrypted entry.
        raise FileUnreadable("damaged") from error
    _check_parts(parts)
    return parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a plain zip of *parts*, uncompressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def _name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MAX_PARTS:
        raise FileUnreadable("too_many_parts", count=len(entries), limit=MAX_PARTS)
    total = sum(entry.file_size for entry in entries)
    bomb = total > RATIO_FREE and total > MAX_RATIO * packed
    if total > MAX_UNPACKED or bomb:
        raise FileUnreadable("unpacked_too_large", limit=MAX_UNPACKED // 1024 // 1024)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileUnreadable("password_protected")


def _check_wanted(entries: Collection[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MAX_XML:
        raise FileUnreadable("unpacked_too_large", limit=MAX_XML // 1024 // 1024)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise FileUnreadable("damaged")


def _check_kind(names: Mapping[str, zipfile.ZipInfo], main: str) -> None:
    lower = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") for name in lower):
        raise FileUnreadable("has_macros")
    if main in lower:
        return
    if "xl/workbook.bin" in lower:
        raise FileUnreadable("binary_workbook")
    kinds = {"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint"}
    for name, kind in kinds.items():
        if name in lower:
            raise FileUnreadable("other_office_file", kind=kind)
    if "content.xml" in lower and "mimetype" in lower:
        raise FileUnreadable("other_office_file", kind="OpenDocument")
    raise FileUnreadable("archive")


def _check_parts(parts: Mapping[str, bytes]) -> None:
    for name, content in parts.items():
        # UTF-16 hides every other byte.
        narrow = content.replace(b"\x00", b"") if b"\x00" in content[:4] else content
        if _DOCTYPE.search(narrow):
            raise FileUnreadable("xml_doctype")
        if name.lower() == "[content_types].xml" and b"macroEnabled" in content:
            raise FileUnreadable("has_macros")
