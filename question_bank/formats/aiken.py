"""Aiken (.txt), Moodle's simplest format: a question, lettered options, ``ANSWER: B``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from question_bank.formats.base import MAX_ROWS, Draft, FileUnreadable, Format, Reading
from question_bank.formats.carrying import (
    beside_problems,
    lost,
    refused,
    text_problems,
    type_problem,
)
from question_bank.formats.cells import without_invisible
from question_bank.formats.duplicates import without_duplicates
from question_bank.formats.markdown_escapes import escaped, without_escapes
from question_bank.formats.western import decode_text, text_or_none
from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import letter

_OPTION = re.compile(r"\s*([A-Z])\s?[.)](?:\s+(.*)|$)")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*?)\s*$")
_FEEDBACK = re.compile(r"\s*FEEDBACK\s*:\s*(.*?)\s*$")


@dataclass
class Part:
    """The lines of one question."""

    line: int
    stem: list[str] = field(default_factory=list)
    #: Letter and text.
    options: list[tuple[str, str]] = field(default_factory=list)
    #: What follows ``ANSWER:``; None where there is none.
    answer: str | None = None
    feedback: list[str] = field(default_factory=list)
    #: Lines that are none of these.
    strays: list[str] = field(default_factory=list)


class Aiken(Format):
    """Single choice only, plain text, every option on one line of its own."""

    name = "aiken"
    ending = "txt"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether lines of options are followed by lines that begin with ``ANSWER:``."""
        if data.startswith(b"PK\x03\x04"):
            return False
        lines = [one for one in (text_or_none(data) or "")[:200_000].splitlines() if one.strip()]
        pairs = zip(lines, lines[1:], strict=False)
        return any(_OPTION.match(before) and _ANSWER.match(after) for before, after in pairs)

    def read(self, data: bytes) -> Reading:
        """Return the questions of the file.

        :raises FileUnreadable: for bytes that are no text, and too many questions.
        """
        text, encoding, problems = decode_text(data)
        parts = list(_parts(text))
        if len(parts) > MAX_ROWS:
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
        if not parts:
            problems.append(Problem("line 1", "text_without_questions"))
        drafts = without_duplicates([_draft(part) for part in parts])
        return Reading(self.name, encoding, drafts, problems)

    def losses(self, question: Question) -> list[Problem]:
        """Return what Aiken cannot carry: all but a single choice's texts and answer."""
        none = type_problem(self.name, question, ["single_choice"])
        if none is None and not _is_safe(question):
            none = refused(
                self.name,
                "文字像选项或 ANSWER 的单选题",
                "single choice (with texts like A. or ANSWER:)",
            )
        if none:
            return [none]
        texts = [("stem", question.stem)]
        texts += [(f"options.{i}", text) for i, text in enumerate(question.options)]
        found = [
            *beside_problems(self.name, question, tags=False),
            *text_problems(self.name, texts),
        ]
        found += [
            lost(self.name, where, "换行", "line ends")
            for where, text in texts
            if len(_lines(text)) > 1 and (where != "stem" or "" in _lines(text))
        ]
        found += [
            lost(self.name, where, "排版", "the layout")
            for where, text in texts
            if escaped(without_escapes(text)) != text
        ]
        if question.explanation:
            found.append(lost(self.name, "explanation", "解析", "the explanation"))
        return found

    def write(self, questions: Sequence[Question], pictures: Mapping[str, bytes]) -> bytes:
        """Return the single choices, a blank line between two."""
        carried = [
            one for one in questions if all(p.code != "cannot_carry_type" for p in self.losses(one))
        ]
        return "\n".join(map(_written, carried)).encode("utf-8", "replace")


def _parts(text: str) -> Iterator[Part]:
    """Yield the questions; each ends after its answer, or at a blank line after its options."""
    part: Part | None = None
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        line = raw.strip(" \t")
        feedback = _FEEDBACK.match(line)
        if part and part.answer is not None and feedback and line:
            part.feedback.append(feedback[1])
            continue
        if part and (part.answer is not None or (not line and part.options)):
            yield part
            part = None
        if line:
            part = part or Part(number)
            _add(part, line)
    if part:
        yield part


def _add(part: Part, line: str) -> None:
    option, answer = _OPTION.match(line), _ANSWER.match(line)
    if answer:
        part.answer = answer[1]
    elif option and part.stem:
        part.options.append((option[1], option[2] or ""))
    elif part.options:
        part.strays.append(line)
    else:
        part.stem.append(line)


def _draft(part: Part) -> Draft:
    where = f"line {part.line}"
    plain, hidden = without_invisible("\n".join(part.stem))
    cleaned = [without_invisible(text) for _, text in part.options]
    stem, options = escaped(plain), tuple(escaped(text) for text, _ in cleaned)
    problems: list[Problem] = []
    unseen = " ".join(dict.fromkeys(filter(None, [hidden, *(names for _, names in cleaned)])))
    if unseen:
        problems.append(Problem(where, "invisible_removed", {"field": "", "characters": unseen}))
    for line in part.strays:
        problems.append(Problem(where, "aiken_stray_line", {}, excerpt(line)))
    if part.feedback:
        names = excerpt("FEEDBACK: " + part.feedback[0])
        problems.append(Problem(where, "not_carried_over", {"names": names}))
    letters = [name for name, _ in part.options]
    if letters != [letter(i) for i in range(len(letters))]:
        found = excerpt(" ".join(letters))
        problems.append(Problem(where, "option_letter_mismatch", {}, found))
    answer, wrong = _right(part, letters)
    problems += [replace(one, where=where) for one in wrong]
    question = Question("single_choice", stem, options, answer)
    if not stem.strip():
        problem = Problem(where, "stem_missing")
        return Draft(where, "rejected", None, "", problems=(*problems, problem))
    own = by_key("single_choice").problems(question)
    known = {problem.code for problem in problems}
    silent = known | ({"answer_missing"} if wrong else set())
    problems += [replace(one, where=where) for one in own if one.code not in silent]
    ready = all(problem.is_warning for problem in problems)
    return Draft(
        where,
        "ready" if ready else "draft",
        "single_choice",
        stem,
        options,
        answer if ready else None,
        problems=tuple(problems),
        answer_text=part.answer or "",
    )


def _right(part: Part, letters: Sequence[str]) -> tuple[list[int] | None, list[Problem]]:
    if not part.answer:
        return None, [Problem("", "answer_missing")]
    if letters.count(part.answer) == 1:
        return [letters.index(part.answer)], []
    params = {"letters": f"A–{letters[-1]}" if letters else "–"}
    return None, [Problem("", "answer_not_an_option", params, excerpt(part.answer))]


def _lines(text: str) -> list[str]:
    plain = without_escapes(text).replace("\r", "\n")
    return [line.strip(" \t") for line in plain.split("\n")]


def _is_safe(question: Question) -> bool:
    """Tell whether no line of a text would be taken for something else."""
    stem = [line for line in _lines(question.stem) if line]
    marks = (_OPTION, _ANSWER, _FEEDBACK)
    first = any(mark.match(stem[0]) for mark in (_ANSWER, _FEEDBACK))
    return not first and not any(mark.match(line) for line in stem[1:] for mark in marks)


def _written(question: Question) -> str:
    stem = [line for line in _lines(question.stem) if line]
    options = [
        f"{letter(i)}) {' '.join(filter(None, _lines(text)))}"
        for i, text in enumerate(question.options)
    ]
    return "\n".join([*stem, *options, f"ANSWER: {letter(question.answer[0])}", ""])
