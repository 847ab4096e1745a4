"""What an organiser may still do with a competition: rename it, call it off."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.competitions.models import Competition, Round
from app.competitions.services import LONGEST_TITLE
from app.core import audit, stale
from app.core.errors import DomainError, Invalid
from app.quizzes import building, lifecycle
from app.quizzes.models import Attempt, Quiz

#: Longest description, in characters.
LONGEST_DESCRIPTION = 1000


class HasResults(DomainError):
    """Results name the competition; they stay as they were published."""

    error = "has_results"
    title = _l("已经公布过结果")
    detail = _l("公布过结果的竞赛不能再改名。")


class AlreadyBegun(DomainError):
    """Somebody has begun the first round."""

    error = "already_begun"
    title = _l("已经有人参加")
    detail = _l("已经有人参加预赛，竞赛不能再取消。")


def has_results(session: Session, competition: Competition) -> bool:
    """Tell whether a round was settled. One statement."""
    settled = select(Round.id).where(
        Round.competition_id == competition.id, Round.closed_at.is_not(None)
    )
    return session.scalar(settled.limit(1)) is not None


def begun(session: Session, competition: Competition) -> bool:
    """Tell whether anybody has begun a quiz of the competition. One statement."""
    attempts = (
        select(Attempt.id)
        .join(Round, Round.quiz_id == Attempt.quiz_id)
        .where(Round.competition_id == competition.id)
    )
    return session.scalar(attempts.limit(1)) is not None


def rename(
    session: Session,
    competition: Competition,
    title: str,
    description: str,
    *,
    seen: str,
    by: int,
    at: datetime,
) -> None:
    """Give a competition without results another title and description. Flushes.

    :param seen: the stamp of what the form showed.
    :raises HasResults: when a round was settled.
    :raises ChangedMeanwhile: when the form is stale.
    :raises Invalid: naming every field that is wrong.
    """
    session.refresh(competition, with_for_update=True)
    if has_results(session, competition):
        raise HasResults()
    stale.refuse_stale(stale.stamp(competition), seen)
    after = _values(title, description)
    before = {name: getattr(competition, name) for name in after}
    if before == after:
        return
    for name, value in after.items():
        setattr(competition, name, value)
    audit.record(
        session, "competition.rename", f"competition:{competition.id}", actor_id=by, at=at,
        before=before, after=after,
    )  # fmt: skip
    session.flush()


def _values(title: str, description: str) -> dict[str, str]:
    values = {"title": title.strip(), "description": description.strip()}
    fields: dict[str, Any] = {}
    if not 0 < len(values["title"]) <= LONGEST_TITLE:
        fields["title"] = _l("请填写名称，最多 120 字。")
    if len(values["description"]) > LONGEST_DESCRIPTION:
        fields["description"] = _l("说明最多 1000 个字。")
    if fields:
        raise Invalid(fields)
    return values


def call_off(session: Session, competition: Competition, *, by: int, at: datetime) -> None:
    """Delete a competition that nobody has begun; its quizzes become drafts again. Flushes.

    :raises AlreadyBegun: when somebody has begun one of its quizzes.
    """
    ids = select(Round.quiz_id).where(Round.competition_id == competition.id)
    # In the order of their ids: two who hold the same quizzes must not wait for each other.
    quizzes = session.scalars(select(Quiz).where(Quiz.id.in_(ids)).order_by(Quiz.id)).all()
    for quiz in quizzes:
        building.hold(session, quiz)
    if has_results(session, competition) or begun(session, competition):
        raise AlreadyBegun()
    session.execute(delete(Round).where(Round.competition_id == competition.id))
    for quiz in quizzes:
        lifecycle.take_back(session, quiz, by=by, at=at)
        quiz.invited_only = False
    name, title = f"competition:{competition.id}", competition.title
    session.delete(competition)
    audit.record(session, "competition.call_off", name, actor_id=by, at=at, title=title)
    session.flush()
