"""Drafts in the making: what formats with elements of their own share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from question_bank.formats.attached import Attached
from question_bank.formats.base import Draft
from question_bank.formats.cells import without_invisible
from question_bank.formats.markup import Converted, from_html, from_plain, has_html, joined
from question_bank.problems import Problem, excerpt
from question_bank.question import MAX_MARKS, MIN_MARKS, Question, tidy_marks
from question_bank.types import by_key

#: What is trimmed; other spaces, the Chinese one too, belong to the text.
SPACES = " \t\r\n"


@dataclass
class Making:
    """One question while its parts are being read."""

    where: str
    attached: Attached
    problems: list[Problem] = field(default_factory=list)
    #: Names of what is left aside, each once.
    aside: dict[str, None] = field(default_factory=dict)
    converted: list[Converted] = field(default_factory=list)
    hidden: dict[str, None] = field(default_factory=dict)

    def say(self, code: str, found: str | None = None, **params: Any) -> None:
        """Add a problem."""
        self.problems.append(Problem(self.where, code, params, found and excerpt(found)))

    def leave(self, name: str) -> None:
        """Leave something aside, to be said at the end."""
        self.aside[name] = None

    def seen(self, text: str) -> str:
        """Return *text* trimmed and without what cannot be seen, of which a word is said."""
        clean, hidden = without_invisible(text)
        self.hidden.update(dict.fromkeys(hidden.split()))
        return clean.strip(SPACES)

    def html(self, text: str) -> str:
        """Return HTML as Markdown."""
        return self.take(from_html(self.seen(text), self.attached.name))

    def plain(self, text: str) -> str:
        """Return plain text as Markdown."""
        lines = (line.strip(SPACES) for line in self.seen(text).split("\n"))
        return self.take(from_plain("\n".join(lines)))

    def maybe_html(self, text: str) -> str:
        """Return text that is HTML if it has tags, and otherwise plain; lines stay lines."""
        if not has_html(text):
            return self.plain(text)
        return self.html("<br>".join(self.seen(text).split("\n")))

    def take(self, converted: Converted) -> str:
        """Return a text; what it lost is said at the end."""
        self.converted.append(replace(converted, missing=()))
        return converted.text

    @property
    def in_doubt(self) -> bool:
        """Tell whether something keeps the question from being ready."""
        return any(not problem.is_warning for problem in self.problems)

    def marks(self, text: str) -> Decimal | int:
        """Return marks; those that cannot be are a problem."""
        try:
            number = Decimal(text.strip() or "1")
        except InvalidOperation:
            number = Decimal(0)
        fits = number.is_finite() and MIN_MARKS <= number <= MAX_MARKS
        if fits and number == number.quantize(Decimal("0.1")):
            return tidy_marks(number.normalize())
        self.say("marks_out_of_range", text.strip())
        return 1

    def finished(self, kind: str | None, content: Mapping[str, Any], raw_answer: str = "") -> Draft:
        """Return the draft; *content* has the other fields of its Question by name."""
        self._say_losses()
        question = replace(Question(kind or "", "", (), None), **content)
        if not question.stem.strip():
            self.say("stem_missing")
            return Draft(self.where, "rejected", kind, "", problems=tuple(self.problems))
        if kind:
            silent = {"answer_missing"} if self.in_doubt else set()
            own = [p for p in by_key(kind).problems(question) if p.code not in silent]
            self.problems += [replace(problem, where=self.where) for problem in own]
        ready = bool(kind) and not self.in_doubt
        return Draft(
            self.where,
            "ready" if ready else "draft",
            kind,
            question.stem,
            question.options,
            question.answer if ready else None,
            question.explanation,
            marks=question.marks,
            tags=question.tags,
            problems=tuple(self.problems),
            answer_text=raw_answer,
            details=question.details if ready or kind != "case" else {},
        )

    def _say_losses(self) -> None:
        if self.hidden:
            self.say("invisible_removed", field="", characters=" ".join(self.hidden))
        self.problems += joined(self.converted).problems(self.where)
        self.problems += self.attached.problems(self.where)
        if self.aside:
            self.say("not_carried_over", names=excerpt("、".join(self.aside)))
