"""Questions as GIFT: every text as Markdown, everything that has a meaning escaped."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from question_bank.formats.carrying import (
    beside_problems,
    lost,
    refused,
    text_problems,
    type_problem,
)
from question_bank.formats.gift_text import escape, has_format
from question_bank.problems import Problem
from question_bank.question import Question
from question_bank.types.fill_blank import accepted_texts
from question_bank.types.texts import texts_of

NAME = "gift"
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?", re.ASCII)
_NO_TAG = re.compile(r"[\x00-\x1f\x7f]|^\s|\s$")


def losses(question: Question) -> list[Problem]:
    """Return what of *question* GIFT cannot carry; one problem if it is all of it."""
    none = type_problem(NAME, question, _WRITERS) or _shape_problem(question)
    if none:
        return [none]
    found = beside_problems(NAME, question, tags=True)
    if any(_NO_TAG.search(tag) for tag in question.tags):
        found.append(lost(NAME, "tags", "标签里的换行", "line ends in tags"))
    texts = [("stem", question.stem), ("explanation", question.explanation)]
    texts += [(f"options.{i}", text) for i, text in enumerate(question.options)]
    texts += [("answer", text) for one in accepted_texts(question.answer) for text in one]
    texts += [("details.choices", one) for one in texts_of(question.details.get("choices"))]
    return [*found, *text_problems(NAME, texts), *_detail_problems(question)]


def can_carry(question: Question) -> bool:
    """Tell whether *question* can be written, be it with losses."""
    return all(problem.code != "cannot_carry_type" for problem in losses(question))


def _shape_problem(question: Question) -> Problem | None:
    """Return the problem of a question that no GIFT says though its type can be said."""
    if question.type == "fill_blank":
        accepted = question.answer[0]
        if len(question.answer) > 1:
            return refused(NAME, "有几个空的填空题", "fill-in (with several blanks)")
        if any("->" in text or not text.strip(" \t\r\n") for text in accepted):
            return refused(
                NAME, "答案里有“->”或空白的填空题", "fill-in (with “->” or an empty answer)"
            )
    if question.type == "numeric":
        parts = [one.get(name, "0") for one in question.answer for name in ("value", "tolerance")]
        if not all(_PLAIN_NUMBER.fullmatch(part) for part in parts):
            return refused(NAME, "答案不是普通小数的数值题", "numeric (with no plain decimals)")
    if question.type == "matching" and any("->" in text for text in question.options):
        return refused(NAME, "左边有“->”的连线题", "matching (with “->” on the left)")
    return None


def _detail_problems(question: Question) -> list[Problem]:
    found: list[Problem] = []
    details = question.details
    if question.type == "fill_blank" and details.get("case_sensitive"):
        found.append(lost(NAME, "details", "区分大小写", "case sensitivity"))
    if question.type == "fill_blank" and details.get("any_order"):
        found.append(lost(NAME, "details", "空的顺序不限", "any order of blanks"))
    if question.type == "numeric" and details.get("unit"):
        found.append(lost(NAME, "details", "单位", "the unit"))
    if question.type == "short_answer":
        if question.answer:
            found.append(lost(NAME, "answer", "参考答案", "the model answers"))
        if details.get("rubric"):
            found.append(lost(NAME, "details", "评分要点", "the rubric"))
        if "max_length" in details:
            found.append(lost(NAME, "details", "字数上限", "the longest length"))
    if question.type == "matching" and _order_differs(question):
        found.append(lost(NAME, "details", "右边的顺序", "the order of the right side"))
    return found


def written(question: Question) -> str:
    """Return a question that can be carried, ending in a line of its own."""
    tags = " ".join(f"[tag:{_tag(tag)}]" for tag in question.tags)
    head = f"// {tags}\n" if tags else ""
    lines = _WRITERS[question.type](question)
    if question.explanation:
        lines.append(f"####[markdown]{escape(question.explanation)}")
    one_line = len(lines) == 1 and not question.explanation
    body = lines[0] if one_line else "".join(f"\n\t{line}" for line in lines) + "\n"
    return f"{head}[markdown]{escape(question.stem)}{{{body if lines else ''}}}\n"


def _tag(text: str) -> str:
    return re.sub(r"([\]\\])", r"\\\1", " ".join(text.split()))


def _text(text: str) -> str:
    """Return a text that stands behind a sign."""
    return ("[markdown]" if has_format(text) else "") + escape(text)


def _choice(question: Question) -> list[str]:
    right = question.answer
    several = question.type == "multiple_choice"
    share = f"%{_percent(Fraction(100, len(right)))}%"
    found = []
    for index, text in enumerate(question.options):
        # Without a weight of its own a text that begins with % might be taken for one.
        plain = "%0%" if text.startswith("%") else ""
        whole = "%100%" if text.startswith("%") else ""
        if several:
            found.append(f"~{share if index in right else '%-100%'}{_text(text)}")
        else:
            found.append(f"={whole}{_text(text)}" if index in right else f"~{plain}{_text(text)}")
    return found


def _percent(share: Fraction) -> str:
    return f"{float(share):.5f}".rstrip("0").rstrip(".")


def _truth(question: Question) -> list[str]:
    return ["TRUE" if question.answer[0] else "FALSE"]


def _blank(question: Question) -> list[str]:
    lines = []
    for text in question.answer[0]:
        whole = "%100%" if text.startswith("%") else ""
        lines.append(f"={whole}{_text(text.replace('*', chr(92) + '*'))}")
    return lines


def _numeric(question: Question) -> list[str]:
    values = [f"{one['value']}:{one.get('tolerance', '0')}" for one in question.answer]
    return [f"#{values[0]}"] if len(values) == 1 else ["#", *(f"={value}" for value in values)]


def _matching(question: Question) -> list[str]:
    choices = texts_of(question.details["choices"])
    pairs = dict(sorted(question.answer))
    lines = [f"={_text(question.options[i])} -> {escape(choices[pairs[i]])}" for i in pairs]
    unused = [one for i, one in enumerate(choices) if i not in pairs.values()]
    return [*lines, *(f"= -> {escape(one)}" for one in unused)]


def _order_differs(question: Question) -> bool:
    """Tell whether reading would bring the choices in another order, which means the same."""
    used = dict.fromkeys(target for _, target in sorted(question.answer))
    count = len(question.details["choices"])
    return [*used, *(i for i in range(count) if i not in used)] != list(range(count))


def _essay(question: Question) -> list[str]:
    return []


_WRITERS: Mapping[str, Callable[[Question], list[str]]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "true_false": _truth,
    "fill_blank": _blank,
    "numeric": _numeric,
    "matching": _matching,
    "short_answer": _essay,
}
