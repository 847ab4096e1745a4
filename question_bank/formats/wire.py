"""A reading as JSON and back, nothing lost: for another process, and for later."""

import base64
import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from question_bank.formats.base import Draft, FileUnreadable, Reading
from question_bank.problems import Problem


def dumps(outcome: Reading | FileUnreadable) -> bytes:
    """Return what came of a file as JSON: ``{"reading": …}`` or ``{"unreadable": …}``."""
    if isinstance(outcome, FileUnreadable):
        refusal = {"code": outcome.code, "found": outcome.found, "params": outcome.params}
        return _bytes({"unreadable": refusal})
    reading = {
        "format": outcome.format,
        "encoding": outcome.encoding,
        "drafts": [_draft_json(draft) for draft in outcome.drafts],
        "problems": [_problem_json(problem) for problem in outcome.problems],
        "pictures": {
            name: base64.b64encode(data).decode() for name, data in outcome.pictures.items()
        },
    }
    return _bytes({"reading": reading})


def loads(data: bytes) -> Reading:
    """Return the reading that :func:`dumps` wrote.

    :raises FileUnreadable: if it wrote a refusal.
    :raises ValueError: for anything else.
    """
    try:
        outcome = json.loads(data)
        if "unreadable" in outcome:
            refusal = outcome["unreadable"]
            wrong = FileUnreadable(refusal["code"], refusal["found"], **refusal["params"])
        else:
            reading = outcome["reading"]
            return Reading(
                reading["format"],
                reading["encoding"],
                [_draft(draft) for draft in reading["drafts"]],
                [_problem(problem) for problem in reading["problems"]],
                {name: base64.b64decode(data) for name, data in reading["pictures"].items()},
            )
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError("not a reading") from error
    raise wrong


def _bytes(content: Any) -> bytes:
    # Halves of surrogate pairs come from files too.
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_value_json)
    return text.encode("utf-8", "surrogatepass")


def _value_json(value: object) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(f"no JSON for {value!r}")


def _draft_json(draft: Draft) -> dict[str, Any]:
    content = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return {
        **content,
        "details": dict(draft.details),
        "problems": [_problem_json(problem) for problem in draft.problems],
    }


def _draft(content: Mapping[str, Any]) -> Draft:
    marks = content["marks"]
    return Draft(
        **{
            **content,
            "options": tuple(content["options"]),
            "tags": tuple(content["tags"]),
            "marks": Decimal(marks["decimal"]) if isinstance(marks, dict) else marks,
            "problems": tuple(_problem(problem) for problem in content["problems"]),
        }
    )


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "where": problem.where,
        "code": problem.code,
        "params": dict(problem.params),
        "found": problem.found,
    }


def _problem(content: Mapping[str, Any]) -> Problem:
    return Problem(content["where"], content["code"], content["params"], content["found"])
