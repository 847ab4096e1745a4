"""Hand-in: grading, score and points in one transaction, and the same answer ever after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.errors import DomainError
from app.points import services as points
from app.questions.queries import cached_versions
from app.quizzes import keys, papers, queries
from app.quizzes.leases import Moved
from app.quizzes.models import Attempt, Quiz
from question_bank.grading import PaperMark, grade_paper
from question_bank.types import by_key
from question_bank.types.base import BadValue

#: A deadline at midnight belongs to the day before, whoever hands in and when.
LAST_INSTANT = timedelta(microseconds=1)

#: Slot → (epoch, seq) of the newest answer that a device knows of.
Manifest = Mapping[int, tuple[int, int]]


class Incomplete(DomainError):
    """The server lacks answers that the device has; it sends them again."""

    error = "incomplete"

    def __init__(self, need: list[int]) -> None:
        super().__init__(need=need)


@dataclass(frozen=True)
class Result:
    """What a hand-in came to: the attempt and the quiz it belongs to."""

    attempt: Attempt
    quiz: Quiz


def submit(
    session: Session,
    attempt: Attempt,
    *,
    manifest: Manifest | None,
    epoch: int | None = None,
    at: datetime,
) -> Result:
    """Hand in an attempt, grade it and award its points; again, return what came of it then.

    After deadline and grace it is graded with what is there, whatever the manifest says.

    :param attempt: loaded by ``queries.own_attempt``; locked here.
    :param epoch: the lease of the device that hands in.
    :raises Moved: when a newer device continues the attempt.
    :raises Incomplete: naming the slots whose newest answer has not arrived.
    """
    session.refresh(attempt, with_for_update=True)
    quiz = session.get_one(Quiz, attempt.quiz_id)
    if attempt.state != "open":
        return Result(attempt, quiz)
    if epoch is not None and epoch < attempt.epoch:
        raise Moved(epoch=attempt.epoch)
    held = queries.saved(session, attempt)
    if at < attempt.deadline_at + timedelta(seconds=quiz.grace_seconds):
        need = missing(manifest or {}, held)
        if need:
            raise Incomplete(need)
    finish(session, attempt, quiz, held, by_server=False, at=at)
    return Result(attempt, quiz)


def missing(manifest: Manifest, held: Mapping[int, queries.Saved]) -> list[int]:
    """Return the slots whose newest answer the server does not hold. Pure."""
    return sorted(
        slot
        for slot, newest in manifest.items()
        if slot not in held or (held[slot].epoch, held[slot].seq) < tuple(newest)
    )


def finish(
    session: Session,
    attempt: Attempt,
    quiz: Quiz,
    held: Mapping[int, queries.Saved],
    *,
    by_server: bool,
    at: datetime,
) -> None:
    """Grade what is held and award it, once. Flushes."""
    points.award_many(
        session, close(session, attempt, quiz, held, by_server=by_server, at=at), at=at
    )
    session.flush()


def close(
    session: Session,
    attempt: Attempt,
    quiz: Quiz,
    held: Mapping[int, queries.Saved],
    *,
    by_server: bool,
    at: datetime,
) -> list[points.Event]:
    """Grade what is held, and return what the caller now has to award.

    The guarded UPDATE lets one caller do it: for another there is nothing to award.
    """
    mark = grade(session, attempt, quiz, held)
    values = {
        "state": "graded",
        "submitted_at": attempt.submitted_at or at,
        "graded_at": at,
        "by_server": by_server,
        "score_tenths": mark.total,
        "max_tenths": mark.possible,
        "passed": passed(mark.total, mark.possible, quiz.pass_percent),
        "slot_tenths": list(mark.slots),
    }
    waiting = Attempt.id == attempt.id, Attempt.state.in_(("open", "submitted", "expired"))
    done = session.execute(
        update(Attempt)
        .where(*waiting)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        return []
    for name, value in values.items():
        setattr(attempt, name, value)
    return events(attempt, quiz)


def passed(score: int, possible: int, percent: int) -> bool:
    """Tell whether *score* of *possible* is at least *percent* percent."""
    return score * 100 >= possible * percent


def grade(
    session: Session, attempt: Attempt, quiz: Quiz, held: Mapping[int, queries.Saved]
) -> PaperMark:
    """Return the marks of the frozen paper for the answers held."""
    contents = cached_versions(session, [row[0] for row in attempt.paper])
    slots = [(contents[version_id], marks) for version_id, marks, _ in attempt.paper]
    values = {}
    for slot, saved in held.items():
        content = slots[slot - 1][0]
        indexes = papers.to_indexes(attempt.option_secret, slot, content, saved.value)
        try:
            values[slot] = by_key(content.type).clean(content, indexes)
        except BadValue:
            # Cannot happen to a value that was cleaned before it was kept; worth nothing then.
            continue
    return grade_paper(slots, values, quiz.multiple_rule)


def earned_at(attempt: Attempt) -> datetime:
    """Return when an attempt's points were earned: at the hand-in, at the latest in time."""
    last = attempt.deadline_at - LAST_INSTANT
    return min(attempt.submitted_at or last, last)


def events(attempt: Attempt, quiz: Quiz) -> list[points.Event]:
    """Return what a graded attempt may earn: a share for the score, and the pass.

    The best attempt of a quiz counts: a later one earns what it is better than those before.
    """
    facts = {
        "score": attempt.score_tenths,
        "max_score": attempt.max_tenths,
        "passed": attempt.passed,
    }
    return [
        points.Event(
            member_id=attempt.member_id,
            branch_id=attempt.branch_id,
            rule=rule,
            key=_effect_key(attempt, quiz, rule, attempt.number),
            above=tuple(_effect_key(attempt, quiz, rule, n) for n in range(1, attempt.number)),
            source_kind="attempt",
            source_key=keys.text(attempt.key),
            note=quiz.title,
            facts=facts,
            occurred_at=earned_at(attempt),
        )
        for rule in ("quiz_score", "quiz_pass")
    ]


def _effect_key(attempt: Attempt, quiz: Quiz, rule: str, number: int) -> str:
    first = f"quiz:{quiz.key}:{attempt.member_id}:{rule}"
    return first if number == 1 else f"{first}:{number}"
