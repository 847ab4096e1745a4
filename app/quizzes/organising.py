"""Between the organiser's form and the services: choices, counts, the draft, a sample paper."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.core.errors import Invalid
from app.core.markdown import inline_html, to_html
from app.core.numbers import whole
from app.questions import queries as questions
from app.quizzes import page_queries, papers
from app.quizzes.building import QuizDraft
from app.quizzes.models import Quiz
from app.quizzes.organise_forms import TYPES, QuizForm, sent_form
from app.quizzes.papers import PublicOption, PublicQuestion
from question_bank.question import Question
from question_bank.selection import Candidate, CannotDraw, Pool, Rule, draw, fits, shuffle_options

#: The services' names of fields that the form calls otherwise.
FIELDS = {"blueprint": "rules", "seconds_allowed": "minutes", "attempts_allowed": "attempts"}


def offer(session: Session, form: QuizForm, paths: Sequence[str]) -> None:
    """Fill the form's choices with the branches and banks under *paths*. Two statements."""
    branches = page_queries.branches(session, paths)
    form.branch.choices = [(str(one.id), one.name) for one in branches]
    banks = page_queries.banks(session, paths)
    form.bank.choices = [("", _("请选择")), *((str(one.id), one.name) for one in banks)]


def sent(session: Session, given: MultiDict[str, str], paths: Sequence[str]) -> QuizForm:
    """Return the form as sent, with the choices that it may take."""
    form = sent_form(given)
    offer(session, form, paths)
    return form


def draft(form: QuizForm, quiz: Quiz | None = None) -> QuizDraft:
    """Return what the form asks for; who is invited stays as *quiz* has it.

    :raises Invalid: naming every field that is wrong.
    """
    if not form.validate() or not form.bank.data:
        missing = {} if form.bank.data else {"bank": _("请选择题库。")}
        raise Invalid(missing | form.problems())
    return QuizDraft(
        title=(form.title.data or "").strip(),
        description=(form.description.data or "").strip(),
        branch_id=int(form.branch.data),
        bank_id=int(form.bank.data),
        blueprint=form.blueprint(),
        opens_at=form.opens_at.data,
        closes_at=form.closes_at.data,
        seconds_allowed=form.minutes.data * 60,
        attempts_allowed=form.attempts.data,
        pass_percent=form.pass_percent.data,
        feedback=form.feedback.data,
        multiple_rule=form.multiple_rule.data,
        invited_only=quiz.invited_only if quiz else False,
    )


def by_field(wrong: Invalid) -> dict[str, str]:
    """Return the sentences of a refusal by the form's own field names."""
    return {FIELDS.get(name, name): str(text) for name, text in wrong.fields.items()}


def fit_start(session: Session, form: QuizForm, paths: Sequence[str]) -> None:
    """Choose the only bank there is, and begin with what the chosen bank can give."""
    banks = page_queries.banks(session, paths)
    if not form.bank.data and len(banks) == 1:
        form.bank.data = str(banks[0].id)
    pool = page_queries.pool(session, chosen_bank(session, form, paths))
    form.fit_first(len(pool or ()))


def chosen_bank(session: Session, form: QuizForm, paths: Sequence[str]) -> int | None:
    """Return the bank that the form names if the organiser may use it. One statement."""
    ids = {one.id for one in page_queries.banks(session, paths)}
    named = form.bank.data or ""
    return number if (number := whole(named)) in ids else None


def builder(session: Session, form: QuizForm, paths: Sequence[str]) -> dict[str, Any]:
    """Return what the builder shows beside the form: choices, counts per rule, tags."""
    offer(session, form, paths)
    pool = page_queries.pool(session, chosen_bank(session, form, paths))
    return {
        "types": TYPES,
        "counts": counts(form, pool),
        "tags": page_queries.tags(pool),
        "zone": clock.zone().key,
    }


def counts(form: QuizForm, pool: Sequence[Candidate] | None) -> list[int | None]:
    """Return for each rule of the form how many questions fit it; None without a bank."""
    if pool is None:
        return [None] * len(form.rules.entries)
    return [
        sum(fits(Rule(rule["type"], rule["tag"], 1, 1), one) for one in pool)
        for rule in form.blueprint()
    ]


def sample(session: Session, quiz: Quiz, turn: int) -> dict[str, Any]:
    """Return one paper that a member might get, or the refusal that says why none."""
    if quiz.state == "draft":
        offered = questions.published_versions(session, quiz.bank_id)
        pool = Pool([Candidate(*one) for one in offered])
    else:
        pool = papers.pool(session, quiz)
    try:
        drawn = draw(pool, papers.rules_of(quiz.blueprint), f"preview:{turn}")
    except CannotDraw:
        return {"questions": [], "refusal": _("按已保存的规则，题库里的题不够，抽不出一份卷子。")}
    contents = questions.cached_versions(session, [one.candidate_id for one in drawn])
    return {
        "refusal": "",
        "questions": [
            _shown(slot, contents[one.candidate_id], one.marks, turn)
            for slot, one in enumerate(drawn, 1)
        ],
    }


def _shown(slot: int, content: Question, marks: int, turn: int) -> PublicQuestion:
    order = shuffle_options(len(content.options), f"{turn}:{slot}")
    options = tuple(
        PublicOption(_id(turn, slot, i), inline_html(content.options[i])) for i in order
    )
    return PublicQuestion(slot, content.type, marks, to_html(content.stem), options)


def _id(turn: int, slot: int, index: int) -> str:
    return hashlib.sha256(f"{turn}:{slot}:{index}".encode()).hexdigest()[:8]
