"""Saving answers: one guarded statement each, acknowledged only after the commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NoReturn

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import Invalid, NotFound, SignInNeeded
from app.core.upserts import insert_into
from app.members.queries import token_hash
from app.quizzes import keys, storing
from app.quizzes.leases import Moved
from app.quizzes.models import Attempt, LateResponse, Response
from app.quizzes.shapes import Shape, shape

#: Messages in one call.
MOST = 50
#: Late answers kept for a slot: more are no phone that reconnects.
MOST_LATE = 20


@dataclass(frozen=True)
class Caller:
    """Who saves: a login id or a bearer token, judged inside the saving statement."""

    login_id: str = ""
    token: str = ""

    @property
    def by_token(self) -> bool:
        """Tell whether a token speaks, and not a login."""
        return bool(self.token)

    def facts(self, at: datetime) -> dict[str, Any]:
        """Return what the statements of ``storing`` ask about the caller."""
        return {"p_who": token_hash(self.token) if self.token else self.login_id, "p_at": at}


@dataclass(frozen=True)
class Message:
    """One answer on its way: the newest of its slot on that device by ``seq``."""

    slot: int
    seq: int
    value: Any
    mid: str = ""


@dataclass
class SaveResult:
    """What became of each message, what the server now holds, and the seconds left."""

    results: list[dict[str, str]] = field(default_factory=list)
    acked: dict[int, tuple[int, int]] = field(default_factory=dict)
    seconds_left: float = 0.0


def save_answers(
    session: Session,
    key: str,
    caller: Caller,
    messages: Sequence[Message],
    epoch: int,
    *,
    at: datetime,
) -> SaveResult:
    """Keep each message unless something newer is there. One statement a message when all is well.

    Outcomes: ``stored``; ``duplicate``, this very answer was kept before; ``stale``, another one
    of this number or a newer one is there; ``late``, after deadline and grace: kept apart and not
    counted; ``locked``, the attempt was handed in before.

    :raises NotFound: when the attempt is not the caller's.
    :raises SignInNeeded: when the login or the token has ended.
    :raises Moved: when a newer device continues the attempt.
    :raises Invalid: for a value that is no answer to its question; then nothing is kept.
    """
    try:
        form = shape(session, keys.parse(key))
    except NotFound:
        _refuse(session, caller, at)
    cleaned = _clean(session, form, caller, messages, at)
    result = SaveResult()
    for message, value in cleaned:
        deadline = _keep(session, form, caller, message, value, epoch, at)
        if deadline is not None:
            _note(result, message, "stored", (epoch, message.seq))
        else:
            deadline = _explain(session, form, caller, message, value, epoch, result, at)
        result.seconds_left = max(0.0, (deadline - at).total_seconds())
    return result


def _clean(
    session: Session, form: Shape, caller: Caller, messages: Sequence[Message], at: datetime
) -> list[tuple[Message, Any]]:
    try:
        return [(m, form.clean(m.slot, m.value)) for m in messages]
    except Invalid:
        # Only the attempt's own member is told what is wrong: to others it does not exist.
        _owned(session, form, caller, at)
        raise


def _note(result: SaveResult, message: Message, outcome: str, held: tuple[int, int] | None) -> None:
    result.results.append({"mid": message.mid, "outcome": outcome})
    if held is not None:
        result.acked[message.slot] = held


def _keep(
    session: Session,
    form: Shape,
    caller: Caller,
    message: Message,
    value: Any,
    epoch: int,
    at: datetime,
) -> datetime | None:
    """Store the answer and return the attempt's deadline, or return None for any reason not to."""
    statement = storing.guarded_upsert(session.get_bind().dialect.name, caller.by_token)
    given = caller.facts(at) | {
        "p_attempt_id": form.attempt_id,
        "p_earliest": at - timedelta(seconds=form.grace_seconds),
        "p_slot": message.slot,
        "p_epoch": epoch,
        "p_seq": message.seq,
        "p_value": value,
        "p_after": max(0, int((at - form.started_at).total_seconds())),
    }
    found: datetime | None = session.execute(statement, given).scalar()
    return found


def _explain(
    session: Session,
    form: Shape,
    caller: Caller,
    message: Message,
    value: Any,
    epoch: int,
    result: SaveResult,
    at: datetime,
) -> datetime:
    """Find out why an answer was not stored, note it, and return the deadline."""
    attempt = _owned(session, form, caller, at)
    held = session.execute(
        select(Response.epoch, Response.seq, Response.value).where(
            Response.attempt_id == attempt.id, Response.slot == message.slot
        )
    ).one_or_none()
    known = (held.epoch, held.seq) if held else None
    mine = (epoch, message.seq)
    ran_out = _ran_out(attempt, form, at)
    running = attempt.state == "open" and not ran_out
    if held is not None and known == mine:
        # Two tabs may give one number to different answers: only one of them is kept.
        _note(result, message, "duplicate" if held.value == value else "stale", known)
    elif running and epoch < attempt.epoch:
        raise Moved(epoch=attempt.epoch)
    elif known is not None and known > mine:
        _note(result, message, "stale", known)
    elif epoch > attempt.epoch:
        raise Invalid({"epoch": _l("页面与服务器不一致，请重新进入作答。")})
    elif ran_out:
        _keep_late(session, attempt, message, value, epoch, at)
        _note(result, message, "late", known)
    elif not running:
        _note(result, message, "locked", known)
    else:
        # The lease came here between the two readings: nothing may be called saved.
        raise Moved(epoch=attempt.epoch)
    return attempt.deadline_at


def _ran_out(attempt: Attempt, form: Shape, at: datetime) -> bool:
    """Tell whether time ended the attempt: its member had not handed it in before, and it is up."""
    end = attempt.deadline_at + timedelta(seconds=form.grace_seconds)
    return at > end and (attempt.submitted_at is None or attempt.submitted_at > end)


def _owned(session: Session, form: Shape, caller: Caller, at: datetime) -> Attempt:
    """Return the caller's attempt as it is now.

    :raises NotFound: when it is not theirs or annulled.
    :raises SignInNeeded: when the login or the token has ended.
    """
    mine = Attempt.id == form.attempt_id, Attempt.state != "void", storing.owned(caller.by_token)
    query = select(Attempt).where(*mine).execution_options(populate_existing=True)
    attempt: Attempt | None = session.scalar(query, caller.facts(at))
    if attempt is None:
        _refuse(session, caller, at)
    return attempt


def _refuse(session: Session, caller: Caller, at: datetime) -> NoReturn:
    """Say that there is no such attempt, to somebody who is signed in."""
    if session.scalar(storing.behind(caller.by_token), caller.facts(at)) is None:
        raise SignInNeeded()
    raise NotFound()


def _keep_late(
    session: Session, attempt: Attempt, message: Message, value: Any, epoch: int, at: datetime
) -> None:
    """Keep an answer that came too late beside the counted ones, once, a few for each slot."""
    row = {
        "attempt_id": attempt.id,
        "slot": message.slot,
        "epoch": epoch,
        "seq": message.seq,
        "value": value,
        "received_at": at,
    }
    kept = select(func.count()).where(
        LateResponse.attempt_id == attempt.id, LateResponse.slot == message.slot
    )
    if (session.scalar(kept) or 0) < MOST_LATE:
        new = insert_into(session, LateResponse).values(row)
        session.execute(new.on_conflict_do_nothing())
