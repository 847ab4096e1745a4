"""From a paper's questions to drafts, through what every table's rows go through."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from question_bank.formats import kinds
from question_bank.formats.answers import is_strong_truth, truth_of
from question_bank.formats.base import Draft
from question_bank.formats.cells import Sheet, read_cell
from question_bank.formats.meta import split_tags
from question_bank.formats.paper.assign import assign
from question_bank.formats.paper.brackets import take_answers
from question_bank.formats.paper.emphasis import note_emphasis
from question_bank.formats.paper.gather import gather
from question_bank.formats.paper.items import Item, Paper, Section
from question_bank.formats.paper.lines import Line, flat
from question_bank.formats.raw import Raw
from question_bank.formats.table import drafts_of
from question_bank.problems import Problem, excerpt
from question_bank.question import fold
from question_bank.types.fill_blank import blanks_in

_TYPE_TAG = re.compile(
    r"[(【\[]\s*((?:单项选择|单选|多项选择|多选|不定项选择|不定项|判断|填空|简答|论述|问答)题?)\s*[)】\]]\s*"
)
_MARKS_TAG = re.compile(r"[(【\[]\s*(\d{1,3}(?:\.\d)?)\s*分\s*[)】\]]\s*$")
_MARKS_FIRST = re.compile(r"[(【\[]\s*(?:本题)?(\d{1,3}(?:\.\d)?)\s*分\s*[)】\]]\s*")
_BLANK = re.compile(r"[(]\s*[)]|_{2,}|【\s*】")
_LETTERS = re.compile(r"\s*[A-J](?:[\s,、;]*[A-J])*\s*[.。]?")


def read_paper(lines: Sequence[Line]) -> tuple[list[Draft], list[Problem]]:
    """Return the questions of a paper in order, duplicates not yet marked, and what concerns all.

    :raises FileUnreadable: for more questions than the limit.
    """
    paper = gather(lines)
    problems = assign(paper)
    take_answers(paper.sections)
    note_emphasis(paper.sections)
    drafts: list[Draft] = []
    for section in paper.sections:
        drafts += drafts_of([raw_of(item, section) for item in section.items])
    return drafts, [*problems, *_left_out(paper, lines)]


def _left_out(paper: Paper, lines: Sequence[Line]) -> Iterator[Problem]:
    if not any(section.items for section in paper.sections):
        first = next((line for line in lines if line.text), None)
        found = excerpt(first.text) if first else None
        yield Problem(first.where if first else "line 1", "no_questions_in_text", {}, found)
    elif paper.left_out:
        first = paper.left_out[0]
        count = {"count": len(paper.left_out)}
        yield Problem(first.where, "lines_left_out", count, excerpt(first.text))


def raw_of(item: Item, section: Section) -> Raw:
    """Return a question's texts; nothing is decided yet."""
    stem, type_text, marks = _without_tags("\n".join(item.stem).strip())
    given = {name: "\n".join(texts).strip() for name, texts in item.fields.items()}
    kind = kinds.kind_of(given.get("type", "") or type_text) or section.kind
    if kind == "fill_blank":
        stem = with_blanks(stem)
    raw = Raw(
        where=item.where,
        stem=stem,
        options=tuple(item.options),
        answer=given.get("answer", ""),
        type_text=given.get("type", "") or type_text,
        heading=section.kind,
        explanation=given.get("explanation", ""),
        marks=given.get("marks", "") or marks or _section_marks(section, kind, stem),
        difficulty=given.get("difficulty", ""),
        tags=tuple(dict.fromkeys((*item.tags, *split_tags([given.get("tags", "")], many=True)))),
        source=given.get("source", ""),
        places=item.places,
        problems=tuple(_problems(item)),
    )
    return _with_truths(_explained(_checked(raw, kind)), item)


def _without_tags(stem: str) -> tuple[str, str, str]:
    """Return the stem without its type and marks in brackets, and those."""
    type_text = marks = ""
    for _ in range(2):
        plain = flat(stem)
        tag, first = _TYPE_TAG.match(plain), _MARKS_FIRST.match(plain)
        if tag and not type_text:
            type_text, stem = tag[1], stem[tag.end() :]
        elif first and not marks:
            marks, stem = first[1], stem[first.end() :]
    last = _MARKS_TAG.search(flat(stem[-20:]))
    if last and not marks:
        marks, stem = last[1], stem[: len(stem) - len(stem[-20:]) + last.start()].rstrip()
    return stem, type_text, marks


def _section_marks(section: Section, kind: str | None, stem: str) -> str:
    if section.blank_marks and kind == "fill_blank" and blanks_in(stem):
        return f"{float(section.blank_marks) * blanks_in(stem):g}"
    return section.marks


def with_blanks(stem: str) -> str:
    """Return a stem whose blanks, however drawn, are ``____``."""
    plain = flat(stem)
    pieces, last = [], 0
    for blank in _BLANK.finditer(plain):
        drawn = stem[blank.start() : blank.end()]
        pieces += [stem[last : blank.start()], drawn if len(drawn) > 2 and "_" in drawn else "____"]
        last = blank.end()
    return "".join([*pieces, stem[last:]])


def _problems(item: Item) -> Iterator[Problem]:
    yield from item.problems
    for code in sorted(item.codes):
        yield Problem(item.where, code)
    if item.hidden:
        names = " ".join(f"U+{ord(c):04X}" for c in sorted(item.hidden)[:5])
        params = {"field": "题目", "characters": names}
        yield Problem(item.where, "invisible_removed", params)
    texts = ["\n".join(item.stem), *item.options, item.answer]
    for text in texts:
        sheet = Sheet("", [[text]])
        for problem in read_cell(sheet, 0, 0, "题目").problems:
            yield replace(problem, where=item.where)


def _checked(raw: Raw, kind: str | None) -> Raw:
    """Return *raw* with a word about letters that have no options."""
    choice = kind in (None, "single_choice", "multiple_choice", kinds.ANY_CHOICE, kinds.FREE_CHOICE)
    if choice and not raw.options and _LETTERS.fullmatch(flat(raw.answer)):
        problem = Problem(raw.where, "too_few_options", {"count": 0})
        return replace(raw, problems=(*raw.problems, problem))
    return raw


def _explained(raw: Raw) -> Raw:
    """Return *raw* without an explanation that only says the answer once more, or another one."""
    said = flat(raw.explanation).strip(" .。")
    if not _LETTERS.fullmatch(said) and not is_strong_truth(said):
        return raw
    same = fold(said).upper() == fold(raw.answer).upper()
    problem = Problem(raw.place("explanation"), "answers_differ", {}, excerpt(said))
    problems = raw.problems if same else (*raw.problems, problem)
    return replace(raw, explanation="", problems=problems)


def _with_truths(raw: Raw, item: Item) -> Raw:
    """Return *raw* with the options of ``true. 正确`` only if label and text agree."""
    truths = item.fields.get("truths")
    if not truths:
        return raw
    agree = [truth_of(label) for label in truths] == [truth_of(text) for text in raw.options]
    if agree:
        return raw
    problem = Problem(raw.where, "option_letter_mismatch", {}, excerpt(" ".join(truths)))
    return replace(raw, problems=(*raw.problems, problem))
