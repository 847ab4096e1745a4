"""What never changes about an attempt, kept in the process so that a save needs no reading."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import name_of
from app.core.errors import Invalid, NotFound
from app.questions.queries import cached_versions
from app.quizzes import papers
from app.quizzes.models import Attempt, Quiz
from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import BadValue

#: Attempts kept in one process.
KEPT = 5_000


@dataclass(frozen=True)
class Shape:
    """An attempt's immutable part: its clock's start, hidden grace and the questions asked."""

    attempt_id: int
    option_secret: bytes
    started_at: datetime
    grace_seconds: int
    questions: tuple[Question, ...]

    def clean(self, slot: int, value: Any) -> Any:
        """Return the value as it is kept: option ids in alphabetical order, a boolean, or None.

        The author's order of the options would say something that the paper does not.

        :raises Invalid: for a slot or an option that is not in this attempt.
        """
        if not 1 <= slot <= len(self.questions):
            raise Invalid({f"slot-{slot}": f"no slot {slot}"})
        content = self.questions[slot - 1]
        indexes = papers.to_indexes(self.option_secret, slot, content, value)
        try:
            cleaned = by_key(content.type).clean(content, indexes)
        except BadValue as bad:
            raise Invalid({f"slot-{slot}": str(bad)}) from bad
        shown = papers.to_ids(self.option_secret, slot, content, cleaned)
        return sorted(shown) if isinstance(shown, list) else shown


_kept: OrderedDict[tuple[str, bytes], Shape] = OrderedDict()
_lock = Lock()


def shape(session: Session, key: bytes) -> Shape:
    """Return the shape of the attempt *key*. No statement once known, else one or two.

    Tells nothing about who may see it: the saving statement checks that.

    :raises NotFound: when nobody has such an attempt.
    """
    name = (name_of(session), key)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    found = _read(session, key)
    with _lock:
        _kept[name] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def forget_shapes() -> None:
    """Empty the process cache: for tests, which put another database behind the same address."""
    with _lock:
        _kept.clear()


def _read(session: Session, key: bytes) -> Shape:
    row = session.execute(
        select(Attempt, Quiz.grace_seconds)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound()
    attempt, grace = row
    ids = [version_id for version_id, _, _ in attempt.paper]
    contents = cached_versions(session, ids)
    questions = tuple(contents[i] for i in ids)
    return Shape(attempt.id, attempt.option_secret, attempt.started_at, grace, questions)
