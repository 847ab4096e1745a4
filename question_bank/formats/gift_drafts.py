"""From a question of GIFT that was taken apart to a draft: its type, its answer, its problems."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal, localcontext
from typing import Any

from question_bank.formats import weights
from question_bank.formats.base import Draft
from question_bank.formats.cells import without_invisible
from question_bank.formats.gift_blocks import Block
from question_bank.formats.gift_parse import Answer, Parsed, parse
from question_bank.formats.gift_text import SPACES, Text, cut, text_of, unescape
from question_bank.formats.markup import Converted, has_html, joined
from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types import by_key

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*$", re.ASCII)
_VALUE = re.compile(rf"\s*({_NUMBER})\s*(?::\s*({_NUMBER})\s*)?$", re.ASCII)
_WILD = re.compile(r"(?<!\\)\*")
_END = re.compile(r"[\s.,;:!?\"'。，；：！？”’）)]*$")
BLANK = "____"
#: Longest number or range, in characters.
_LONGEST = 100


@dataclass
class Work:
    """A draft in the making."""

    where: str
    parsed: Parsed
    problems: list[Problem] = field(default_factory=list)
    #: What is left aside, as it stands in the file.
    aside: list[str] = field(default_factory=list)
    converted: list[Converted] = field(default_factory=list)

    def say(self, code: str, found: str | None = None, **params: Any) -> None:
        """Add a problem."""
        self.problems.append(Problem(self.where, code, params, found and excerpt(found)))

    def text(self, text: Text) -> str:
        """Return a text as Markdown; what it lost is said at the end."""
        self.converted.append(text.markdown())
        return self.converted[-1].text

    def say_losses(self) -> None:
        """Say, once each, what texts lost and what was left aside."""
        self.problems += joined(self.converted).problems(self.where)
        if self.aside:
            self.say("not_carried_over", names=excerpt("、".join(self.aside)))


def draft_of(block: Block) -> Draft | Problem:
    """Return what became of a question, or the problem that it is a text without answers."""
    where = f"line {block.line}"
    clean, hidden = without_invisible(block.text)
    parsed = parse(clean)
    work = Work(where, parsed)
    if hidden:
        work.say("invisible_removed", field="", characters=hidden)
    if parsed.body is None:
        return Problem(where, "gift_description", {}, excerpt(parsed.before.text))
    work.aside += [f"[id:{name}]" for name in block.ids]
    kind, content = _content(work)
    work.aside += [f"#{one.feedback}" for one in parsed.answers if one.feedback]
    return _finished(work, kind, content, block.tags)


def _content(work: Work) -> tuple[str | None, dict[str, Any]]:
    """Return the type, None when unclear, and what only it has."""
    parsed = work.parsed
    body = (parsed.body or "").strip(SPACES)
    if parsed.wrong:
        work.say(parsed.wrong, parsed.before.text)
        return None, {}
    if not body:
        return "short_answer", {"answer": []}
    if body.startswith("#"):
        return "numeric", _numeric(work)
    if any(one.sign == "~" for one in parsed.answers):
        return _choice(work)
    if parsed.truth:
        return "true_false", _truth(work, parsed.truth)
    if parsed.lead.strip(SPACES) or not parsed.answers:
        work.say("gift_unmarked", parsed.lead.strip(SPACES))
        return None, {}
    if any("->" in one.raw for one in parsed.answers):
        return "matching", _matching(work)
    return "fill_blank", _blank(work)


def _truth(work: Work, found: re.Match[str]) -> dict[str, Any]:
    parts = [(part or "").strip(SPACES) for part in cut(found[2] or "", "#")]
    work.aside += [f"#{part}" for part in parts if part]
    return {"answer": [found[1].upper().startswith("T")]}


def _choice(work: Work) -> tuple[str | None, dict[str, Any]]:
    answers = work.parsed.answers
    if work.parsed.lead.strip(SPACES):
        work.say("gift_unmarked", work.parsed.lead.strip(SPACES))
    texts = [text_of(one.raw, work.parsed.before.format) for one in answers]
    options = tuple(work.text(text) for text in texts)
    shares = [one.share for one in answers]
    single = any(one.sign == "=" for one in answers)
    weighed = weights.one_right(shares) if single else weights.several_right(shares)
    kind = "single_choice" if single else "multiple_choice"
    if weighed.code:
        work.say(weighed.code, weights=weights.named(shares))
        kind = "" if weighed.code == "no_right_marked" else kind
    return kind or None, {"options": options, "answer": list(weighed.right) or None}


def _blank(work: Work) -> dict[str, Any]:
    accepted: list[str] = []
    for one in work.parsed.answers:
        text = text_of(one.raw, work.parsed.before.format)
        if one.share == 0:
            # What earns nothing is as good as any other wrong answer.
            work.aside += [one.raw] if not one.feedback and one.raw != "*" else []
            continue
        if one.share != 100:
            work.say("weights_not_carried", one.raw, weights=weights.named([one.share]))
        if _WILD.search(text.text):
            work.say("gift_wildcard", text.text)
        if text.format in ("html", "moodle") and has_html(text.text):
            work.say("markup_lost", names=excerpt(text.text))
        accepted.append(text.text.replace("\\*", "*"))
    if not accepted:
        work.say("no_right_marked")
    return {"answer": [accepted] if accepted else None}


def _matching(work: Work) -> dict[str, Any]:
    choices: dict[str, int] = {}
    options: list[str] = []
    pairs: list[list[int]] = []
    format = work.parsed.before.format
    for one in work.parsed.answers:
        left, arrow, right = one.raw.partition("->")
        if not arrow or one.weight is not None:
            work.say("gift_pair_wrong", one.raw)
            continue
        # The right side is plain text wherever the question is not Markdown.
        target = Text(unescape(right.strip(SPACES)), format if format == "markdown" else "plain")
        place = choices.setdefault(work.text(target), len(choices))
        prompt = work.text(text_of(left, format))
        if prompt.strip():
            pairs.append([len(options), place])
            options.append(prompt)
    return {"options": tuple(options), "answer": pairs, "details": {"choices": list(choices)}}


def _numeric(work: Work) -> dict[str, Any]:
    parsed = work.parsed
    lead, feedback = cut(parsed.lead.strip(SPACES)[1:], "#")
    work.aside += [f"#{feedback.strip(SPACES)}"] if feedback and feedback.strip(SPACES) else []
    answers = list(parsed.answers)
    if lead.strip(SPACES):
        answers.insert(0, Answer("=", None, lead.strip(SPACES), ""))
    accepted: list[dict[str, str]] = []
    for one in answers:
        if one.sign == "~" and not one.raw and not one.share:
            continue
        value = accepted_value(unescape(one.raw))
        if value is None:
            work.say("gift_number_wrong", one.raw)
        elif one.share == 100:
            accepted.append(value)
        elif one.share != 0 or is_among(value, accepted):
            work.say("weights_not_carried", one.raw, weights=weights.named([one.share]))
    if not accepted and not work.problems:
        work.say("no_right_marked")
    return {"answer": accepted or None}


def accepted_value(text: str) -> dict[str, str] | None:
    """Return ``3:2`` or ``1..5`` as a value with its tolerance; None if it is neither."""
    if len(text) > _LONGEST:
        return None
    ends = _RANGE.match(text)
    if ends:
        low, high = Decimal(ends[1]), Decimal(ends[2])
        with localcontext(Context(prec=400)):
            middle, half = (low + high) / 2, (high - low) / 2
        return {"value": f"{middle:f}", "tolerance": f"{half:f}"} if half >= 0 else None
    found = _VALUE.match(text)
    if not found or (found[2] or "").startswith("-"):
        return None
    return {"value": found[1], "tolerance": found[2] or "0"}


def is_among(value: dict[str, str], accepted: Sequence[dict[str, str]]) -> bool:
    """Tell whether a value that earns nothing may be one that earns all."""
    number, own = Decimal(value["value"]), Decimal(value["tolerance"])
    return any(
        abs(number - Decimal(one["value"])) <= own + Decimal(one["tolerance"]) for one in accepted
    )


def _stem(work: Work, kind: str | None) -> str:
    before, after = work.parsed.before, work.parsed.after
    if not after.strip(SPACES) or work.parsed.wrong:
        return work.text(before)
    # After a statement there is nothing to fill in.
    blank = "" if kind == "true_false" and _END.match(after) else BLANK
    gap = " " if blank and work.parsed.spaced else ""
    return work.text(replace(before, text=f"{before.text}{gap}{blank}{unescape(after)}"))


def _finished(
    work: Work, kind: str | None, content: dict[str, Any], tags: tuple[str, ...]
) -> Draft:
    parsed = work.parsed
    stem = _stem(work, kind)
    explanation = work.text(parsed.general) if parsed.general else ""
    if parsed.title and not stem.startswith(parsed.title):
        work.aside.insert(0, f"::{parsed.title}::")
    work.say_losses()
    body = (parsed.body or "").strip(SPACES)
    if not stem.strip():
        work.say("stem_missing")
        return Draft(work.where, "rejected", kind, "", problems=tuple(work.problems))
    question = Question(kind or "", stem, (), None, explanation=explanation, tags=tags)
    question = replace(question, **content)
    doubt = any(not problem.is_warning for problem in work.problems)
    if kind:
        silent = {"answer_missing"} if doubt else set()
        own = [p for p in by_key(kind).problems(question) if p.code not in silent]
        work.problems += [replace(problem, where=work.where) for problem in own]
    ready = all(problem.is_warning for problem in work.problems)
    return Draft(
        work.where,
        "ready" if ready else "draft",
        kind,
        stem,
        question.options,
        question.answer if ready else None,
        explanation,
        tags=tags,
        problems=tuple(work.problems),
        answer_text=body,
        details=question.details,
    )
