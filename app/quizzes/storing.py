"""The statement that stores an answer: built once in a process, run for every tap."""

from functools import cache
from typing import Any, cast

from sqlalchemy import Integer, Select, String, Table, bindparam, exists, select, tuple_
from sqlalchemy.dialects import postgresql

from app.core.db import UtcDateTime
from app.core.upserts import insert_for
from app.members.models import ApiToken, LoginSession, Member
from app.quizzes.models import Attempt, Response

#: What a run of the statement is given; the names differ from every column's.
WHO = bindparam("p_who", type_=String())
AT = bindparam("p_at", type_=UtcDateTime())
ATTEMPT_ID = bindparam("p_attempt_id", type_=Attempt.id.type)
#: The earliest deadline that still counts: now less the hidden grace.
EARLIEST = bindparam("p_earliest", type_=UtcDateTime())
SLOT = bindparam("p_slot", type_=Integer())
EPOCH = bindparam("p_epoch", type_=Integer())
SEQ = bindparam("p_seq", type_=Integer())
VALUE = bindparam("p_value", type_=Response.value.type)
AFTER = bindparam("p_after", type_=Integer())


@cache
def behind(by_token: bool) -> Select[int]:
    """Return the id of the active member behind WHO: a token's hash, or a login that is alive."""
    member = select(Member.id).where(Member.active)
    if by_token:
        return member.join(ApiToken, ApiToken.member_id == Member.id).where(
            ApiToken.token_hash == WHO, ApiToken.ended_at.is_(None)
        )
    return member.join(LoginSession, LoginSession.member_id == Member.id).where(
        LoginSession.id == WHO, LoginSession.ended_at.is_(None), LoginSession.expires_at > AT
    )


@cache
def owned(by_token: bool) -> Any:
    """Return the condition that WHO is the attempt's member."""
    return exists(behind(by_token).where(Member.id == Attempt.member_id))


@cache
def guarded_upsert(dialect: str, by_token: bool) -> postgresql.Insert:
    """Return the INSERT that stores an answer and returns the attempt's deadline.

    It gives no row unless the attempt is WHO's, open, leased under EPOCH and in time, and what is
    there is older by (epoch, seq). The SELECT locks the attempt (on SQLite the whole unit of work
    is locked), so a hand-in either comes after the answer or refuses it.
    """
    source = (
        select(Attempt.id, SLOT, EPOCH, SEQ, VALUE, AFTER)
        .where(
            Attempt.id == ATTEMPT_ID,
            Attempt.state == "open",
            Attempt.epoch == EPOCH,
            Attempt.deadline_at >= EARLIEST,
            owned(by_token),
        )
        .with_for_update(of=Attempt)
    )
    # The table, not the model: the session need not know the row, and that is half the time.
    table = cast(Table, Response.__table__)
    names = ["attempt_id", "slot", "epoch", "seq", "value", "after_seconds"]
    new = insert_for(dialect, table).from_select(names, source)
    newer = tuple_(new.excluded.epoch, new.excluded.seq) > tuple_(table.c.epoch, table.c.seq)
    deadline = select(Attempt.deadline_at).where(Attempt.id == ATTEMPT_ID).scalar_subquery()
    return new.on_conflict_do_update(
        index_elements=["attempt_id", "slot"],
        set_={name: new.excluded[name] for name in names[2:]},
        where=newer,
    ).returning(deadline)  # type: ignore[return-value]
