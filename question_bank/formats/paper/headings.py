"""Headings of sections: type, number and marks; chapters."""

import re
from dataclasses import dataclass

from question_bank.formats import kinds
from question_bank.formats.paper.lines import Line
from question_bank.formats.paper.marks import han_number

_TYPES = (
    "单项选择|单选|多项选择|多选|不定项选择|不定项|选择|判断正误|判断|是非|正误|对错|填空|简答|论述|问答"
    "|名词解释|案例分析|案例|材料分析|分析|计算|排序|匹配|连线|主观|客观"
)
_HEADING = re.compile(
    r"(?:#{1,4}\s*)?(?:第?\s*(?P<han>[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:部分|大题)?\s*[、.,:)\s]"
    r"\s*|[(](?P<paren>[一二三四五六七八九十]{1,3})[)]\s*[、.]?\s*)?[【\[(]?\s*"
    rf"(?P<type>{_TYPES})题?(?:目|部分|型)?[】\])]?(?P<answers>(?:参考|标准|正确)?答案)?"
    r"(?P<rest>\s*(?:$|[(:,、。;【\[\s共每本].*))"
)
_BARE = re.compile(
    r"(?:第?([一二三四五六七八九十]{1,3})(?:部分|大题)?\s*[、.:]|[(]([一二三四五六七八九十]{1,3})[)])"
)
_EACH = re.compile(r"每(?:小?题|道)?\s*(\d{1,3}(?:\.\d)?)\s*分")
_BLANK_EACH = re.compile(r"每空\s*(\d{1,3}(?:\.\d)?)\s*分")
_CHAPTER = re.compile(r"第\s*[一二三四五六七八九十百\d]{1,4}\s*[章节篇编讲]")
_ASIDE = re.compile(r"[【\[]([^【】\[\]]{1,20})[】\]]$")
_RULE = re.compile(r"[-=_*~—─━·.#]{4,}$")
#: Longest heading, in characters.
_LONGEST = 80


@dataclass(frozen=True)
class Heading:
    """What a heading says of the questions under it."""

    kind: str | None
    number: int | None = None
    #: Marks of each question, and of each blank.
    marks: str = ""
    blank_marks: str = ""
    #: Where the rest of the line begins.
    rest: int = 0
    #: Whether not questions but their answers follow.
    answers: bool = False


def heading_of(line: Line) -> Heading | None:
    """Return what a section's heading says; None for a line that is none."""
    found = _HEADING.match(line.flat) if len(line.text) <= _LONGEST else None
    if not found or re.search(r"[?？]|[(]\s*[)]|__", found["rest"]):
        return None
    # 判断：…… is a question of its own where text goes on after the colon.
    if re.match(r"\s*:\s*\S", found["rest"]) and not _counts(found["rest"]):
        return None
    plain = not (found["han"] or found["paren"]) and "题" not in line.flat
    if plain and found["rest"].strip(" :"):
        return None
    each, blank = _EACH.search(found["rest"]), _BLANK_EACH.search(found["rest"])
    return Heading(
        kinds.kind_of(found["type"]),
        _ordinal(found["han"] or found["paren"] or ""),
        each[1] if each else "",
        blank[1] if blank else "",
        found.start("rest"),
        found["answers"] is not None,
    )


def _counts(rest: str) -> bool:
    return re.search(r"共|每|分|小题|\d\s*[-.、]", rest) is not None


def key_heading(line: Line) -> Heading | None:
    """Return a heading inside a list of answers, which may go on with answers: 一、1.A 2.B."""
    found = _HEADING.match(line.flat)
    if found and not re.search(r"[?？]", found["rest"]):
        number = _ordinal(found["han"] or found["paren"] or "")
        return Heading(kinds.kind_of(found["type"]), number, rest=found.start("rest"))
    bare = _BARE.match(line.flat)
    if bare:
        return Heading(None, _ordinal(bare[1] or bare[2]), rest=bare.end())
    return None


def _ordinal(text: str) -> int | None:
    return int(text) if text.isdecimal() else han_number(text) if text else None


def is_chapter(line: Line) -> bool:
    """Tell whether a line opens a chapter: 第一章 总则."""
    found = _CHAPTER.match(line.flat) if len(line.text) <= 40 else None
    return (
        found is not None
        and re.match(r"$|[\s:、]", line.flat[found.end() :]) is not None
        and (re.search(r"[?()。]", line.flat) is None)
    )


def is_aside(line: Line) -> bool:
    """Tell whether a line is a title in brackets of its own: 【测试题】."""
    return _ASIDE.match(line.flat) is not None


def is_rule(line: Line) -> bool:
    """Tell whether a line is drawn: ----------."""
    return _RULE.match(line.flat) is not None
