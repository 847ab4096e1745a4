"""Bringing a file into a bank: understood first, written in one transaction, never twice."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import Invalid
from app.organisation.models import Branch
from app.questions import keeping, services
from app.questions.models import Bank, ImportRun, Question
from app.questions.parsing import parse
from question_bank.formats import Draft, FileUnreadable, Reading, problem_json, report
from question_bank.problems import Problem
from question_bank.question import duplicate_key
from question_bank.types import by_key, is_offered

#: The most that an upload may weigh, in bytes.
MOST_BYTES = 20 * 1024 * 1024


class Unreadable(Invalid):
    """A file that nothing could be read from; the sentence says why and what to do."""

    error = "unreadable"
    title = _l("这个文件读不了")


@dataclass(frozen=True)
class Target:
    """Where an import goes: a bank, or the name and branch of one that writing will make."""

    name: str
    branch_id: int
    bank: Bank | None = None


@dataclass(frozen=True)
class Understood:
    """A file as it was understood, duplicates against the bank marked."""

    file_name: str
    sha256: str
    reading: Reading

    def report(self, *, dry_run: bool, locale: str = "zh") -> dict[str, Any]:
        """Return the JSON object of the command line."""
        return report(self.reading, self.file_name, self.sha256, dry_run, locale)


def read_file(data: bytes, name: str, *, format: str | None = None) -> Understood:
    """Return what was understood of a file. May take long: no transaction should wait for it.

    What pages cannot ask yet is a draft, however well it was understood.

    :raises question_bank.formats.FileUnreadable: with the reason.
    """
    reading = parse(data, name, format)
    reading = replace(reading, drafts=[_askable(draft) for draft in reading.drafts])
    return Understood(name, hashlib.sha256(data).hexdigest(), reading)


def compared(session: Session, bank: Bank | None, found: Understood) -> Understood:
    """Return *found* with what *bank* has already marked as duplicates. Writes nothing."""
    if bank is None:
        return found
    drafts = _against(session, bank, found.reading.drafts)
    return replace(found, reading=replace(found.reading, drafts=drafts))


def _against(session: Session, bank: Bank, drafts: Sequence[Draft]) -> list[Draft]:
    """Mark what the bank has already: the same stem and options, however spaced or folded."""
    query = select(Question.duplicate_key).where(
        Question.bank_id == bank.id, Question.status != "retired"
    )
    known = set(session.scalars(query))
    return [
        _known_already(draft, bank)
        if draft.status in ("ready", "draft") and duplicate_key(draft.question()) in known
        else draft
        for draft in drafts
    ]


def _askable(draft: Draft) -> Draft:
    if draft.status != "ready" or draft.type is None or is_offered(draft.type):
        return draft
    problem = Problem(draft.where, "type_not_supported", {}, by_key(draft.type).label)
    return replace(draft, status="draft", problems=(*draft.problems, problem))


def _known_already(draft: Draft, bank: Bank) -> Draft:
    problem = Problem(draft.where, "duplicate_in_bank", {"bank": bank.name})
    return replace(draft, status="duplicate", problems=(*draft.problems, problem))


def known_file(session: Session, bank: Bank, sha256: str) -> ImportRun | None:
    """Return the import that brought these very bytes into *bank*, or None."""
    return session.scalar(
        select(ImportRun)
        .where(
            ImportRun.bank_id == bank.id,
            ImportRun.sha256 == sha256,
            ImportRun.state == "committed",
        )
        .order_by(ImportRun.id)
        .limit(1)
    )


def write(
    session: Session,
    bank: Bank,
    found: Understood,
    *,
    key: str | None = None,
    member_id: int | None,
    at: datetime,
) -> ImportRun:
    """Write the ready questions as published and the drafts as drafts. Flushes.

    The same bytes a second time write nothing and return the first import. The bank is held: of
    two who write into it, the second sees what the first wrote.

    :param key: of the import in its address; a new one if none is given.
    """
    session.refresh(bank, with_for_update=True)
    earlier = known_file(session, bank, found.sha256)
    if earlier is not None:
        return earlier
    found = compared(session, bank, found)
    given = [
        (draft.question(), status, [_kept(p) for p in draft.problems if not p.is_warning])
        for draft in found.reading.drafts
        if (status := {"ready": "published", "draft": "draft"}.get(draft.status)) is not None
    ]
    if given:
        services.add_questions(session, bank, given, member_id=member_id, at=at)
    target = Target(bank.name, bank.branch_id, bank)
    run = _run(target, found, "committed", member_id=member_id, at=at)
    run.key = key or run.key
    session.add(run)
    session.flush()
    audit.record(
        session, "bank.import", f"bank:{bank.id}", actor_id=member_id, at=at,
        file=found.file_name, sha256=found.sha256, **found.reading.counts,
    )  # fmt: skip
    return run


def _kept(problem: Problem) -> dict[str, Any]:
    return {
        "where": problem.where,
        "code": problem.code,
        "params": dict(problem.params),
        "found": problem.found,
    }


def _run(
    target: Target, found: Understood, state: str, *, member_id: int | None, at: datetime
) -> ImportRun:
    return ImportRun(
        key=secrets.token_urlsafe(12),
        bank_id=target.bank.id if target.bank else None,
        new_bank=None if target.bank else target.name,
        branch_id=None if target.bank else target.branch_id,
        file_name=found.file_name[:200],
        sha256=found.sha256,
        format=found.reading.format,
        report={
            "counts": found.reading.counts,
            "problems": [problem_json(p) for p in found.reading.all_problems()][:1000],
        },
        state=state,
        member_id=member_id,
        created_at=at,
    )


def upload(
    session: Session, target: Target, found: Understood, *, member_id: int, at: datetime
) -> ImportRun:
    """Keep what was understood of a file until it is written or forgotten. Flushes.

    Returns the previewed import; a bank that is not there yet is not made.
    """
    found = compared(session, target.bank, found)
    run = _run(target, found, "previewed", member_id=member_id, at=at)
    session.add(run)
    session.flush()
    keeping.keep(run, found.reading)
    return run


def unreadable(wrong: FileUnreadable, locale: str = "zh") -> Unreadable:
    """Return the refusal that tells a reader why a file cannot be read."""
    return Unreadable({"file": wrong.message(locale)}, wrong.message(locale))


def again(session: Session, bank: Bank | None, run: ImportRun) -> Understood:
    """Return what was understood of the file of *run*, compared with the bank as it is now.

    :raises Unreadable: when it is gone.
    """
    reading = keeping.kept(run)
    if reading is None:
        raise Unreadable(detail=_l("上传的文件已经清理，请重新上传。"))
    return compared(session, bank, Understood(run.file_name, run.sha256, reading))


def commit(
    session: Session, bank: Bank | None, run: ImportRun, *, member_id: int, at: datetime
) -> ImportRun:
    """Write a previewed import into its bank, made now if it is not there, once. Flushes.

    Returns the import that did it: an earlier one, if these bytes were written before.
    """
    if run.state == "committed":
        return run
    found = again(session, bank, run)
    if bank is None:
        home = session.get_one(Branch, run.branch_id)
        bank = services.ensure_bank(session, run.new_bank or "", home, at=at)
        if bank.branch_id != run.branch_id:
            raise Invalid(detail=_l("这个题库名称刚被别的支部用了，请换一个名称再导入。"))
    # By its id: a second click waits here, then finds it gone and the import done.
    session.expunge(run)
    session.execute(delete(ImportRun).where(ImportRun.id == run.id))
    # What was kept stays for its day: the commit may still fail, and a second click reads it.
    return write(session, bank, found, key=run.key, member_id=member_id, at=at)
