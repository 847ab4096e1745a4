"""What the author's form says about a question: its own words where an import's do not fit."""

from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.markdown import foreign_images
from question_bank.problems import Problem
from question_bank.question import Question


def field_errors(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the sentences of *problems* by the form's field."""
    fields: dict[str, list[str]] = {}
    for problem in problems:
        # The options are one field of the form.
        fields.setdefault(problem.where.partition(".")[0], []).append(_said(problem))
    return {name: " ".join(said) for name, said in fields.items()}


def _said(problem: Problem) -> str:
    if problem.code == "stem_missing":
        return str(_("请填写题干。"))
    if problem.code == "single_with_many":
        count = problem.params["count"]
        return str(_("单选题只能有 1 个正确答案，这里写了 %(n)s 个。请改答案或题型。", n=count))
    return problem.message(str(get_locale()))


def notes(content: Question) -> list[str]:
    """Return what the author should know of a question that can be asked all the same."""
    shown = (content.stem, *content.options, content.explanation)
    return image_notes("\n\n".join(shown))


def image_notes(text: str) -> list[str]:
    """Return a sentence for every picture in Markdown that will not be shown."""
    return [
        _(
            "图片 %(address)s 在别的网站上，不会显示。请在课程管理里上传图片，再用得到的地址。",
            address=one,
        )
        for one in foreign_images(text)
    ]
