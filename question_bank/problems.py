"""Problems: what is not right, where, what was found there, and what to do about it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from question_bank.messages import MESSAGES

#: Longest excerpt of somebody's file in a report, in characters.
FOUND_LENGTH = 60


@dataclass(frozen=True)
class Problem:
    """One thing that needs a person's eye; ``str()`` of it is not for users, ``message`` is."""

    #: A cell (``Sheet1!F37``), a line (``line 12``), a file's name, or a field of a question.
    where: str
    #: A key of MESSAGES; stable.
    code: str
    #: What the sentence needs, JSON-ready.
    params: Mapping[str, Any] = field(default_factory=dict)
    #: What stood there, escaped, at most FOUND_LENGTH characters; None when nothing did.
    found: str | None = None

    def message(self, locale: str = "zh") -> str:
        """Return one sentence that says what was found and what to do; ``zh`` or ``en``."""
        return sentence(self.code, self.params, self.found, locale)

    @property
    def is_warning(self) -> bool:
        """Tell whether the question may be asked all the same."""
        return self.code in WARNINGS


#: Codes that tell the author something but leave a question ready.
WARNINGS = frozenset(
    {
        "invisible_removed",
        "answer_in_stem_blanked",
        "answer_text_moved",
        "lookalike_answer",
        "markup_kept_as_text",
        "difficulty_not_understood",
        "number_shown_differently",
        "markup_removed",
        "not_carried_over",
        "encoding_assumed",
        "gift_description",
        "description_left_out",
        "picture_not_fetched",
        "lines_left_out",
        "text_box_left_out",
        "changes_tracked",
        "hidden_text_left_out",
    }
)


def sentence(code: str, params: Mapping[str, Any], found: str | None, locale: str) -> str:
    """Return the sentence of *code* in *locale* (``zh`` unless it starts with ``en``)."""
    chinese, english = MESSAGES[code]
    template = english if locale.startswith("en") else chinese
    shown = {name: place(p, locale) if name == "other" else p for name, p in params.items()}
    return template.format_map({"found": found or "", **shown})


def place(where: str, locale: str = "zh") -> str:
    """Return *where* as a reader of *locale* says it: ``line 12`` is 第 12 行; a cell stays."""
    line = re.fullmatch(r"line (\d+)", where)
    return f"第 {line[1]} 行" if line and not locale.startswith("en") else where


def excerpt(text: str) -> str:
    """Return *text* for a report: control and invisible characters escaped, cut to 60."""
    shown: list[str] = []
    length = 0
    for character in text[: FOUND_LENGTH + 1]:
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        piece = f"\\u{ord(character):04x}" if hidden else character
        if length + len(piece) > FOUND_LENGTH - 1:
            return "".join(shown) + "…"
        shown.append(piece)
        length += len(piece)
    return "".join(shown)
