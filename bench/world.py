"""A world to measure in: an organisation of any size, a published quiz, and people signed in."""

import itertools
import os
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from app import create_app
from app.core import clock, migrations_cli
from app.core.config import database_url
from app.core.db import db, transaction
from app.members import services as people
from app.members.models import Member
from app.organisation import services as organisation
from app.organisation.models import Branch
from app.points import services as points
from app.points import totals, windows
from app.points.models import PointBucket, PointTotal
from app.questions import services as questions
from app.quizzes import building
from app.quizzes.models import Quiz
from bench.measure import Answer, request
from question_bank import samples

QUESTIONS = 20
BRANCHES = 26
BLUEPRINT = [
    {"type": "single_choice", "tag": None, "count": 10, "marks": 5},
    {"type": "multiple_choice", "tag": None, "count": 5, "marks": 5},
    {"type": "true_false", "tag": None, "count": 5, "marks": 5},
]
LOCAL_POSTGRES = os.environ.get(
    "MINGDENG_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
#: Written out, so that a served process can be given the same.
SECRET = "bench-secret"


@dataclass
class Phone:
    """A signed-in browser without the weight of one."""

    app: Flask
    member: Member
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Send one request and fail on anything that is not a success."""
        answer = request(self.app, method, path, body=body, headers=self.headers)
        assert answer[0] < 400, (method, path, answer[0], answer[2][:300])
        return answer


@dataclass
class World:
    """An application on a database of its own with a quiz in it."""

    app: Flask
    url: str
    folder: Path
    quiz: Quiz
    branch: Branch
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def phones(self, count: int) -> list[Phone]:
        """Return the phones of *count* new members, signed in."""
        made = []
        with self.app.app_context(), transaction() as unit:
            for _ in range(count):
                no = f"BENCH{next(self.numbers)}"
                member = people.add_member(unit, no, "测试", self.branch, at=clock.now())
                made.append((member, people.open_login(unit, member, at=clock.now()).id))
        return [Phone(self.app, member, cookies(self.app, login)) for member, login in made]

    def award(self, member: Member) -> None:
        """Give *member* 20 points, as a write that moves the boards."""
        key = f"bench:{next(self.numbers)}"
        won = points.Event(
            member.id, self.branch.id, "competition_advance", key, "round", key, "bench"
        )
        with self.app.app_context(), transaction() as unit:
            points.award(unit, won, at=clock.now())

    def backends(self) -> list[int]:
        """Return the server processes behind this world's connections; none on SQLite."""
        with self.app.app_context():
            if db.engine.dialect.name == "sqlite":
                return []
            query = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            with db.engine.connect() as connection:
                return list(connection.scalars(query))


def cookies(app: Flask, login: str) -> dict[str, str]:
    """Return the headers of a browser that is logged in by *login*."""
    with app.test_request_context():
        session["_user_id"] = login
        session["_fresh"] = True
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        signed = signer.dumps(dict(session))
    return {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={signed}", "X-CSRFToken": token}


def has_postgres(url: str = LOCAL_POSTGRES) -> bool:
    """Tell whether the PostgreSQL server at *url* answers."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@contextmanager
def database(server: str, folder: Path) -> Iterator[str]:
    """Give the address of a new database: on *server*, or an SQLite file when that is empty."""
    if not server:
        yield f"sqlite:///{folder}/bench.db"
        return
    plain = server.replace("postgresql+psycopg://", "postgresql://", 1)
    name = f"mingdeng_bench_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    try:
        yield database_url(f"{plain.rsplit('/', 1)[0]}/{name}", folder)
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@contextmanager
def world(server: str = "", *, members: int = 0) -> Iterator[World]:
    """Give a world, on a new database of *server*, with *members* on the boards.

    :param server: address of any database of a PostgreSQL server; empty: SQLite in a new folder.
    """
    with (
        tempfile.TemporaryDirectory() as named,
        database(server, folder := Path(named)) as url,
    ):
        app = create_app(
            {
                "SQLALCHEMY_DATABASE_URI": url,
                "INSTANCE": folder,
                "SECRET_KEY": SECRET,
                "LEDGER_KEY": SECRET,
            }
        )
        with app.app_context():
            command.upgrade(migrations_cli.alembic_config(), "head")
            quiz, branches = _quiz()
            if members:
                fill_boards(branches, members)
            db.session.remove()
        try:
            yield World(app, url, folder, quiz, branches[0])
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def _quiz() -> tuple[Quiz, list[Branch]]:
    at = clock.now()
    with transaction() as unit:
        root = organisation.add_branch(unit, "ROOT", "组织", parent=None, level="committee")
        branches = [
            organisation.add_branch(unit, f"B{n:02}", f"第{n}党支部", parent=root)
            for n in range(1, BRANCHES + 1)
        ]
        bank = questions.ensure_bank(unit, "bench", root, at=at)
        given = [(c, "published", list[dict[str, Any]]()) for c in samples.load_samples()]
        questions.add_questions(unit, bank, given, member_id=None, at=at)
        draft = building.QuizDraft(
            title="安全生产月月考",
            branch_id=root.id,
            bank_id=bank.id,
            blueprint=BLUEPRINT,
            opens_at=at - timedelta(hours=1),
            closes_at=at + timedelta(days=1),
            seconds_allowed=3600,
            # Everybody passes, so that every hand-in awards by both rules.
            pass_percent=0,
        )
        quiz = building.create_quiz(unit, draft, by=None, at=at)
        building.publish(unit, quiz, at=at)
    return quiz, branches


def fill_boards(branches: list[Branch], members: int) -> None:
    """Put *members* members with totals in every window on the boards."""
    at = clock.now()
    counts: dict[tuple[str, int], int] = defaultdict(int)
    with transaction() as unit:
        homes = itertools.cycle([branch.id for branch in branches])
        _insert(
            unit,
            Member,
            (
                {"no": f"F{n}", "name": f"人{n}", "branch_id": home, "created_at": at}
                for n, home in zip(range(members), homes, strict=False)
            ),
        )
        people_at = unit.execute(select(Member.id, Member.branch_id).order_by(Member.id)).all()
        for window in windows.windows_of(clock.local_day(at)):
            rows = [
                {
                    "window": window,
                    "member_id": id_,
                    "branch_id": branch_id,
                    "points": 1 + id_ * 7919 % 3000,
                    "reached_at": at,
                }
                for id_, branch_id in people_at
            ]
            _insert(unit, PointTotal, iter(rows))
            for row in rows:
                totals.shift(counts, window, 0, int(row["points"]))
        _insert(
            unit,
            PointBucket,
            ({"window": w, "bucket": b, "members": n} for (w, b), n in counts.items()),
        )


def _insert(unit: Session, model: Any, rows: Iterator[dict[str, Any]]) -> None:
    while chunk := list(itertools.islice(rows, 5000)):
        unit.execute(insert(model.__table__), chunk)
