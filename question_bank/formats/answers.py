"""Answer cells: letters, words for true and false, or the text of an option."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.question import fold
from question_bank.types.base import letter

_WORDS = {
    True: "√ ✓ ✔ ☑ 对 正确 是 对的 正确的 t true y yes 1 right correct 真",
    False: "× ✗ ✘ ✕ ✖ ╳ ❌ x 错 错误 否 不对 不正确 错的 错误的 f false n no 0 wrong incorrect 假",
}
#: Words that mean true or false whatever the question; the others also occur as plain answers.
_STRONG = frozenset("√✓✔☑×✗✘✕✖╳❌对错") | {"正确", "错误", "true", "false"}
_TRUTH = {word: truth for truth, words in _WORDS.items() for word in words.split()}

#: Letters of other alphabets that look like A, B, C …
_LOOKALIKE = str.maketrans("АВСЕНΑΒΕΗ", "ABCEHABEH")
_SEPARATORS = re.compile(r"[\s,,、;:。·|/&+和与.\u3000]+")
_WRAPPED = re.compile(r"^[(\[【<「](.*)[)\]】>」]$", re.S)
_PREFIX = re.compile(r"^(?:正确|标准|参考)?答案\s*(?:是|为|:)?\s*|^(?:故|应)?选(?=[A-J])\s*")
_EXPLAINED = re.compile(r"^[【\[(]?(?:答案解析|试题解析|解析|解释|说明)[】\])]?\s*[:：]?\s*")
_NEXT_QUESTION = re.compile(r"(?m)^\s*(?:[一二三四五六七八九十]+\s*[、.]|\d+\s*[、..])")
_LETTER_AND_TEXT = re.compile(r"^([A-Z])\s*[.、::)\s]\s*(\S.*)$", re.S)


@dataclass(frozen=True)
class Answered:
    """What an answer cell says; ``code`` names the problem when it says nothing certain."""

    indexes: tuple[int, ...] | None = None
    truth: bool | None = None
    code: str | None = None
    params: dict[str, object] = field(default_factory=dict)
    #: Read from letters that only look Latin.
    lookalike: bool = False


@dataclass(frozen=True)
class AnswerCell:
    """An answer cell taken apart."""

    text: str
    #: What followed the word 解析.
    explanation: str = ""
    #: Further lines that are no answer.
    rest: str = ""
    #: Whether the further lines may themselves say something about the answer.
    doubtful: bool = False


def take_apart(text: str) -> AnswerCell:
    """Separate an answer from an explanation or from other lines under it."""
    first, _, rest = text.partition("\n")
    rest = rest.strip()
    if not rest or _is_answer_like(rest) or not _is_answer_like(first):
        return AnswerCell(text)
    explained = _EXPLAINED.match(rest)
    if explained:
        explanation = rest[explained.end() :].strip()
        if _NEXT_QUESTION.search(explanation):
            return AnswerCell(first.strip(), rest=rest, doubtful=True)
        same = fold(explanation).upper() == fold(first).upper()
        return AnswerCell(first.strip(), "" if same else explanation)
    plain = unicodedata.normalize("NFKC", rest)
    doubtful = bool(re.search(r"[A-Za-z√×]|对|错|正确|答案|选", plain))
    return AnswerCell(first.strip(), rest=rest, doubtful=doubtful)


def _is_answer_like(text: str) -> bool:
    return truth_of(text) is not None or bool(re.fullmatch(r"[A-J]+", _letters(text)))


def _core(text: str) -> str:
    core = unicodedata.normalize("NFKC", text).strip()
    core = _PREFIX.sub("", core).strip()
    wrapped = _WRAPPED.match(core)
    return (wrapped[1] if wrapped else core).strip()


def _letters(text: str) -> str:
    return _SEPARATORS.sub("", _core(text).upper())


def truth_of(text: str) -> bool | None:
    """Return what a word for true or false means; None for any other text."""
    return _TRUTH.get(_core(text).lower().rstrip(".。!"))


def is_strong_truth(text: str) -> bool:
    """Tell whether *text* means true or false whatever the question."""
    return _core(text).lower().rstrip(".。!") in _STRONG


def are_truth_options(options: Sequence[str], strong: bool = False) -> bool:
    """Tell whether the options are true and false; *strong* leaves out 是/否, 1/0, Y/N."""
    if len(options) != 2 or {truth_of(o) for o in options} != {True, False}:
        return False
    return not strong or all(is_strong_truth(o) for o in options)


def read_truth(text: str, options: Sequence[str]) -> Answered:
    """Return what *text* says as the answer of a true/false question."""
    truth = truth_of(text)
    if truth is not None:
        return Answered(truth=truth)
    letters = _letters(text)
    if re.fullmatch(r"[A-Z]", letters):
        if not options:
            return Answered(code="truth_letter_without_options")
        index = ord(letters) - ord("A")
        truth = truth_of(options[index]) if index < len(options) else None
        if truth is not None:
            return Answered(truth=truth)
    return Answered(code="answer_not_understood")


def read_choice(text: str, options: Sequence[str]) -> Answered:
    """Return which of *options* the text names, by letters or by their own words."""
    by_text = _by_text(text, options)
    if by_text is not None and _may_count(text, by_text, len(options)):
        return Answered(code="answer_ambiguous")
    both = _LETTER_AND_TEXT.match(_core(text))
    if both and not re.fullmatch(r"[A-Z]+", _letters(text)):
        index = ord(both[1]) - ord("A")
        if index < len(options) and fold(both[2]) == fold(options[index]):
            return Answered((index,))
        if by_text is None:
            return Answered(code="answer_letter_and_text_differ")
    letters = _letters(text)
    latin = letters.translate(_LOOKALIKE)
    if not re.fullmatch(r"[A-Z]+", latin):
        return Answered(by_text) if by_text else Answered(code="answer_not_understood")
    named = [ord(c) - ord("A") for c in latin]
    inside = all(index < len(options) for index in named)
    if by_text is not None:
        same = inside and set(named) == set(by_text)
        clear = same or not inside
        return Answered(by_text) if clear else Answered(code="answer_ambiguous")
    if not inside:
        last = letter(len(options) - 1) if options else ""
        known = f"A–{last}" if options else "–"
        code = "answer_not_an_option" if len(latin) <= 10 else "answer_not_understood"
        return Answered(code=code, params={"letters": known})
    if len(set(named)) != len(named):
        return Answered(code="answer_repeats")
    return Answered(tuple(sorted(named)), lookalike=latin != letters)


def _may_count(text: str, by_text: Sequence[int], count: int) -> bool:
    """Tell whether digits that repeat options' words could as well count other options from 1."""
    digits = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[\d\s|;、,，；]+", text) or len(digits) != len(by_text):
        return False
    counted = {int(d[:9]) - 1 for d in digits}
    return max(counted) < count and counted != set(by_text)


def _by_text(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """Return the options that *text* repeats word for word: one, or several with separators."""
    places = {fold(option): index for index, option in enumerate(options) if option}
    if fold(text) in places:
        return (places[fold(text)],)
    for separator in ("\n", "|", ";", ";", "、", ",", ","):
        parts = [fold(part) for part in text.split(separator) if part.strip()]
        if len(parts) > 1 and all(part in places for part in parts):
            indexes = {places[part] for part in parts}
            return tuple(sorted(indexes)) if len(indexes) == len(parts) else None
    return None
