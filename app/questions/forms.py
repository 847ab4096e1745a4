"""The author's form of a question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Invalid
from app.questions.services import TAG_LENGTH
from question_bank.formats.answers import read_choice, read_truth
from question_bank.question import Question, tidy_marks
from question_bank.types import OFFERED, by_key, is_offered

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class OnlyOne(Invalid):
    """A multiple choice with one right answer, which may be meant so."""

    error = "only_one"

    def __init__(self) -> None:
        super().__init__(
            {"answer": _("多选题只写了 1 个正确答案。请补全；确实只有一个，就在下面勾选后再保存。")}
        )


@dataclass(frozen=True)
class QuestionForm:
    """What the author typed: one option a line, the answer as letters or 对/错."""

    type: str = ""
    stem: str = ""
    options: str = ""
    answer: str = ""
    explanation: str = ""
    marks: str = "1"
    tags: str = ""
    source: str = ""
    based_on: str = "1"
    #: Ticked when a multiple choice is meant to have one right answer.
    only_one: str = ""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "QuestionForm":
        """Return the form as sent; nothing typed is lost."""
        names = cls.__dataclass_fields__
        return cls(**{name: given.get(name, "").replace("\r\n", "\n") for name in names})

    @classmethod
    def of(cls, content: Question, number: int) -> "QuestionForm":
        """Return the form of a stored question."""
        return cls(
            content.type if is_offered(content.type) else OFFERED[0],
            content.stem,
            "\n".join(content.options),
            answer_text(content),
            content.explanation,
            str(content.marks),
            "、".join(content.tags),
            content.source,
            str(number),
            "1" if _has_only_one(content) else "",
        )

    def content(self, difficulty: float | None) -> Question:
        """Return the question that the form describes.

        :raises Invalid: for a part that cannot be understood.
        """
        fields: dict[str, Any] = {}
        if not is_offered(self.type):
            raise Invalid({"type": _("请选择题型。")})
        try:
            marks = tidy_marks(self.marks.strip() or "1")
        except ValueError:
            fields["marks"] = _("分值要是数字。")
            marks = 1
        options = tuple(line.strip() for line in self.options.splitlines() if line.strip())
        if not by_key(self.type).has_options:
            options = ()
        tags = self._tags()
        long = [tag for tag in tags if len(tag) > TAG_LENGTH]
        if long:
            fields["tags"] = _(
                "标签“%(tag)s…”有 %(n)s 个字，最多 %(limit)s 个。标签之间用顿号隔开。",
                tag=long[0][:12], n=len(long[0]), limit=TAG_LENGTH,
            )  # fmt: skip
        answer = self._answer(options)
        if answer is None:
            fields["answer"] = _("答案请写选项字母，如 A 或 ACD；判断题写 对 或 错。")
        if fields:
            raise Invalid(fields)
        return Question(
            self.type,
            self.stem.strip(),
            options,
            answer,
            self.explanation.strip(),
            marks,
            difficulty,
            tags,
            self.source.strip(),
        )

    def asked(self, difficulty: float | None) -> Question:
        """Return the question that the form describes, once the author is sure of it.

        :raises Invalid: as :meth:`content`.
        :raises OnlyOne: for a multiple choice with one right answer that nobody confirmed.
        """
        content = self.content(difficulty)
        if _has_only_one(content) and not self.only_one:
            raise OnlyOne()
        return content

    def sketch(self) -> Question:
        """Return what can be shown of the form while it is being filled in; never refuses."""
        kind = self.type if is_offered(self.type) else OFFERED[0]
        options = tuple(line.strip() for line in self.options.splitlines() if line.strip())
        shown = replace(self, type=kind)
        answer = shown._answer(options)
        options = options if by_key(kind).has_options else ()
        return Question(
            kind, self.stem.strip(), options, answer, self.explanation.strip(),
            source=self.source.strip(),
        )  # fmt: skip

    def _tags(self) -> tuple[str, ...]:
        parts = re.split("[、，,]", self.tags)
        return tuple(part.strip() for part in parts if part.strip())

    def _answer(self, options: tuple[str, ...]) -> list[Any] | None:
        if not by_key(self.type).has_options:
            truth = read_truth(self.answer, ()).truth
            return None if truth is None else [truth]
        indexes = read_choice(self.answer, options).indexes
        return None if indexes is None else list(indexes)


def _has_only_one(content: Question) -> bool:
    return content.type == "multiple_choice" and len(content.answer or ()) == 1


def answer_text(content: Question) -> str:
    """Return the answer as authors write it; empty when not known or not of this form."""
    if not content.answer or not is_offered(content.type):
        return ""
    if isinstance(content.answer[0], bool):
        return "对" if content.answer[0] else "错"
    return "".join(LETTERS[i] for i in content.answer if i < len(LETTERS))
