"""Questions in the JSON of others: objects with the usual names, read like rows of a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from question_bank.formats import table
from question_bank.formats.base import Draft, FileUnreadable
from question_bank.formats.cells import Sheet, Value, read_cell
from question_bank.formats.headers import columns_of
from question_bank.formats.json_values import Object, storable
from question_bank.formats.raw import Raw
from question_bank.formats.raws import raw_of
from question_bank.problems import Problem, excerpt

Item = tuple[str, Any]

#: Names that only data sets use, and what they are in a sheet.
_ALIKE = {"label": "answer", "year": "tag", "opts": "options", "question_text": "question"}
#: Read by themselves.
_SPECIAL = ("passage", "other", "options", "choices", "option", "选项")


@dataclass(frozen=True)
class Items(Sheet):
    """A sheet of one row whose place is that of an item."""

    place: str = ""

    def where(self, row: int, column: int = 0) -> str:
        """Return the item's place."""
        return self.place


def items_of(content: Any, by_line: bool) -> tuple[list[Item], list[Problem]]:
    """Return the items with their places, and what of the file is left aside.

    :raises FileUnreadable: ``json_without_questions``.
    """
    if by_line:
        return [(f"line {number}", one) for number, one in content], []
    problems: list[Problem] = []
    if isinstance(content, Object):
        if _is_key(content):
            pairs = enumerate(content.pairs, 1)
            return [(f"item {number}", pair) for number, pair in pairs], []
        lists = {name: one for name, one in content.items() if _is_objects(one)}
        if len(lists) != 1:
            raise FileUnreadable("json_without_questions")
        more = [name for name in content if name not in lists]
        if more:
            names = excerpt("、".join(storable(more)[0]))
            problems.append(Problem("item 1", "not_carried_over", {"names": names}))
        content = next(iter(lists.values()))
    if not _is_objects(content):
        raise FileUnreadable("json_without_questions")
    return [(f"item {number}", one) for number, one in enumerate(content, 1)], problems


def _is_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _is_key(content: Object) -> bool:
    """Tell whether most of it is ``"question|option|option": "right option"``."""
    if not content or not all(isinstance(value, str) for value in content.values()):
        return False
    fitting = sum(value in key.split("|")[1:] for key, value in content.items())
    return fitting * 2 > len(content)


def drafts_of(items: Sequence[Item]) -> list[Draft]:
    """Return what became of items that are not ours, in order."""
    raws = [_raw(where, one) for where, one in items]
    asked = [raw for raw in raws if isinstance(raw, Raw)]
    drafts = iter(table.drafts_of(asked))
    return [next(drafts) if isinstance(raw, Raw) else raw for raw in raws]


def _raw(where: str, item: Any) -> Raw | Draft:
    if isinstance(item, tuple):
        return _key_raw(where, *item)
    if not isinstance(item, dict):
        problem = Problem(where, "json_no_question", {}, excerpt(str(item)))
        return Draft(where, "rejected", None, "", problems=(problem,))
    found = [Problem(where, "json_name_twice", {"name": name}) for name in _names_twice(item)]
    values, options, more = _flat(item)
    names = list(values)
    columns = columns_of([_ALIKE.get(name.lower(), name) for name in names])
    cells: list[Value] = [*values.values(), *options]
    sheet = Items("", [cells], place=where)
    if "stem" not in columns.fields:
        problem = Problem(where, "json_no_question", {}, excerpt(", ".join(names)))
        return Draft(where, "rejected", None, "", problems=(*found, problem))
    raw = raw_of(sheet, columns, 0, None)
    if options:
        read = [read_cell(sheet, 0, len(names) + i, "选项") for i in range(len(options))]
        found += [problem for cell in read for problem in cell.problems]
        raw = replace(raw, options=tuple(cell.text for cell in read))
    passage = item.get("passage")
    if isinstance(passage, str) and passage.strip():
        raw = replace(raw, stem=f"{passage.strip()}\n\n{raw.stem}")
    used = {*columns.fields.values(), *columns.options, *columns.tags}
    more += [name for i, name in enumerate(names) if i not in used and values[name]]
    if more:
        params = {"names": excerpt("、".join(storable(more)[0]))}
        found.append(Problem(where, "not_carried_over", params))
    return replace(raw, problems=(*raw.problems, *found))


def _names_twice(item: Mapping[str, Any]) -> list[str]:
    return item.repeated if isinstance(item, Object) else []


def _flat(item: Mapping[str, Any]) -> tuple[dict[str, Value], list[str], list[str]]:
    """Return name → cell, the options where they are a list, and the names of what is neither."""
    values: dict[str, Value] = {}
    options: list[str] = []
    more: list[str] = []
    other = item.get("other")
    inner = other if isinstance(other, dict) else {}
    for name, value in [*item.items(), *inner.items()]:
        if name in ("passage", "other") or value is None or value in ("", [], {}):
            continue
        listed = _options(value) if name.lower() in _SPECIAL else None
        if listed is not None and not options:
            options = listed
        elif isinstance(value, str | int | float):
            values[name] = value
        elif isinstance(value, list) and all(isinstance(one, str | bool) for one in value):
            values[name] = _joined(value)
        else:
            more.append(name)
    return values, options, more


def _options(value: Any) -> list[str] | None:
    """Return the options of a list, or of an object from A on; None if it is neither."""
    if isinstance(value, dict):
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(value)]
        if "".join(value).upper() != letters:
            return None
        value = list(value.values())
    good = isinstance(value, list) and all(type(one) in (str, int, float) for one in value)
    return [str(one) for one in value] if good else None


def _joined(value: Sequence[str | bool]) -> str:
    texts = [str(one) for one in value]
    return ("" if all(len(text) == 1 for text in texts) else "\n").join(texts)


def _key_raw(where: str, key: str, answer: str) -> Raw | Draft:
    """Return ``"question|option|option": "right option"`` as a row; the answer is an option's."""
    clean, _ = storable([key, answer])
    stem, *options = clean[0].split("|")
    cells: list[Value] = [stem, clean[1], *options]
    sheet = Items("", [cells], place=where)
    read = [read_cell(sheet, 0, column, "题目") for column in range(len(cells))]
    texts = tuple(cell.text for cell in read[2:])
    found = [problem for cell in read for problem in cell.problems]
    right = (texts.index(read[1].text),) if texts.count(read[1].text) == 1 else ()
    if not right:
        # A letter names no option where all others repeat its words.
        found.append(Problem(where, "answer_not_understood", {}, excerpt(answer)))
    return Raw(
        where=where,
        stem=read[0].text,
        options=texts,
        answer=read[1].text,
        right=right,
        problems=tuple(found),
    )
