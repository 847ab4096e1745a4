"""The database itself refuses to change the ledger, on both kinds of database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.db import db, transaction
from app.points.awarding import award
from app.points.sealing import seal
from tests.builders import NOON, Make
from tests.points.builders import lesson

ATTACKS = [
    "UPDATE point_entry SET amount = amount + 1",
    "UPDATE point_entry SET note = 'x'",
    "DELETE FROM point_entry",
    "UPDATE point_seal SET entry_id = entry_id",
    "DELETE FROM point_seal",
]
SQLITE = [
    "INSERT OR REPLACE INTO point_entry SELECT * FROM point_entry",
    "REPLACE INTO point_seal SELECT * FROM point_seal",
]
POSTGRESQL = ["TRUNCATE point_entry CASCADE", "TRUNCATE point_seal"]


def test_no_statement_changes_or_removes_a_ledger_row(make: Make) -> None:
    member = make.member()
    with transaction() as session:
        award(session, lesson(member), at=NOON)
        seal(session, at=NOON)
    extra = SQLITE if db.engine.dialect.name == "sqlite" else POSTGRESQL
    for attack in ATTACKS + extra:
        with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
            session.execute(text(attack))
