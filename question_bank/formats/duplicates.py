"""The same question twice in one file."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from question_bank.formats.base import Draft
from question_bank.problems import Problem
from question_bank.question import duplicate_key, fold


def without_duplicates(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with later twins of a ready one marked as duplicates.

    Twins with different answers cannot both be right: each of them becomes a draft.
    """
    twins: dict[str, list[int]] = {}
    for place, draft in enumerate(drafts):
        if draft.status == "ready":
            twins.setdefault(duplicate_key(draft.question()), []).append(place)
    found = list(drafts)
    for places in twins.values():
        if len({_right(drafts[place]) for place in places}) > 1:
            for place in places:
                other = drafts[places[0] if place != places[0] else places[1]].where
                found[place] = _marked(drafts[place], "draft", "duplicate_other_answer", other)
        else:
            for place in places[1:]:
                other = drafts[places[0]].where
                found[place] = _marked(drafts[place], "duplicate", "duplicate_in_file", other)
    return found


def _right(draft: Draft) -> str:
    """Return what is right in words, whatever the order of the options."""
    named: list[Any] = []
    for one in draft.answer if draft.options else ():
        pair = isinstance(one, list | tuple)
        named.append([fold(draft.options[one[0]]), *one[1:]] if pair else fold(draft.options[one]))
    if not draft.options:
        named = draft.answer
    elif draft.type != "ordering":
        named.sort()
    return json.dumps(named, ensure_ascii=False)


def _marked(draft: Draft, status: str, code: str, other: str) -> Draft:
    problem = Problem(draft.where, code, {"other": other})
    answer = draft.answer if status == "duplicate" else None
    return replace(draft, status=status, answer=answer, problems=(*draft.problems, problem))
