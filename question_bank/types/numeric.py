"""Numbers: compared as numbers, within a tolerance, with or without their unit."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType
from question_bank.types.texts import (
    alike,
    detail_wrong,
    flag_problems,
    no_options,
    plain,
    sent_text,
)

#: Longest answer, in characters.
NUMBER_LIMIT = 60
#: Longest unit, in characters.
UNIT_LIMIT = 20
#: Values that a question may accept.
MAX_VALUES = 10
#: Largest power of ten, up or down.
MAX_POWER = 99

_WHOLE = r"(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)"
_DECIMAL = rf"(?:{_WHOLE}(?:\.\d*)?|\.\d+)"
_POWER = r"10 ?\^ ?\(?(?P<{0}>[+-]?\d+)\)?"
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?(?:"
    r"(?:(?P<whole>\d+) )?(?P<over>\d+) ?/ ?(?P<under>\d+)"
    rf"|{_POWER.format('alone')}"
    rf"|(?P<decimal>{_DECIMAL})(?: ?[×xX*·] ?{_POWER.format('power')}|[eE](?P<exponent>[+-]?\d+))?"
    r")(?![\d.^])(?P<unit>.*)",
    re.ASCII | re.DOTALL,
)
#: What people type for a minus, a fraction and a decimal point.
_SIGNS = str.maketrans("−–—⁄。", "---/.")


class Numeric(QuestionType):
    """数值题: ``answer`` lists ``{"value": "3.5", "tolerance": "0.1"}``, any of which is right.

    Details: ``unit``, and ``unit_required`` if a bare number is not enough.
    """

    key = "numeric"
    label = "数值题"
    has_options = False

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the accepted values or the unit."""
        found = [*no_options(question), *_unit_problems(question)]
        answer = question.answer
        if not answer:
            return [*found, Problem("answer", "answer_missing")]
        if not isinstance(answer, list | tuple) or len(answer) > MAX_VALUES:
            return [*found, Problem("answer", "numbers_wrong", {}, excerpt(str(answer)))]
        for index, one in enumerate(answer):
            if _range_of(one) is None:
                place = f"answer.{index}"
                found.append(Problem(place, "numbers_wrong", {}, excerpt(str(one))))
        return found

    def clean(self, question: Question, raw: Any) -> str | None:
        """Return what was typed, in NFKC with powers as ``^``; None for nothing."""
        if raw is None:
            return None
        text = plain(sent_text(raw, NUMBER_LIMIT))
        if len(text) > NUMBER_LIMIT:
            raise BadValue(f"expected at most {NUMBER_LIMIT} characters")
        return text or None

    def right_answer(self, question: Question) -> str | None:
        """Return the first accepted value with the unit; None while nobody said."""
        if not question.answer:
            return None
        return f"{question.answer[0]['value']} {question.details.get('unit') or ''}".strip()

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return 1 for an accepted number in the right unit, else 0."""
        read = read_number(value)
        if read is None:
            return Fraction(0)
        number, unit = read
        return Fraction(_fits_unit(question, unit) and _is_accepted(number, question.answer))


def read_number(text: str) -> tuple[Fraction, str] | None:
    """Return the number at the beginning of *text* and the rest of it; None if there is none.

    Read are signs, thousands in groups, ``3.5×10^3``, ``3.5e3``, ``1/2`` and ``1 1/2``.
    """
    found = _NUMBER.fullmatch(plain(text).translate(_SIGNS).rstrip("."))
    if not found:
        return None
    if found["over"]:
        if not int(found["under"]):
            return None
        number = int(found["whole"] or 0) + Fraction(int(found["over"]), int(found["under"]))
    else:
        power = int(found["alone"] or found["power"] or found["exponent"] or 0)
        if abs(power) > MAX_POWER:
            return None
        digits = re.sub("[, ]", "", found["decimal"] or "1")
        number = Fraction(digits + "0" if digits.endswith(".") else digits) * Fraction(10) ** power
    return (-number if found["sign"] == "-" else number), found["unit"].strip()


def _unit(text: str) -> str:
    return alike(text, case_sensitive=True).replace("^", "").replace("*", "·").replace(" ", "")


def _fits_unit(question: Question, given: str) -> bool:
    unit = _unit(question.details.get("unit") or "")
    if not given:
        return not unit or question.details.get("unit_required") is not True
    return _unit(given) == unit


def _is_accepted(number: Fraction, answer: Iterable[Any]) -> bool:
    ranges = [_range_of(one) for one in answer]
    return any(r is not None and abs(number - r[0]) <= r[1] for r in ranges)


def _range_of(one: Any) -> tuple[Fraction, Fraction] | None:
    """Return value and tolerance of an entry of the answer; None if it is malformed."""
    if not isinstance(one, dict):
        return None
    value, tolerance = _bare(one.get("value")), _bare(one.get("tolerance", "0"))
    return None if value is None or tolerance is None or tolerance < 0 else (value, tolerance)


def _bare(text: Any) -> Fraction | None:
    if not isinstance(text, str) or len(text) > NUMBER_LIMIT - UNIT_LIMIT - 1:
        return None
    read = read_number(text)
    return None if read is None or read[1] else read[0]


def _unit_problems(question: Question) -> list[Problem]:
    unit = question.details.get("unit", "")
    if not isinstance(unit, str):
        return [detail_wrong(question, "unit")]
    found = flag_problems(question, "unit_required")
    # A unit that begins like a number would be read as a part of it.
    read = read_number(f"1{unit}")
    if len(unit) > UNIT_LIMIT or read is None or read[0] != 1 or _unit(read[1]) != _unit(unit):
        found.append(detail_wrong(question, "unit"))
    if not unit.strip() and question.details.get("unit_required") is True:
        found.append(detail_wrong(question, "unit"))
    return found
