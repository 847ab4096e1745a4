"""Saving answers: one guarded statement each, acknowledged only after the commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, exists, insert, literal, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.errors import DomainError, Invalid, NotFound, SignInNeeded
from app.members.models import ApiToken, LoginSession, Member
from app.members.queries import token_hash
from app.quizzes import keys
from app.quizzes.models import Attempt, LateResponse, Response
from app.quizzes.shapes import Shape, shape

#: Messages in one call.
MOST = 50


class Moved(DomainError):
    """A newer device continues this attempt; this one is read-only."""

    error = "moved"
    title = _l("已在另一台设备继续")
    detail = _l("这次作答已在另一台设备上继续。已保存的答案都在；要回到这台设备，请重新进入。")


@dataclass(frozen=True)
class Caller:
    """Who saves: a login id or a bearer token, judged inside the saving statement."""

    login_id: str = ""
    token: str = ""

    def is_owner(self, at: datetime) -> ColumnElement[bool]:
        """Return the condition that the caller is an active member and the attempt's owner."""
        member = select(Member.id).where(Member.id == Attempt.member_id, Member.active)
        if self.token:
            return exists(
                member.join(ApiToken, ApiToken.member_id == Member.id).where(
                    ApiToken.token_hash == token_hash(self.token), ApiToken.ended_at.is_(None)
                )
            )
        return exists(
            member.join(LoginSession, LoginSession.member_id == Member.id).where(
                LoginSession.id == self.login_id,
                LoginSession.ended_at.is_(None),
                LoginSession.expires_at > at,
            )
        )


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

    Outcomes: ``stored``; ``duplicate``, this very message was kept before; ``stale``, a newer one
    is there; ``late``, after deadline and grace: kept apart and not counted; ``locked``, the
    attempt is handed in.

    :raises NotFound: when the attempt is not the caller's.
    :raises SignInNeeded: when the login has ended.
    :raises Moved: when a newer device continues the attempt.
    :raises Invalid: for a value that is no answer to its question; then nothing is kept.
    """
    form = shape(session, keys.parse(key))
    cleaned = [(m, form.clean(m.slot, m.value)) for m in messages]
    result = SaveResult()
    for message, value in cleaned:
        deadline = _keep(session, form, caller, message, value, epoch, at)
        if deadline is not None:
            _note(result, message, "stored", (epoch, message.seq))
        else:
            deadline = _explain(session, form, caller, message, value, epoch, result, at)
        result.seconds_left = max(0.0, (deadline - at).total_seconds())
    return result


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
    """Store the answer and return the attempt's deadline, or return None for any reason not to.

    The SELECT locks the attempt (on SQLite the whole unit of work is locked), so a hand-in either
    comes after the answer or refuses it.
    """
    source = _row(form, caller, message, value, epoch, at)
    names = ["attempt_id", "slot", "epoch", "seq", "value", "after_seconds"]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(Response).from_select(names, source)
    newer = tuple_(new.excluded.epoch, new.excluded.seq) > tuple_(Response.epoch, Response.seq)
    kept = new.on_conflict_do_update(
        index_elements=["attempt_id", "slot"],
        set_={name: new.excluded[name] for name in names[2:]},
        where=newer,
    )
    deadline = select(Attempt.deadline_at).where(Attempt.id == form.attempt_id).scalar_subquery()
    found: datetime | None = session.scalar(kept.returning(deadline))
    return found


def _row(
    form: Shape, caller: Caller, message: Message, value: Any, epoch: int, at: datetime
) -> Select[*tuple[Any, ...]]:
    """Return the row to store, if the attempt is the caller's, open, leased here and in time."""
    after = max(0, int((at - form.started_at).total_seconds()))
    return (
        select(
            Attempt.id,
            literal(message.slot),
            literal(epoch),
            literal(message.seq),
            literal(value, Response.value.type),
            literal(after),
        )
        .where(
            Attempt.id == form.attempt_id,
            Attempt.state == "open",
            Attempt.epoch == epoch,
            Attempt.deadline_at >= at - timedelta(seconds=form.grace_seconds),
            caller.is_owner(at),
        )
        .with_for_update(of=Attempt)
    )


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
        select(Response.epoch, Response.seq).where(
            Response.attempt_id == attempt.id, Response.slot == message.slot
        )
    ).one_or_none()
    known = (held.epoch, held.seq) if held else None
    mine = (epoch, message.seq)
    if known is not None and known >= mine:
        _note(result, message, "duplicate" if known == mine else "stale", known)
    elif attempt.state != "open":
        _note(result, message, "locked", known)
    elif epoch < attempt.epoch:
        raise Moved(epoch=attempt.epoch)
    elif epoch > attempt.epoch:
        raise Invalid({"epoch": _l("页面与服务器不一致，请重新进入作答。")})
    else:
        _keep_late(session, attempt, message, value, epoch, at)
        _note(result, message, "late", known)
    return attempt.deadline_at


def _owned(session: Session, form: Shape, caller: Caller, at: datetime) -> Attempt:
    owner = caller.is_owner(at)
    query = select(Attempt).where(Attempt.id == form.attempt_id, Attempt.state != "void", owner)
    attempt = session.scalar(query.execution_options(populate_existing=True))
    if attempt is not None:
        return attempt
    alive = select(LoginSession.id).where(
        LoginSession.id == caller.login_id,
        LoginSession.ended_at.is_(None),
        LoginSession.expires_at > at,
    )
    if not caller.token and session.scalar(alive) is None:
        raise SignInNeeded()
    raise NotFound()


def _keep_late(
    session: Session, attempt: Attempt, message: Message, value: Any, epoch: int, at: datetime
) -> None:
    """Keep an answer that came too late beside the counted ones, once."""
    where = (attempt.id, message.slot, epoch, message.seq)
    if session.get(LateResponse, where) is None:
        row = dict(zip(("attempt_id", "slot", "epoch", "seq"), where, strict=True))
        session.execute(insert(LateResponse).values(**row, value=value, received_at=at))
