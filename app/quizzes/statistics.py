"""Item analysis of a bank: its questions as first attempts answered them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.questions.models import Bank, Question, QuestionVersion
from app.questions.queries import cached_versions
from app.quizzes import papers
from app.quizzes.models import Attempt, Quiz, Response
from question_bank.question import Question as Content
from question_bank.statistics import (
    MIN_RESPONSES,
    ItemAnalysis,
    Sheet,
    Suspicion,
    analyse_item,
    suspicions,
)
from question_bank.types.base import BadValue

#: First attempts that are looked at, the newest: more would change no figure that matters.
MOST_ATTEMPTS = 5_000
#: Attempts whose answers are read in one statement.
CHUNK = 400


@dataclass(frozen=True)
class Item:
    """A question version with what its answers say."""

    version_id: int
    question_key: str
    content: Content
    analysis: ItemAnalysis
    suspicions: Sequence[Suspicion]

    @property
    def enough(self) -> bool:
        """Tell whether there are enough responses to say anything."""
        return self.analysis.responses >= MIN_RESPONSES


def items(session: Session, bank: Bank) -> list[Item]:
    """Return the asked versions of a bank, the suspicious first, then the hardest.

    Marks are shares of the possible, so that a question counts alike in quizzes that give it
    different marks. Three statements, and one for each 400 attempts.
    """
    attempts = list(
        session.scalars(
            select(Attempt)
            .join(Quiz, Quiz.id == Attempt.quiz_id)
            .where(Quiz.bank_id == bank.id, Attempt.number == 1, Attempt.state == "graded")
            .order_by(Attempt.id.desc())
            .limit(MOST_ATTEMPTS)
        )
    )
    contents = cached_versions(session, {row[0] for one in attempts for row in one.paper})
    sheets = _sheets(session, attempts, contents)
    keys = _question_keys(session, bank, contents)
    holding: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        for version_id in sheet.marks:
            holding[version_id].append(sheet)
    found = []
    for version_id, held in holding.items():
        if version_id not in keys:
            continue
        content = contents[version_id]
        analysis = analyse_item(version_id, 1, held, content)
        found.append(Item(version_id, keys[version_id], content, analysis, suspicions(analysis)))
    return sorted(found, key=_gravest_first)


def _gravest_first(item: Item) -> tuple[int, bool, float, int]:
    order = ("wrong_key", "leaked", "negative", "dubious", "too_easy", "dead_option")
    grave = order.index(item.suspicions[0].code) if item.suspicions else len(order)
    return grave, not item.enough, item.analysis.facility, item.version_id


def _question_keys(session: Session, bank: Bank, contents: Mapping[int, Content]) -> dict[int, str]:
    rows = session.execute(
        select(QuestionVersion.id, Question.key)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.bank_id == bank.id)
    )
    return {version_id: key for version_id, key in rows if version_id in contents}


def _sheets(
    session: Session, attempts: Sequence[Attempt], contents: Mapping[int, Content]
) -> list[Sheet]:
    found = []
    for start in range(0, len(attempts), CHUNK):
        part = attempts[start : start + CHUNK]
        given: dict[int, dict[int, Any]] = defaultdict(dict)
        rows = session.execute(
            select(Response.attempt_id, Response.slot, Response.value).where(
                Response.attempt_id.in_([one.id for one in part])
            )
        )
        for attempt_id, slot, value in rows:
            given[attempt_id][slot] = value
        found += [_sheet(one, given[one.id], contents) for one in part]
    return found


def _sheet(attempt: Attempt, given: Mapping[int, Any], contents: Mapping[int, Content]) -> Sheet:
    marks, values = {}, {}
    slots = zip(attempt.paper, attempt.slot_tenths or [], strict=True)
    for slot, ((version_id, worth, _order), awarded) in enumerate(slots, 1):
        marks[version_id] = awarded / (10 * worth)
        values[version_id] = _index(attempt, slot, contents[version_id], given.get(slot))
    return Sheet(marks, values)


def _index(attempt: Attempt, slot: int, content: Content, value: Any) -> Any:
    """Return a stored answer by option indexes; None for what is no answer any more."""
    try:
        return papers.to_indexes(attempt.option_secret, slot, content, value)
    except (BadValue, ValueError):
        return None
