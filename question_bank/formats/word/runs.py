"""The characters of a paragraph: what it shows, and how each of them is set off."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field

from question_bank.formats.word.names import R, W, is_on, local, value

Character = tuple[str, frozenset[str]]

_RAISED = str.maketrans("0123456789+-=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ")
_LOWERED = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
#: What holds text and nothing else that matters.
_WORDS = "hyperlink smartTag sdt sdtContent ins moveTo fldSimple customXml dir bdo ruby rubyBase"
_PASSED = frozenset(_WORDS.split())
_FORMULAS = ("oMath", "oMathPara")
#: Elements inside one another.
_DEEP = 40
_PLAIN: frozenset[str] = frozenset()


@dataclass
class Notes:
    """What a document has that does not come along."""

    boxes: int = 0
    changes: int = 0
    hidden: int = 0


@dataclass
class Spoken:
    """A paragraph's lines of characters, and the codes of what they lack."""

    lines: list[list[Character]] = field(default_factory=lambda: [[]])
    codes: list[str] = field(default_factory=list)

    def add(self, text: str, styles: frozenset[str] = _PLAIN) -> None:
        """Add characters to the last line."""
        self.lines[-1] += [(character, styles) for character in text]


class Runs:
    """Reads paragraphs; *picture* gives the name of the picture of a relation, None if none."""

    def __init__(self, picture: Callable[[str], str | None]) -> None:
        self._picture = picture
        self.notes = Notes()

    def read(self, paragraph: ET.Element) -> Spoken:
        """Return what a paragraph shows."""
        spoken = Spoken()
        self._walk(paragraph, spoken, _PLAIN, "", 0)
        return spoken

    def _walk(
        self, parent: ET.Element, spoken: Spoken, styles: frozenset[str], raised: str, deep: int
    ) -> None:
        if deep > _DEEP:
            return
        for child in parent:
            name = local(child)
            if name == "r":
                self._run(child, spoken, deep)
            elif name in _PASSED:
                self.notes.changes += name in ("ins", "moveTo")
                self._walk(child, spoken, styles, raised, deep + 1)
            elif name in ("del", "moveFrom"):
                self.notes.changes += 1
            elif name in _FORMULAS:
                spoken.add("［公式］")
                spoken.codes.append("formula_left_out")
            else:
                self._piece(name, child, spoken, styles, raised)

    def _run(self, run: ET.Element, spoken: Spoken, deep: int) -> None:
        properties = run.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            self.notes.hidden += 1
            return
        raised = value(properties.find(f"{W}vertAlign")) if properties is not None else ""
        self._walk(run, spoken, styles_of(properties), raised, deep + 1)

    def _piece(
        self, name: str, child: ET.Element, spoken: Spoken, styles: frozenset[str], raised: str
    ) -> None:
        if name == "t":
            spoken.add(_shown(child.text or "", styles, raised), styles)
        elif name in ("tab", "ptab"):
            spoken.add("____" if "underline" in styles else "\t", styles)
        elif name in ("br", "cr"):
            spoken.lines.append([])
        elif name == "noBreakHyphen":
            spoken.add("-", styles)
        elif name == "sym":
            spoken.add(_symbol(child), styles)
        elif name == "instrText" and (child.text or "").strip().upper().startswith("EQ"):
            spoken.codes.append("formula_left_out")
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            self._picture_of(child, spoken)

    def _picture_of(self, element: ET.Element, spoken: Spoken) -> None:
        """Add the pictures of a drawing; of two ways to say the same only the first."""
        if any(local(one) == "txbxContent" for one in element.iter()):
            self.notes.boxes += 1
            return
        if local(element) == "AlternateContent":
            element = next((one for one in element if local(one) == "Choice"), element)
        seen: set[str] = set()
        for one in element.iter():
            name = local(one)
            relation = ""
            if name == "blip":
                relation = one.get(f"{R}embed") or one.get(f"{R}link") or "?"
            elif name == "imagedata":
                relation = one.get(f"{R}id") or "?"
            if relation and relation not in seen:
                seen.add(relation)
                picture = self._picture(relation)
                if picture is None:
                    spoken.codes.append("picture_not_read")
                else:
                    spoken.add(f"![]({picture})")
        if not seen:
            spoken.codes.append("picture_not_read")


def styles_of(properties: ET.Element | None) -> frozenset[str]:
    """Return how a run is set off."""
    if properties is None:
        return _PLAIN
    found = {"bold"} if is_on(properties, "b") else set()
    if is_on(properties, "u"):
        found.add("underline")
    if value(properties.find(f"{W}color")).lower() not in ("", "auto", "000000"):
        found.add("colour")
    fill = value(properties.find(f"{W}shd"), "fill").lower()
    if is_on(properties, "highlight") or fill not in ("", "auto", "ffffff"):
        found.add("highlight")
    return frozenset(found)


def _shown(text: str, styles: frozenset[str], raised: str) -> str:
    if "underline" in styles and len(text) > 1 and not text.strip(" \u3000\u00a0"):
        return "____"
    table = {"superscript": _RAISED, "subscript": _LOWERED}.get(raised)
    if table is None or not text.strip():
        return text
    if all(ord(character) in table for character in text):
        return text.translate(table)
    return f"^{text}^" if raised == "superscript" else f"~{text}~"


def _symbol(element: ET.Element) -> str:
    """Return a character of a symbol font: ticks and crosses as such, others as a mark."""
    known = {
        ("wingdings", "F0FC"): "√", ("wingdings", "F0FB"): "×", ("wingdings", "F0FE"): "√",
        ("wingdings 2", "F050"): "√", ("wingdings 2", "F04F"): "×", ("wingdings 2", "F052"): "√",
    }  # fmt: skip
    return known.get((value(element, "font").lower(), value(element, "char").upper()), "\ufffd")
