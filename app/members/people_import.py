"""Bringing a list of people in: all of it in one transaction or none, the same again for nothing.

Between the preview and the writing only what was understood is kept, passwords hashed already.
"""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import Invalid, NotFound
from app.core.templating import place_name
from app.members import choosing, naming, passwords, people
from app.members.models import Member, Membership
from app.members.services import NumberTaken
from app.members.staff_list import Row, Trouble
from app.organisation.models import Branch

#: Most passwords of one file: each takes a processor tens of milliseconds.
MOST_PASSWORDS = 500
_POWER = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d+")


@dataclass
class Judged:
    """What a file would do: who is new, how many are there already, what must be mended."""

    new: list[tuple[Row, Branch]] = field(default_factory=list)
    same: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def judge(session: Session, paths: Sequence[str], rows: Sequence[Row]) -> Judged:
    """Compare the rows with one another and with who is there. Writes nothing; a few statements."""
    judged, seen = Judged(), dict[str, str]()
    places = _places(people.branches(session, paths))
    there = _there(session, [_number(row.no) for row in rows])
    for row in rows:
        wrong = [*_typed(row), *_twice(row, seen)]
        found = places.get(row.branch.strip().upper(), [])
        if len(found) != 1:
            wrong.append(Trouble(row.where, _unplaced(found), row.branch))
        if not wrong:
            known = there.get(_number(row.no))
            wrong = _known(row, known, found[0], paths) if known else _weak(row)
            if known and not wrong:
                judged.same += 1
            elif not wrong:
                judged.new.append((row, found[0]))
        judged.troubles += wrong
    if sum(bool(row.password) for row, _branch in judged.new) > MOST_PASSWORDS:
        text = _l("一次最多 %(n)s 个初始密码，请分成几个文件。", n=MOST_PASSWORDS)
        judged.troubles.append(Trouble("", text))
    return judged


def keep(rows: Sequence[Row], judged: Judged, file: str, *, member_id: int) -> str:
    """Keep understood rows for :func:`kept`; return the key.

    Passwords of those who are new are kept as hashes, the others' not at all.

    The job that forgets uploads removes them after a day.
    """
    new = {row.where for row, _branch in judged.new if row.password}
    safe = [
        replace(row, password="", hashed=passwords.hashed(row.password) if row.where in new else "")
        for row in rows
    ]
    key = secrets.token_urlsafe(12)
    content = {"member": member_id, "file": file[:200], "rows": [asdict(row) for row in safe]}
    (_folder() / f"people-{key}.json").write_text(json.dumps(content), encoding="utf-8")
    return key


def kept(key: str, *, member_id: int) -> tuple[str, list[Row]]:
    """Return the file's name and the rows that this member's upload was understood as.

    :raises NotFound: for another member's, an unknown or a forgotten one.
    """
    path = _folder() / f"people-{key}.json"
    if not re.fullmatch(r"[\w-]+", key) or not path.is_file():
        raise NotFound(_l("上传的文件已经清理，请重新上传。"))
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if content["member"] != member_id:
        raise NotFound()
    return content["file"], [Row(**row) for row in content["rows"]]


def write(session: Session, judged: Judged, file: str, *, by: int, at: datetime) -> int:
    """Add everybody who is new; return how many. Flushes.

    :raises Invalid: when there is anything to mend.
    :raises NumberTaken: when somebody took a number at the same moment.
    """
    if judged.troubles:
        raise Invalid({"file": _l("表格里有要改的地方，一个人都没有写入。")})
    members = [
        Member(
            no=naming.clean_no(row.no),
            name=naming.clean_name(row.name),
            branch_id=branch.id,
            password_hash=row.hashed,
            created_at=at,
        )
        for row, branch in judged.new
    ]
    try:
        with session.begin_nested():
            session.add_all(members)
            session.flush()
    except IntegrityError as taken:
        raise NumberTaken() from taken
    for one, (_row, branch) in zip(members, judged.new, strict=True):
        session.add(Membership(member_id=one.id, branch_id=branch.id, since=at))
        detail = {"no": one.no, "branch": branch.code, "file": file}
        audit.record(session, "member.add", f"member:{one.id}", actor_id=by, at=at, **detail)
    session.flush()
    return len(members)


def _folder() -> Path:
    folder = Path(current_app.config["INSTANCE"]) / "uploads"
    folder.mkdir(exist_ok=True)
    return folder


def _number(text: str) -> str:
    try:
        return naming.clean_no(text)
    except Invalid:
        return ""


def _places(branches: Sequence[Branch]) -> Mapping[str, list[Branch]]:
    """Return what a file may call each branch: its code, or else its name."""
    found: dict[str, list[Branch]] = {}
    for one in branches:
        found.setdefault(one.name.strip().upper(), []).append(one)
    return found | {one.code.upper(): [one] for one in branches}


def _there(session: Session, numbers: Sequence[str]) -> dict[str, tuple[Member, Branch]]:
    found: dict[str, tuple[Member, Branch]] = {}
    wanted = [no for no in numbers if no]
    for start in range(0, len(wanted), 500):
        query = select(Member, Branch).join(Branch, Branch.id == Member.branch_id)
        rows = session.execute(query.where(Member.no.in_(wanted[start : start + 500])))
        found |= {member.no: (member, branch) for member, branch in rows}
    return found


def _typed(row: Row) -> list[Trouble]:
    wrong = naming.problems(row.no, row.name)
    if _POWER.fullmatch(row.no) and "no" in wrong:
        wrong["no"] = _l(
            "工号被表格软件改成了科学计数法，原来的号码看不出了。请把这一列设为文本，重新填写。"
        )
    given = {"no": row.no, "name": row.name}
    return [Trouble(row.where, text, given[name]) for name, text in wrong.items()]


def _twice(row: Row, seen: dict[str, str]) -> list[Trouble]:
    number = _number(row.no)
    first = seen.setdefault(number, row.where) if number else row.where
    if first == row.where:
        return []
    return [Trouble(row.where, _l("和 %(where)s 是同一个工号。", where=place_name(first)), row.no)]


def _unplaced(found: Sequence[Branch]) -> Any:
    if found:
        return _l("有几个支部叫这个名称，请写支部代码。")
    return _l("你管的支部里没有这一个，请写支部代码或全名。")


def _known(
    row: Row, known: tuple[Member, Branch], wanted: Branch, paths: Sequence[str]
) -> list[Trouble]:
    member, home = known
    if not home.path.startswith(tuple(paths)):
        return [Trouble(row.where, NumberTaken.detail, row.no)]
    if (member.name, home.id) == (naming.clean_name(row.name), wanted.id):
        return []
    text = _l(
        "这个工号已经是%(name)s（%(branch)s）。改名和调动请在人员页里做。",
        name=member.name,
        branch=home.code,
    )
    return [Trouble(row.where, text, f"{row.name} · {row.branch}")]


def _weak(row: Row) -> list[Trouble]:
    weak = choosing.problem(row.password, _number(row.no), row.name) if row.password else ""
    return [Trouble(row.where, weak)] if weak else []
