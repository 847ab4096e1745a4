"""Names and staff numbers as people type them: cleaned where nothing is lost, refused otherwise."""

import re
import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import Invalid

LONGEST_NO, LONGEST_NAME = 40, 60
_NO = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def problems(no: str, name: str) -> dict[str, Any]:
    """Return what is wrong with a new person's number and name, by field."""
    found: dict[str, Any] = {}
    for field, text, check in (("no", no, clean_no), ("name", name, clean_name)):
        try:
            check(text)
        except Invalid as wrong:
            found[field] = wrong.fields[field]
    return found


def clean_no(no: str) -> str:
    """Return a staff number as stored: NFKC, upper case, nothing around it.

    :raises Invalid: for anything inside but letters, digits and single hyphens.
    """
    number = unicodedata.normalize("NFKC", no).strip().upper()
    if not number:
        raise Invalid({"no": _l("请填写工号。")})
    if len(number) > LONGEST_NO or not _NO.fullmatch(number):
        raise Invalid({"no": _l("工号只用字母、数字和连字符 -，最多 40 个字符。")})
    return number


def clean_name(name: str) -> str:
    """Return a name in NFKC without control, zero-width and direction characters.

    :raises Invalid: for an empty name or one over LONGEST_NAME characters.
    """
    text = unicodedata.normalize("NFKC", name)
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    called = " ".join("".join(kept).split())
    if not called:
        raise Invalid({"name": _l("请填写姓名。")})
    if len(called) > LONGEST_NAME:
        raise Invalid({"name": _l("姓名最多 60 个字。")})
    return called
