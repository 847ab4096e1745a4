"""Answers that were left standing in a stem's brackets."""

import re
import unicodedata
from collections.abc import Sequence

from question_bank.problems import Problem, excerpt
from question_bank.types.base import letter

_BRACKET = re.compile(r"(?<![A-Za-z0-9])([（(])([^（()）]{1,20})([）)])")
_TRUTH = {"√": True, "✓": True, "×": False, "✗": False, "对": True, "错": False}
_END = re.compile(r"[\s。.?？!！:：]*$")


def bracket_letters(stem: str) -> list[set[str]]:
    """Return the sets of letters that stand alone in the stem's brackets."""
    found = [_letters(match[2]) for match in _BRACKET.finditer(stem)]
    return [letters for letters in found if letters]


def _letters(text: str) -> set[str]:
    plain = re.sub(r"[\s、,，]+", "", unicodedata.normalize("NFKC", text)).upper()
    return set(plain) if re.fullmatch(r"[A-J]{1,10}", plain) else set()


def without_answer(
    stem: str, answer: Sequence[int] | Sequence[bool], count: int, bracketed: bool
) -> tuple[str, list[Problem]]:
    """Return the stem with its answer blanked, and a word about it.

    Blanked is what equals the answer and cannot be a unit or a symbol: ``85dB(A)`` never,
    ``延伸率（A）`` only where the whole table keeps its answers in brackets (*bracketed*), and
    ``（ A ）`` with room around it always. One that differs from the answer is a problem.

    :param count: how many options there are; 0 for true/false.
    """
    truth = bool(answer) and isinstance(answer[0], bool)
    right = {letter(i) for i in answer} if not truth else set()
    for match in _BRACKET.finditer(stem):
        inside = match[2]
        if truth:
            said = _TRUTH.get(inside.strip())
            meant, same = said is not None, said == answer[0]
            meant = meant and _END.match(stem, match.end()) is not None
        else:
            letters = _letters(inside)
            roomy = inside != inside.strip()
            meant = bool(letters) and (roomy or bracketed)
            same = letters == right
            meant = meant and all(ord(c) - ord("A") < count for c in letters)
        if meant:
            text = excerpt(inside.strip())
            if not same:
                return stem, [Problem("stem", "answer_in_stem_differs", {}, text)]
            blank = stem[: match.start()] + match[1] + "\u3000" + match[3] + stem[match.end() :]
            return blank, [Problem("stem", "answer_in_stem_blanked", {}, text)]
    return stem, []
