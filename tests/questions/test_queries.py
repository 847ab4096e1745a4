"""Versions are read once in a process; what may be asked is the newest published version."""

from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.questions import queries, services
from app.questions.models import Question, QuestionVersion
from tests.builders import Make
from tests.quizzes import builders as b


def test_a_version_is_read_once(make: Make, statements: list[str]) -> None:
    b.quiz(make)
    session = db.session()
    ids = session.scalars(select(QuestionVersion.id)).all()
    first = queries.cached_versions(session, ids[:4])
    statements.clear()
    assert queries.cached_versions(session, ids[:4]) == first
    assert statements == []
    assert set(queries.cached_versions(session, ids)) == set(ids)
    assert len(statements) == 1


def test_only_what_is_published_may_be_asked(make: Make, statements: list[str]) -> None:
    quiz = b.quiz(make, each=1)
    with transaction() as session:
        retired = session.scalars(select(Question).order_by(Question.id)).first()
        assert retired is not None
        services.retire(session, retired, by=None, at=clock.now())
        other = services.ensure_bank(session, "另一个", make.organisation(), at=clock.now())
        rows = [
            (b.content(b.MIX[0], 9), status, list[dict[str, Any]]())
            for status in ("published", "draft")
        ]
        services.add_questions(session, other, rows[:1], member_id=None, at=clock.now())
        services.add_questions(
            session, other, [(b.content(b.MIX[0], 8), "draft", [])], member_id=None, at=clock.now()
        )
    statements.clear()
    found = queries.published_versions(db.session(), quiz.bank_id)
    assert [kind for _, kind, _ in found] == ["multiple_choice", "true_false"]
    assert len([s for s in statements if s.startswith("SELECT")]) == 2
    assert len(queries.published_versions(db.session(), other.id)) == 1
    assert db.session.scalar(select(func.count(QuestionVersion.id))) == 5
