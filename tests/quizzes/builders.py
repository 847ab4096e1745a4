"""A published quiz with questions in it, and attempts at it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import transaction
from app.members.models import Member
from app.questions import services as questions
from app.quizzes import building, queries, starting
from app.quizzes.models import Attempt, Quiz
from question_bank.question import Question
from tests.builders import Make

#: The right option of every choice made here is the first one written, ``right``.
FOUR = ("right", "wrong 1", "wrong 2", "wrong 3")
MIX = [
    Question("single_choice", "单选 {n}", FOUR, [0], "因为 {n}"),
    Question("multiple_choice", "多选 {n}", ("right", "right too", "wrong"), [0, 1], "因为 {n}"),
    Question("true_false", "判断 {n}", (), [True], "因为 {n}"),
]


def content(kind: Question, n: int) -> Question:
    data = kind.to_json()
    return Question.from_json(
        data | {"stem": data["stem"].format(n=n), "explanation": data["explanation"].format(n=n)}
    )


def quiz(make: Make, *, each: int = 2, publish: bool = True, **given: Any) -> Quiz:
    """Return a published quiz of *each* questions of each type, open for an hour from now."""
    root, at, number = make.organisation(), clock.now(), make.number()
    with transaction() as session:
        bank = questions.ensure_bank(session, f"题库 {number}", root, at=at)
        pool = [(content(kind, n), "published", []) for kind in MIX for n in range(each)]
        questions.add_questions(session, bank, pool, member_id=None, at=at)
        rules = [{"type": k.type, "tag": None, "count": each, "marks": 5} for k in MIX]
        draft = building.QuizDraft(
            title=given.pop("title", f"测验 {number}"),
            branch_id=given.pop("branch_id", root.id),
            bank_id=bank.id,
            blueprint=given.pop("blueprint", rules),
            opens_at=given.pop("opens_at", at),
            closes_at=given.pop("closes_at", at + timedelta(hours=1)),
            seconds_allowed=given.pop("seconds_allowed", 600),
            **given,
        )
        made = building.create_quiz(session, draft, by=None, at=at)
        if publish:
            building.publish(session, made, at=min(at, made.opens_at))
    return made


def attempt(
    make: Make, member: Member | None = None, of: Quiz | None = None, **given: Any
) -> Attempt:
    """Return an open attempt of *member* (default: a new one) at *of* (default: a new quiz)."""
    taken = of or quiz(make, **given)
    person = member or make.member()
    with transaction() as session:
        person = session.merge(person)
        card = queries.quiz_for(session, load(session, person), taken.key, at=clock.now())
        made, _ = starting.start(session, card.quiz, load(session, person), at=clock.now())
    return made


def load(session: Any, member: Member) -> Member:
    """Return *member* with the branch loaded, as a request has it."""
    query = select(Member).where(Member.id == member.id).options(joinedload(Member.branch))
    return session.scalars(query).one()


def right(attempt_json: dict[str, Any]) -> dict[int, Any]:
    """Return the right value of each slot of a paper made of MIX, found by the option's words."""
    values: dict[int, Any] = {}
    for slot in attempt_json["slots"]:
        ids = sorted(o["id"] for o in slot["options"] if o["html"].startswith("right"))
        values[slot["slot"]] = ids if slot["options"] else True
    return values


def messages(values: dict[int, Any], seq: int = 1) -> list[dict[str, Any]]:
    """Return one message per slot."""
    return [
        {"slot": slot, "seq": seq, "mid": f"m{slot}-{seq}", "value": value}
        for slot, value in values.items()
    ]
