"""The JSON interface of quizzes and attempts: the same services as the pages."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask import session as cookie
from flask_babel import get_locale
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import db, writes
from app.core.errors import SignInNeeded
from app.members.access import current_member
from app.points import queries as points
from app.quizzes import forms, keys, papers, queries, saving, starting, submitting
from app.quizzes.models import Attempt, Quiz

bp = Blueprint("quizzes_api", __name__, url_prefix="/api/v1")


@bp.get("/quizzes")
def quizzes() -> Response:
    """List the quizzes that I may take now or soon."""
    cards = queries.for_member(db.session(), current_member(), at=clock.now())
    return jsonify(
        [
            {
                "key": c.quiz.key,
                "title": c.quiz.title,
                "opens_at": clock.iso(c.quiz.opens_at),
                "closes_at": clock.iso(c.quiz.closes_at),
                "state": c.state,
            }
            for c in cards
            if c.state in ("open", "coming", "resume")
        ]
    )


@bp.post("/quizzes/<key>/attempts")
@writes
def start(key: str) -> tuple[Response, int]:
    """Start an attempt (201) or continue the open one on this device (200)."""
    session, member, at = db.session(), current_member(), clock.now()
    quiz = queries.quiz_for(session, member, key, at=at).quiz
    attempt, created = starting.start(session, quiz, member, at=at)
    return jsonify(attempt_json(session, attempt, quiz, at=at)), 201 if created else 200


@bp.get("/attempts/<key>")
def attempt(key: str) -> Response:
    """Return my attempt: the paper without keys, what is saved, the time left."""
    session, at = db.session(), clock.now()
    found = queries.own_attempt(session, current_member(), key)
    quiz = session.get_one(Quiz, found.quiz_id)
    return jsonify(attempt_json(session, found, quiz, at=at))


@bp.put("/attempts/<key>/answers")
@writes
def save(key: str) -> Response:
    """Keep answers; what this has answered is committed."""
    body = forms.parse_save()
    saved = saving.save_answers(
        db.session(), key, caller(), body.answers(), body.epoch, at=clock.now()
    )
    return jsonify(
        results=saved.results,
        acked={str(slot): list(held) for slot, held in saved.acked.items()},
        seconds_left=saved.seconds_left,
    )


@bp.post("/attempts/<key>/submit")
@writes
def submit(key: str) -> Response:
    """Hand in; after success always the same answer."""
    body = forms.parse_submit()
    session = db.session()
    found = queries.own_attempt(session, current_member(), key)
    result = submitting.submit(
        session, found, manifest=body.newest(), epoch=body.epoch, at=clock.now()
    )
    return jsonify(result_json(session, result.attempt))


def caller() -> saving.Caller:
    """Return who saves: a bearer token if there is one, else the browser's login.

    :raises SignInNeeded: without either.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and token:
        return saving.Caller(token=token)
    login_id = cookie.get("_user_id")
    if not login_id:
        raise SignInNeeded()
    return saving.Caller(login_id=login_id)


def attempt_json(session: Session, found: Attempt, quiz: Quiz, *, at: datetime) -> dict[str, Any]:
    """Return an attempt as the JSON interface shows it; a finished one has no paper any more."""
    body: dict[str, Any] = {
        "key": keys.text(found.key),
        "quiz": quiz.key,
        "state": found.state,
        "epoch": found.epoch,
        "server_now": clock.iso(at),
        "seconds_left": max(0.0, (found.deadline_at - at).total_seconds()),
        "deadline_at": clock.iso(found.deadline_at),
    }
    if found.state != "open":
        return body | {"result": result_json(session, found)}
    held = queries.saved(session, found)
    return body | {
        "slots": [slot_json(q) for q in papers.public_paper(session, found)],
        "saved": {
            str(slot): {"value": s.value, "epoch": s.epoch, "seq": s.seq}
            for slot, s in held.items()
        },
    }


def slot_json(question: papers.PublicQuestion) -> dict[str, Any]:
    """Return one question of a paper as the JSON interface shows it."""
    return {
        "slot": question.slot,
        "type": question.type,
        "marks": question.marks,
        "stem_html": str(question.stem_html),
        "options": [{"id": o.id, "html": str(o.html)} for o in question.options],
    }


def result_json(session: Session, found: Attempt) -> dict[str, Any]:
    """Return what a hand-in came to, with the receipt of its points."""
    locale = str(get_locale())
    entries = points.receipt(session, "attempt", keys.text(found.key))
    return {
        "state": found.state,
        "score": marks(found.score_tenths),
        "max_score": marks(found.max_tenths),
        "passed": found.passed,
        "receipt": [
            {
                "rule": points.rule_text(entry, locale),
                "asked": entry.asked,
                "amount": entry.amount,
                "why": points.why(entry),
            }
            for entry in entries
        ],
    }


def marks(tenths: int | None) -> float | int | None:
    """Return tenths of a mark as a number, whole where it is whole."""
    if tenths is None:
        return None
    return tenths // 10 if tenths % 10 == 0 else tenths / 10
