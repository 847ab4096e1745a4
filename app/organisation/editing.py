"""What every change of the organisation keeps to: clean texts, one code once."""

import re
import unicodedata

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.organisation.models import Branch, Post, Rota, Shift

Thing = Branch | Post | Shift | Rota

CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]*")
#: Shortest ``code`` column of Branch, Post and Rota, and of Shift.
LONGEST_CODE = 20


def clean_name(text: str, longest: int) -> str:
    """Return a name without control and zero-width characters, single spaces inside.

    :raises Invalid: for an empty name or one over *longest* characters.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        c for c in composed if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf")
    )
    name = " ".join(kept.split())
    if not name:
        raise Invalid({"name": _l("请填写名称。")})
    if len(name) > longest:
        raise Invalid({"name": _l("名称最多 %(n)s 个字。", n=longest)})
    return name


def clean_code(text: str) -> str:
    """Return a code in upper case: SQLite compares paths without regard to case.

    :raises Invalid: for anything but letters, digits, ``-`` and ``_``, or more than LONGEST_CODE.
    """
    code = unicodedata.normalize("NFKC", text).strip().upper()
    if len(code) > LONGEST_CODE or not CODE.fullmatch(code):
        raise Invalid({"code": _l("代码用字母、数字、- 或 _，最多 20 个字符。")})
    return code


def new_code(
    session: Session, model: type[Branch | Post | Rota | Shift], typed: str, letter: str
) -> str:
    """Return the code that was typed, or without one the next free number after *letter*.

    :raises Invalid: for a code that will not do or is in use, in upper or lower case.
    """
    used = {code.upper() for code in session.scalars(select(model.code))}
    if not typed.strip():
        number = 1
        while f"{letter}{number:02}" in used:
            number += 1
        return f"{letter}{number:02}"
    code = clean_code(typed)
    if code in used:
        raise Invalid({"code": _l("这个代码已经有了。")})
    return code


def refuse_same_name(session: Session, thing: Post | Shift | Rota, name: str) -> None:
    """Refuse a name that another one of the kind has: lists show names only.

    :raises Invalid: when there is such a one.
    """
    model = type(thing)
    query = select(func.count()).select_from(model).where(model.name == name)
    if thing.code:
        query = query.where(model.code != thing.code)
    if session.scalar(query):
        raise Invalid({"name": _l("已经有一个叫这个名称的。")})


def insert(session: Session, thing: Thing) -> None:
    """Add *thing* and flush, so that its id is known.

    :raises Invalid: when somebody took its code at the same moment.
    """
    try:
        with session.begin_nested():
            session.add(thing)
            session.flush()
    except IntegrityError as taken:
        raise Invalid({"code": _l("这个代码已经有了。")}) from taken
