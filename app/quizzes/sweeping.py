"""The sweeper: whatever is not final and out of time is handed in by the server."""

from datetime import datetime, timedelta

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.points import services as points
from app.quizzes import queries, submitting
from app.quizzes.models import Attempt, Quiz

#: After deadline and grace, so that a phone's own late hand-in is not raced.
MARGIN = timedelta(seconds=30)


def finish_overdue(session: Session, *, at: datetime, limit: int = 100) -> int:
    """Hand in and grade up to *limit* attempts whose time is up; return how many.

    Takes any state that is not final, of one day: each day has its caps. Call again until it
    returns 0. On PostgreSQL attempts that somebody else is working on are left for the next time.
    """
    open_graces = select(Quiz.grace_seconds).where(
        select(Attempt.id).where(Attempt.quiz_id == Quiz.id, Attempt.state == "open").exists()
    )
    out_of_time = [
        (Quiz.grace_seconds == grace)
        & (Attempt.deadline_at <= at - MARGIN - timedelta(seconds=grace))
        for grace in session.scalars(open_graces.distinct())
    ]
    overdue = select(Attempt, Quiz).join(Quiz, Quiz.id == Attempt.quiz_id)
    waiting = or_(
        Attempt.state.in_(("submitted", "expired")),
        (Attempt.state == "open") & or_(false(), *out_of_time),
    )
    rows = session.execute(
        overdue.where(waiting)
        .order_by(Attempt.deadline_at, Attempt.id)
        .limit(limit)
        .with_for_update(of=Attempt, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    finished = 0
    earned: list[points.Event] = []
    days = {clock.local_day(submitting.earned_at(attempt)) for attempt, _ in rows}
    for attempt, quiz in rows:
        if clock.local_day(submitting.earned_at(attempt)) != min(days):
            continue
        held = queries.saved(session, attempt)
        by_server = attempt.state != "submitted"
        earned += submitting.close(session, attempt, quiz, held, by_server=by_server, at=at)
        finished += 1
    # All at once: one by one, rows that members share would be held while waiting for a member's.
    points.award_many(session, earned, at=at)
    return finished
