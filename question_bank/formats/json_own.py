"""Questions as ``Question.to_json`` writes them, from a file that anybody may have changed."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from question_bank.formats.base import Draft
from question_bank.formats.json_values import Object, storable
from question_bank.formats.meta import read_marks
from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types import TYPES, by_key

_NAMES = frozenset(field.name for field in fields(Question))
_KEYS = frozenset(kind.key for kind in TYPES)
_BY_LETTER = ("single_choice", "multiple_choice", "true_false")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([0-9a-f]{64}\.(?:png|jpg|gif|webp))\)")


def is_own(item: Any) -> bool:
    """Tell whether *item* is a question of ours and not one that names options by letters."""
    if not isinstance(item, dict) or not item.keys() <= _NAMES or item.get("type") not in _KEYS:
        return False
    if "stem" not in item or item["type"] not in _BY_LETTER:
        return "stem" in item
    answer = item.get("answer")
    return answer is None or (
        isinstance(answer, list) and not any(isinstance(one, str) for one in answer)
    )


def draft_of(where: str, item: Any, known: Mapping[str, bytes] | None) -> Draft:
    """Return what became of an item of a file of ours.

    :param known: the pictures of the file; None where there cannot be any.
    """
    if not isinstance(item, dict):
        problem = Problem(where, "json_no_question", {}, _shown(item))
        return Draft(where, "rejected", None, "", problems=(problem,))
    clean, cut = storable(item)
    found = [Problem(where, "json_name_twice", {"name": n}) for n in _repeated(item)]
    if cut:
        params = {"field": "", "characters": "U+0000 / U+D800–DFFF"}
        found.append(Problem(where, "invisible_removed", params))
    more = [name for name in clean if name not in _NAMES and clean[name] not in (None, "", [], {})]
    if more:
        found.append(Problem(where, "not_carried_over", {"names": excerpt("、".join(more))}))
    values = {name: clean[name] for name in clean if name in _NAMES}
    question = _question(values, where, found)
    if not question.stem.strip():
        found.append(Problem(where, "stem_missing"))
        return _draft(where, "rejected", question, found, None, "")
    found += _own_problems(question, where)
    found += _picture_problems(question, where, known or {})
    wrong = [problem for problem in found if not problem.is_warning]
    sure = not any(p.code in _DOUBT or p.params.get("field") == "answer" for p in wrong)
    answer = question.answer if sure else None
    text = "" if sure else _shown(values.get("answer")) or ""
    return _draft(where, "draft" if wrong else "ready", question, found, answer, text)


#: Problems that leave it open what the answer means.
_DOUBT = frozenset({"json_name_twice", "type_unclear", "type_unknown"})


def _repeated(value: Any) -> Iterator[str]:
    if isinstance(value, Object):
        yield from value.repeated
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _repeated(one)


def _question(values: dict[str, Any], where: str, found: list[Problem]) -> Question:
    """Return the question with what is malformed left out, and say so in *found*."""
    kept: dict[str, Any] = {"type": "", "stem": "", **values}
    for name, good in _SHAPES.items():
        if name in kept and not good(kept[name]):
            found.append(Problem(where, "detail_wrong", {"name": name}, _shown(kept.pop(name))))
    marks = kept.get("marks", 1)
    if read_marks(str(marks)) is None or isinstance(marks, bool):
        found.append(Problem(where, "marks_out_of_range", {}, _shown(kept.pop("marks"))))
    kind = kept.get("type") or ""
    if kind not in _KEYS:
        code = "type_unknown" if kind else "type_unclear"
        found.append(Problem(where, code, {}, excerpt(kind) or None))
    kept["type"] = kind if kind in _KEYS else ""
    return Question.from_json({**kept, "stem": kept.get("stem") or ""})


def _is_texts(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(v, str) for v in value))


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_details(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _is_difficulty(value: Any) -> bool:
    return value is None or type(value) in (int, float)


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "type": _is_text,
    "stem": _is_text,
    "options": _is_texts,
    "explanation": _is_text,
    "tags": _is_texts,
    "source": _is_text,
    "details": _is_details,
    "difficulty": _is_difficulty,
}


def _own_problems(question: Question, where: str) -> list[Problem]:
    if not question.type:
        return []
    return [
        replace(p, where=where, params={**p.params, "field": p.where.split(".")[0]})
        for p in by_key(question.type).problems(question)
    ]


def _picture_problems(question: Question, where: str, known: Mapping[str, bytes]) -> list[Problem]:
    texts = json.dumps(question.to_json(), ensure_ascii=False)
    names = dict.fromkeys(_PICTURE.findall(texts))
    if question.type and not _own_problems(question, where):
        names |= dict.fromkeys(by_key(question.type).pictures(question))
    return [Problem(where, "picture_absent", {}, excerpt(n)) for n in names if n not in known]


def _draft(
    where: str, status: str, question: Question, found: list[Problem], answer: Any, text: str
) -> Draft:
    values = {field.name: getattr(question, field.name) for field in fields(question)}
    values |= {"type": question.type or None, "answer": answer}
    return Draft(where=where, status=status, problems=tuple(found), answer_text=text, **values)


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    return excerpt(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
