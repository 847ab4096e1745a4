"""Numbers that Word counts itself: 1., A., 一、 before paragraphs."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from question_bank.formats.word.names import W, number, parse, value

_HAN = "〇一二三四五六七八九"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
#: Levels of a list.
_LEVELS = 9
#: Longest chain of styles that build upon one another.
_CHAIN = 12


@dataclass
class Level:
    """How a level of a list counts."""

    start: int = 1
    format: str = "decimal"
    text: str = ""


@dataclass
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts a document's lists, paragraph by paragraph in their order."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        self._lists: dict[str, _List] = {}
        #: Number → list, and the starts that it overrides by level.
        self._numbers: dict[str, tuple[str, dict[int, int]]] = {}
        self._begun: set[str] = set()
        self._styles: dict[str, tuple[str, str, str]] = {}
        if numbering:
            self._read_lists(parse(numbering))
        if styles:
            self._read_styles(parse(styles))

    def _read_lists(self, root: ET.Element) -> None:
        for one in root.iter(f"{W}abstractNum"):
            made = _List()
            for level in one.iter(f"{W}lvl"):
                made.levels[number(value(level, "ilvl"))] = _level(level)
            self._lists[value(one, "abstractNumId")] = made
        for one in root.iter(f"{W}num"):
            starts: dict[int, int] = {}
            name = value(one, "numId")
            base = value(one.find(f"{W}abstractNumId"))
            for override in one.iter(f"{W}lvlOverride"):
                at = number(value(override, "ilvl"))
                start = override.find(f"{W}startOverride")
                if start is not None:
                    starts[at] = number(value(start), 1)
                own = override.find(f"{W}lvl")
                if own is not None and base in self._lists:
                    # A number with levels of its own counts by itself.
                    copied = _List({**self._lists[base].levels, at: _level(own)})
                    base = f"{base}/{name}"
                    self._lists[base] = copied
            self._numbers[name] = (base, starts)

    def _read_styles(self, root: ET.Element) -> None:
        for style in root.iter(f"{W}style"):
            listed = style.find(f"{W}pPr/{W}numPr")
            self._styles[value(style, "styleId")] = (
                value(style.find(f"{W}basedOn")),
                "" if listed is None else value(listed.find(f"{W}numId")),
                "" if listed is None else value(listed.find(f"{W}ilvl")),
            )

    def label(self, properties: ET.Element | None) -> str:
        """Return what Word shows before the next paragraph, counting it; "" for nothing."""
        name, level = self._place(properties)
        base, starts = self._numbers.get(name, ("", {}))
        found = self._lists.get(base)
        if found is None or level not in found.levels or level >= _LEVELS:
            return ""
        if name not in self._begun:
            self._begun.add(name)
            for at, start in starts.items():
                found.counts[at] = start - 1
        found.counts[level] = found.counts.get(level, found.levels[level].start - 1) + 1
        for deeper in [at for at in found.counts if at > level]:
            del found.counts[deeper]
        return _shown(found, level)

    def _place(self, properties: ET.Element | None) -> tuple[str, int]:
        if properties is None:
            return "", 0
        listed = properties.find(f"{W}numPr")
        name = "" if listed is None else value(listed.find(f"{W}numId"))
        level = "" if listed is None else value(listed.find(f"{W}ilvl"))
        style = value(properties.find(f"{W}pStyle"))
        for _ in range(_CHAIN):
            if name or style not in self._styles:
                break
            style, name, styled = self._styles[style]
            level = level or styled
        return name, number(level)


def _level(level: ET.Element) -> Level:
    return Level(
        number(value(level.find(f"{W}start")), 1),
        value(level.find(f"{W}numFmt")) or "decimal",
        value(level.find(f"{W}lvlText")),
    )


def _shown(found: _List, level: int) -> str:
    if found.levels[level].format in ("bullet", "none"):
        return ""
    text = found.levels[level].text
    for at in range(_LEVELS):
        if f"%{at + 1}" in text:
            of = found.levels.get(at, Level())
            text = text.replace(f"%{at + 1}", written(found.counts.get(at, of.start), of.format))
    return text


def written(count: int, format: str) -> str:
    """Return a number as Word writes it."""
    if format in ("upperLetter", "lowerLetter"):
        letters = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count else ""
        return letters if format == "upperLetter" else letters.lower()
    if format in _CHINESE and 0 < count < 100:
        tens, ones = divmod(count, 10)
        ten = ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "")
        return ten + (_HAN[ones] if ones else "")
    if format in ("upperRoman", "lowerRoman") and 0 < count < 40:
        text = ""
        for worth, sign in _ROMAN:
            text += sign * (count // worth)
            count %= worth
        return text if format == "upperRoman" else text.lower()
    if format.startswith("decimalEnclosedCircle") and 0 < count < 21:
        return chr(ord("①") + count - 1)
    return str(count)
