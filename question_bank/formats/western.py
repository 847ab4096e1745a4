"""Text files of formats that the West exchanges: our encodings, else windows-1252."""

import re

from question_bank.formats.base import FileUnreadable
from question_bank.formats.encodings import decode
from question_bank.problems import Problem

_RUN = re.compile(rb"[\x80-\xff]+")
#: Longest run of letters with accents, and their largest share of a text.
_LONGEST, _SHARE = 3, 0.15


def decode_text(data: bytes) -> tuple[str, str, list[Problem]]:
    """Return the text, its encoding, and a warning if that is only assumed.

    :raises FileUnreadable: as ``encodings.decode``.
    """
    try:
        return *decode(data), []
    except FileUnreadable as refusal:
        if refusal.code not in ("encoding_unclear", "undecodable"):
            raise
        runs = [len(run[0]) for run in _RUN.finditer(data)]
        if max(runs, default=0) > _LONGEST or sum(runs) > _SHARE * len(data) or b"\0" in data:
            raise
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise refusal from None
        params = {"encoding": "windows-1252"}
        return text, "windows-1252", [Problem("line 1", "encoding_assumed", params)]


def text_or_none(data: bytes) -> str | None:
    """Return the text of *data*, None where it is none."""
    try:
        return decode_text(data)[0]
    except FileUnreadable:
        return None
