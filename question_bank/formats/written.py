"""Answers in words: what a cell says about blanks, and a model answer."""

import re
import unicodedata

from question_bank.formats import kinds
from question_bank.formats.raw import Raw
from question_bank.types.fill_blank import blanks_in

#: Types whose answers a sheet can hold in words.
WRITTEN = ("fill_blank", "short_answer")

#: What may stand between blanks; two kinds in one cell leave it open what they mean.
_BETWEEN_BLANKS = (re.compile("[|｜]"), re.compile("[；;]"))
#: A slash that may belong to the answer itself: 1/2, m/s, A/B.
_OWN_SLASH = re.compile(r"[a-z0-9%]\s*/\s*[a-z0-9%]", re.IGNORECASE)
#: A label before a blank's answer, which is not a part of it: 第一空：, (1), 1、, ①.
_LABEL = re.compile(
    r"\s*(?:第\s*[一二三四五六七八九十\d]+\s*空|[(（]\d+[)）]|\d+\s*[、.．](?!\d)|[①-⑳])"
)
#: Lines that copied web pages leave in a cell.
_PAGE_LINES = frozenset({"已完成", "未完成", "章节测验"})


def read_written(raw: Raw, kind: str) -> list[list[str]] | list[str] | None:
    """Return the answer of a question of type *kind*, one of WRITTEN; None if there is doubt."""
    if any(raw.options) or raw.right is not None or not raw.answer:
        return None
    if any(kinds.heading_kind(line) for line in raw.stem.splitlines()[1:]):
        return None
    if any(line.strip() in _PAGE_LINES for line in raw.answer.splitlines()):
        return None
    return [raw.answer] if kind == "short_answer" else read_blanks(raw.answer, raw.stem)


def read_blanks(text: str, stem: str) -> list[list[str]] | None:
    """Return the accepted texts of each blank of *stem*; None unless all of it is clear.

    Blanks stand between ``|`` or ``；``, further accepted texts after ``/``.
    """
    if "\n" in text or _OWN_SLASH.search(unicodedata.normalize("NFKC", text)):
        return None
    between = [one for one in _BETWEEN_BLANKS if one.search(text)]
    if len(between) > 1:
        return None
    cells = between[0].split(text) if between else [text]
    blanks = [[part.strip() for part in re.split("[/／]", cell)] for cell in cells]
    texts = [text for parts in blanks for text in parts]
    clear = len(blanks) == blanks_in(stem) and all(texts)
    return blanks if clear and not any(_LABEL.match(text) for text in texts) else None
