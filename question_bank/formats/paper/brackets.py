"""Answers that stand in the questions' own brackets, believed only across a whole section."""

import re
from dataclasses import dataclass

from question_bank.formats.paper.items import Item, Section
from question_bank.formats.paper.lines import flat
from question_bank.problems import Problem, excerpt

#: Fewest questions of a paper, and share of a section, that must answer in this way.
MIN_BRACKETED, SHARE = 3, 0.8

_BRACKET = re.compile(r"(?<![A-Za-z0-9])[(]([^()]{1,20})[)]")
_EMPTY = re.compile(r"[(]\s*[)]|_{2,}")
_LETTERS = re.compile(r"\s*[A-J](?:[\s,、]*[A-J])*\s*")
_TRUTH = re.compile(r"\s*(?:[√✓✔×✗✘对错TF]|正确|错误)\s*")
_ENDS = re.compile(r"[\s。.?!:;,、]*$")
#: Words before a bracket in which a letter is a unit or a symbol.
_SYMBOL = re.compile(
    r"(?:伸长率|延伸率|收缩率|电流|电压|安培|声级|声压级|计权|噪声|面积|维生素|强度|系数)\s*$"
)


@dataclass(frozen=True)
class Held:
    """An answer in a bracket: what it says, and where its inside stands in the stem."""

    text: str
    start: int
    end: int


def take_answers(sections: list[Section]) -> None:
    """Move answers out of brackets where that is how a section answers its questions."""
    open_items = [(section, [i for i in section.items if not i.answer]) for section in sections]
    held = {id(i): held_in(i, s.kind) for s, items in open_items for i in items}
    enough = sum(one is not None for one in held.values()) >= MIN_BRACKETED
    for section, items in open_items:
        found = [item for item in items if held[id(item)] is not None]
        wide = [item for item in found if _is_roomy(held[id(item)])]
        roomy = len(wide) * 2 > len(found)
        for item in found:
            one = held[id(item)]
            assert one is not None
            believed = enough and len(found) >= SHARE * len(section.items)
            if believed and not (roomy and not _is_roomy(one) and item.options):
                _take(item, one)
            else:
                item.say("answer_in_bracket_unclear", excerpt(one.text))


def held_in(item: Item, kind: str | None) -> Held | None:
    """Return the one answer in the stem's brackets; None without, or where two may be it."""
    stem = "\n".join(item.stem)
    plain = flat(stem)
    if _EMPTY.search(plain) or len(plain) > 5_000:
        return None
    truth = kind == "true_false" or not item.options
    found: list[Held] = []
    for match in _BRACKET.finditer(plain):
        ends = _ENDS.match(plain, match.end()) is not None
        if truth:
            fits = _TRUTH.fullmatch(match[1]) is not None and (ends or match.start() == 0)
            if kind != "true_false" and match[1].strip() in ("T", "F"):
                fits = False
        else:
            letters = _LETTERS.fullmatch(match[1]) is not None
            named = [ord(c) - ord("A") for c in re.findall("[A-J]", match[1])]
            inside = all(index < len(item.options) for index in named)
            fits = letters and inside and (ends or not _SYMBOL.search(plain, 0, match.start()))
        if fits:
            found.append(Held(stem[match.start(1) : match.end(1)], match.start(1), match.end(1)))
    return found[0] if len(found) == 1 else None


def _is_roomy(one: Held | None) -> bool:
    return one is not None and one.text != one.text.strip()


def _take(item: Item, one: Held) -> None:
    stem = "\n".join(item.stem)
    item.stem = (stem[: one.start] + "\u3000" + stem[one.end :]).split("\n")
    item.fields["answer"] = [one.text.strip()]
    found = excerpt(one.text.strip())
    item.problems.append(Problem(item.where, "answer_in_stem_blanked", {}, found))
