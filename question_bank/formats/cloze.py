"""Cloze (.txt), Moodle's texts with answers embedded: ``The capital is {1:SHORTANSWER:=Paris}``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from question_bank.formats import weights
from question_bank.formats.base import Draft, Format, Reading
from question_bank.formats.cells import without_invisible
from question_bank.formats.gift import GIFT_SIGNS
from question_bank.formats.gift_drafts import accepted_value, is_among
from question_bank.formats.gift_parse import Answer, answer_of
from question_bank.formats.gift_text import SPACES, Text, unescape, unescaped
from question_bank.formats.markup import Converted, has_html, joined
from question_bank.formats.western import decode_text, text_or_none
from question_bank.problems import Problem, excerpt
from question_bank.question import MAX_MARKS, Question
from question_bank.types import by_key

_KINDS = {
    "single_choice": "MULTICHOICE MC MULTICHOICE_S MCS MULTICHOICE_V MCV MULTICHOICE_H MCH"
    " MULTICHOICE_VS MCVS MULTICHOICE_HS MCHS",
    "multiple_choice": "MULTIRESPONSE MR MULTIRESPONSE_H MRH MULTIRESPONSE_S MRS"
    " MULTIRESPONSE_HS MRHS",
    "fill_blank": "SHORTANSWER SA MW SHORTANSWER_C SAC MWC",
    "numeric": "NUMERICAL NM",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_CASED = frozenset(["SHORTANSWER_C", "SAC", "MWC"])
_HEAD = r"\{\s*(\d{0,3})\s*:\s*(" + "|".join(sorted(_KIND, key=len, reverse=True)) + r")\s*:"
_START = re.compile(rf"(?<!\\){_HEAD}")
BLANK = "____"

#: From a piece of text to Markdown.
Show = Callable[[str], Converted]


@dataclass
class Gap:
    """One place of the text where something is to be answered."""

    kind: str
    word: str
    marks: int
    answers: list[Answer]


class Cloze(Format):
    """One question a file: blanks where all are typed, else a case with a part for each gap."""

    name = "cloze"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether answers with their kind stand in the text, and none as GIFT has them."""
        if data.startswith(b"PK\x03\x04"):
            return False
        text = (text_or_none(data) or "")[:200_000]
        return _START.search(text) is not None and not GIFT_SIGNS.search(text)

    def read(self, data: bytes) -> Reading:
        """Return the question.

        :raises FileUnreadable: for bytes that are no text.
        """
        text, encoding, problems = decode_text(data)
        body = text.replace("\r\n", "\n").replace("\r", "\n").strip(SPACES)
        line = text[: len(text) - len(text.lstrip(SPACES))].count("\n") + 1
        return Reading(self.name, encoding, [draft_of(body, f"line {line}")], problems)


def draft_of(body: str, where: str) -> Draft:
    """Return what became of a text with embedded answers."""
    clean, hidden = without_invisible(body)
    found: list[Problem] = []
    if hidden:
        found.append(Problem(where, "invisible_removed", {"field": "", "characters": hidden}))
    lost: list[Converted] = []
    question = embedded(clean, where, found, lost)
    if question is None:
        return Draft(where, "draft", None, clean, problems=tuple(found), answer_text=clean)
    found += joined(lost).problems(where)
    if all(problem.is_warning for problem in found):
        found += [replace(p, where=where) for p in by_key(question.type).problems(question)]
    ready = all(problem.is_warning for problem in found)
    return Draft(
        where,
        "ready" if ready else "draft",
        question.type,
        question.stem,
        answer=question.answer if ready else None,
        marks=question.marks,
        problems=tuple(found),
        answer_text=clean,
        details=question.details if ready else {},
    )


def _as_moodle(text: str) -> Converted:
    return Text(text, "moodle").markdown()


def embedded(
    text: str,
    where: str,
    found: list[Problem],
    lost: list[Converted],
    show: Show = _as_moodle,
) -> Question | None:
    """Return a text with embedded answers as a question; None if its braces are wrong.

    What is not certain is added to *found*, what texts lost to *lost*.

    :param show: from a piece of the text to Markdown.
    """
    pieces, gaps, wrong = _pieces(text)
    if wrong:
        found.append(Problem(where, wrong, {}, excerpt(text)))
        return None
    feedback = [f"#{one.feedback}" for gap in gaps for one in gap.answers if one.feedback]
    if feedback:
        found.append(Problem(where, "not_carried_over", {"names": excerpt("、".join(feedback))}))

    def shown(piece: str) -> str:
        lost.append(show(unescape(piece)))
        return lost[-1].text

    parts = [_part(gap, number, where, found, shown) for number, gap in enumerate(gaps, 1)]
    return _blanks(pieces, gaps, parts, shown) or _case(pieces, parts, shown)


def _pieces(text: str) -> tuple[list[str], list[Gap], str]:
    """Return the texts around the gaps, the gaps, and the code of what is wrong with braces."""
    pieces, gaps = [], []
    at = 0
    while start := _START.search(text, at):
        end = next(unescaped(text[start.end() :], "[{}]"), None)
        if end is None or end[0] == "{":
            return [], [], "gift_no_end"
        answers = _answers(text[start.end() : start.end() + end.start()])
        gaps.append(Gap(_KIND[start[2]], start[2], int(start[1] or 1), answers))
        pieces.append(text[at : start.start()])
        at = start.end() + end.end()
    pieces.append(text[at:])
    left = any(True for piece in pieces for _ in unescaped(piece, "[{}]"))
    return pieces, gaps, "gift_no_start" if left else ""


def _answers(body: str) -> list[Answer]:
    """Return the answers between ``~``; one that is right begins with ``=``."""
    cuts = [found.start() for found in unescaped(body, "~")]
    starts, ends = [0, *(place + 1 for place in cuts)], [*cuts, len(body)]
    pieces = [body[a:b].strip(SPACES) for a, b in zip(starts, ends, strict=True)]
    return [
        answer_of("=", piece[1:]) if piece.startswith("=") else answer_of("~", piece)
        for piece in pieces
    ]


def _part(
    gap: Gap, number: int, where: str, found: list[Problem], shown: Callable[[str], str]
) -> Question:
    """Return a gap as a question of its own; what is not certain is added to *found*."""
    shares = [one.share for one in gap.answers]
    content: dict[str, Any]
    if gap.kind in ("single_choice", "multiple_choice"):
        texts = [shown(one.raw) for one in gap.answers]
        several = gap.kind == "multiple_choice"
        weighed = weights.several_right(shares) if several else weights.one_right(shares)
        code = weighed.code
        content = {"options": texts, "answer": list(weighed.right) or None}
    else:
        code, answer = _typed(gap, shares)
        content = {"answer": answer}
        content |= {"details": {"case_sensitive": True}} if gap.word in _CASED else {}
    if code:
        given = "; ".join(one.raw for one in gap.answers)
        found.append(Problem(where, code, _params(shares, given), excerpt(given)))
    part = {"type": gap.kind, "stem": f"({number})", "marks": max(gap.marks, 1), **content}
    return Question.from_json(part)


def _params(shares: list[Decimal], given: str) -> dict[str, str]:
    return {"weights": weights.named(shares), "names": excerpt(given)}


def _typed(gap: Gap, shares: list[Decimal]) -> tuple[str, list[Any] | None]:
    """Return the code of what is wrong with the answers to type, and those that are right."""
    if any(0 < share != 100 for share in shares):
        return "weights_not_carried", None
    texts = [unescape(one.raw) for one in gap.answers if one.share == 100]
    if not texts:
        return "no_right_marked", None
    if gap.kind == "fill_blank":
        code = "gift_wildcard" if any("*" in text for text in texts) else ""
        code = "markup_lost" if any(map(has_html, texts)) else code
        return code, [texts]
    values = [value for text in texts if (value := accepted_value(text))]
    if len(values) < len(texts):
        return "gift_number_wrong", None
    others = [accepted_value(unescape(one.raw)) for one in gap.answers if one.share <= 0]
    doubt = any(other and is_among(other, values) for other in others)
    return "weights_not_carried" if doubt else "", values


def _blanks(
    pieces: list[str], gaps: list[Gap], parts: list[Question], shown: Callable[[str], str]
) -> Question | None:
    """Return it as blanks if all gaps are typed, worth the same and compared alike."""
    alike = {(gap.marks, gap.word in _CASED) for gap in gaps}
    if any(gap.kind != "fill_blank" for gap in gaps) or len(alike) > 1:
        return None
    stem = shown(BLANK.join(pieces))
    answers = [one for part in parts for one in part.answer or [[]]]
    return replace(parts[0], stem=stem, answer=answers, marks=_marks(parts))


def _case(pieces: list[str], parts: list[Question], shown: Callable[[str], str]) -> Question:
    """Return it as a case, its gaps numbered."""
    text = "".join(f"{p}({i}) {BLANK}" for i, p in enumerate(pieces[:-1], 1)) + pieces[-1]
    details = {"parts": [part.to_json() for part in parts]}
    return Question("case", shown(text), (), None, marks=_marks(parts), details=details)


def _marks(parts: list[Question]) -> int:
    return min(int(sum(part.marks for part in parts)), int(MAX_MARKS))
