"""One question of GIFT taken apart; nothing is decided about its answers yet."""

import re
from dataclasses import dataclass
from decimal import Decimal

from question_bank.formats.gift_text import SPACES, Text, cut, text_of, unescape, unescaped

_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?:\#(.*))?$", re.IGNORECASE | re.DOTALL)
#: Most answers of a question.
_MOST = 100
_OPEN_TAG = re.compile(r"<[A-Za-z][\w-]*\s[^<>]*$")


@dataclass(frozen=True)
class Answer:
    """What stands behind one ``=`` or ``~``."""

    #: ``=`` or ``~``.
    sign: str
    #: As written between %; None where none is.
    weight: Decimal | None
    raw: str
    feedback: str

    @property
    def share(self) -> Decimal:
        """Return the percent that it earns."""
        return Decimal(100 * (self.sign == "=")) if self.weight is None else self.weight


@dataclass(frozen=True)
class Parsed:
    """A question taken apart."""

    title: str
    #: Before and after the answers.
    before: Text
    after: str
    #: Whether a space stands before the answers.
    spaced: bool
    #: Between the braces without the general feedback; None for a text without any.
    body: str | None
    answers: tuple[Answer, ...] = ()
    #: What stands in the braces before the first ``=`` or ``~``.
    lead: str = ""
    general: Text | None = None
    #: ``gift_…`` of what keeps it from being understood.
    wrong: str = ""

    @property
    def truth(self) -> re.Match[str] | None:
        """Return the match of a word for true or false with what feedback follows it."""
        return _TRUTH.match(self.lead.strip(SPACES)) if not self.answers else None


def parse(text: str) -> Parsed:
    """Return the parts of a question; what is wrong with its braces is in ``wrong``."""
    titled = _TITLE.match(text)
    title = unescape(titled[1].strip(SPACES)) if titled else ""
    rest = text[titled.end() :] if titled else text
    braces = [(found[0], found.start()) for found in unescaped(rest, "[{}]")]
    kinds = "".join(kind for kind, _ in braces)
    first = braces[0][1] if braces else len(rest)
    before = text_of(rest[:first], "moodle")
    spaced = rest[max(first - 1, 0) : first].isspace()
    if not braces:
        return Parsed(title, before, "", spaced, None)
    wrong = _braces_wrong(kinds)
    if wrong:
        return Parsed(title, before, "", spaced, rest[first:], wrong=wrong)
    body, after = rest[first + 1 : braces[1][1]], rest[braces[1][1] + 1 :].rstrip(SPACES)
    body, general = cut(body, "####")
    lead, answers = _answers(body)
    feedback = text_of(general, before.format) if general is not None else None
    wrong = "gift_unescaped" if _is_slip(body, answers) else ""
    return Parsed(title, before, after, spaced, body, answers, lead, feedback, wrong)


def _braces_wrong(kinds: str) -> str:
    if kinds == "{}":
        return ""
    if kinds == "{" or kinds.startswith("{{"):
        return "gift_no_end"
    return "gift_no_start" if kinds.startswith(("}", "{}}")) else "gift_two_answers"


def _answers(body: str) -> tuple[str, tuple[Answer, ...]]:
    """Return what stands before the first ``=`` or ``~``, and what stands behind each."""
    marks = list(unescaped(body, "[=~]"))[: _MOST + 1]
    lead = body[: marks[0].start()] if marks else body
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    pairs = zip(marks, ends, strict=False)
    return lead, tuple(answer_of(mark[0], body[mark.end() : end]) for mark, end in pairs)


def answer_of(sign: str, piece: str) -> Answer:
    """Return what stands behind one sign, taken apart."""
    weight = _WEIGHT.match(piece)
    raw, feedback = cut(piece[weight.end() :] if weight else piece, "#")
    share = Decimal(weight[1]) if weight else None
    return Answer(sign, share, raw.strip(SPACES), (feedback or "").strip(SPACES))


def _is_slip(body: str, answers: tuple[Answer, ...]) -> bool:
    """Tell whether an ``=`` or ``~`` seems to belong to a text, its backslash forgotten.

    It does inside a tag, and where it is set otherwise than those around it.
    """
    if len(answers) > _MOST:
        return True
    places = [mark.start() for mark in unescaped(body, "[=~]")]
    if places and body[: places[0]].strip() == "#":
        del places[0]
    inner = [place for place in places if body[body.rfind("\n", 0, place) + 1 : place].strip()]
    before = {body[place - 1].isspace() for place in inner}
    if any(_OPEN_TAG.search(body, body.rfind("<", 0, place) % len(body), place) for place in inner):
        return True
    by_lines = len(places) - len(inner) > 1
    after = any(body[place + 1 : place + 2].isspace() for place in inner)
    return len(before) > 1 or (by_lines and (False in before or after))
