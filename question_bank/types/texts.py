"""What types share about texts: lists of them, texts that members send, and what is alike."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question, fold
from question_bank.types.base import BadValue

#: A power after a digit; NFKC would make 103 of 10³.
_POWER = re.compile(r"(?<=\d)[⁺⁻]?[⁰¹²³⁴-⁹]+")
#: Between a digit and a fraction in one character; NFKC would make 11/2 of 1½.
_MIXED = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
#: What people type alike and NFKC keeps apart.
_ALIKE = str.maketrans("。、“”‘’【】〔〕《》〈〉—–−‐‑〜⁄•⋅∙", ".,\"\"''[][]<><>-----~/···")


def plain(text: str) -> str:
    """Return *text* in NFKC without losing what it says: 10³ is 10^3 and 1½ is 1 1/2."""
    raised = _POWER.sub(lambda found: "^" + found[0], _MIXED.sub(" ", text))
    return unicodedata.normalize("NFKC", raised).strip()


def alike(text: str, case_sensitive: bool = False) -> str:
    """Return *text* as answers are compared: width, spaces and punctuation folded."""
    visible = "".join(c for c in plain(text) if unicodedata.category(c) != "Cf")
    folded = fold(visible.translate(_ALIKE))
    return folded if case_sensitive else folded.casefold()


def sent_text(raw: Any, limit: int) -> str:
    """Return a text that a member sent, stripped, lines ending in ``\\n``.

    :raises BadValue: if it is no text, too long, or has characters that cannot be stored.
    """
    if not isinstance(raw, str):
        raise BadValue("expected a text")
    text = raw.replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise BadValue(f"expected at most {limit} characters")
    if any(c == "\0" or unicodedata.category(c) == "Cs" for c in text):
        raise BadValue("expected characters that can be stored")
    return text


def texts_of(value: Any) -> tuple[str, ...]:
    """Return *value* if it is a list of texts, else nothing."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        return ()
    return tuple(value)


def list_problems(where: str, texts: Sequence[str], least: int, most: int) -> list[Problem]:
    """Return what is wrong with a list of different texts; its length comes first."""
    count = len(texts)
    if count < least:
        return [Problem(where, "list_too_short", {"count": count, "least": least})]
    if count > most:
        return [Problem(where, "list_too_long", {"count": count, "limit": most})]
    found: list[Problem] = []
    first: dict[str, int] = {}
    for index, text in enumerate(texts):
        same = first.setdefault(fold(text), index)
        if not text.strip():
            found.append(Problem(f"{where}.{index}", "item_empty", {"number": index + 1}))
        elif same != index:
            params = {"first": same + 1, "second": index + 1}
            found.append(Problem(f"{where}.{index}", "items_identical", params, excerpt(text)))
    return found


def no_options(question: Question) -> list[Problem]:
    """Return a problem if *question*, of a type without options, has some."""
    if not question.options:
        return []
    text = excerpt("|".join(question.options))
    return [Problem("options", "options_not_used", {}, text)]


def detail_wrong(question: Question, name: str) -> Problem:
    """Return the problem that a detail is missing or malformed."""
    value = question.details.get(name)
    text = None if value is None else excerpt(str(value))
    return Problem(f"details.{name}", "detail_wrong", {"name": name}, text)


def flag_problems(question: Question, *names: str) -> list[Problem]:
    """Return a problem for each detail of *names* that is there and not true or false."""
    wrong = [name for name in names if not isinstance(question.details.get(name, False), bool)]
    return [detail_wrong(question, name) for name in wrong]
