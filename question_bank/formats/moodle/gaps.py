"""Questions of Moodle with gaps in their text: answers embedded, or boxes to choose from."""

import re
from typing import Any

from question_bank.formats.cloze import embedded
from question_bank.formats.gift_text import Text
from question_bank.formats.making import Making
from question_bank.formats.markup import Converted
from question_bank.formats.moodle.texts import (
    Files,
    converted,
    format_of,
    markdown,
    raw_text,
    shown,
)
from question_bank.formats.xml_tree import Element, children, first

_GAP = re.compile(r"\[\[(\d{1,3})\]\]")
BLANK = "____"


def cloze(work: Making, files: Files, question: Element) -> tuple[str | None, dict[str, Any]]:
    """Return a text with embedded answers as blanks or as a case."""
    holder = first(question, "questiontext")
    format = format_of(holder)

    def show(piece: str) -> Converted:
        return converted(work, Text(piece, format))

    found: list[Converted] = []
    text = work.seen(raw_text(holder))
    made = embedded(text, work.where, work.problems, found, show)
    for one in found:
        work.take(one)
    if made is None:
        return None, {"stem": shown(work, files, holder)}
    names = ("stem", "answer", "marks", "details")
    return made.type, {name: getattr(made, name) for name in names}


def boxes(work: Making, files: Files, question: Element) -> tuple[str | None, dict[str, Any]]:
    """Return gaps that are filled from boxes: a choice for one of them, else a case.

    Boxes that may be used only once can be chosen again.
    """
    given = list(children(question, "dragbox", "selectoption"))
    texts = [shown(work, files, one) for one in given]
    groups = [(one.findtext("group") or "1").strip() for one in given]
    holder = first(question, "questiontext")
    raw = work.seen(raw_text(holder))
    right = [int(number) - 1 for number in _GAP.findall(raw)]
    if not right or not all(0 <= index < len(given) for index in right):
        work.say("gap_without_box")
        return None, {}
    count = iter(range(1, len(right) + 1))

    def blank(_: re.Match[str]) -> str:
        return f"({next(count)}) {BLANK}" if len(right) > 1 else BLANK

    stem = markdown(work, Text(_GAP.sub(blank, raw), format_of(holder)))
    parts: list[dict[str, Any]] = []
    for number, index in enumerate(right, 1):
        same = [text for text, group in zip(texts, groups, strict=True) if group == groups[index]]
        options = list(dict.fromkeys(same))
        answer = [options.index(texts[index])]
        parts.append({"stem": f"({number})", "options": options, "answer": answer})
    if len(parts) == 1:
        options, answer = parts[0]["options"], parts[0]["answer"]
        return "single_choice", {"stem": stem, "options": tuple(options), "answer": answer}
    details = {"parts": [{"type": "single_choice", "marks": 1, **part} for part in parts]}
    return "case", {"stem": stem, "answer": None, "details": details}
