"""From a question of Moodle XML to a draft: its type, its answer, its problems."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from question_bank.formats import weights
from question_bank.formats.base import Draft
from question_bank.formats.gift_drafts import accepted_value, is_among
from question_bank.formats.gift_text import Text
from question_bank.formats.making import SPACES, Making
from question_bank.formats.markup import has_html
from question_bank.formats.moodle import gaps
from question_bank.formats.moodle.texts import Files, format_of, markdown, raw_text, shown
from question_bank.formats.pictures import Pictures
from question_bank.formats.xml_tree import Element, children, first
from question_bank.problems import excerpt

#: What a question may have that is left aside, by name.
_ASIDE = (
    "hint",
    "idnumber",
    "graderinfo",
    "responsetemplate",
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
    "maxwordlimit",
    "minwordlimit",
)

Content = tuple[str | None, dict[str, Any]]


def draft_of(question: Element, where: str, category: str, pictures: Pictures) -> Draft:
    """Return what became of a question."""
    files = Files(pictures)
    work = Making(where, files.attached)
    kind = (question.get("type") or "").strip().lower()
    stem = _stem(work, files, question, kind)
    general = shown(work, files, first(question, "generalfeedback"))
    content: dict[str, Any] = {"stem": stem, "explanation": general}
    content["tags"] = _tags(work, question, category)
    content["marks"] = work.marks(question.findtext("defaultgrade") or "")
    reader = _READERS.get(kind)
    if reader is None:
        work.say("interaction_not_supported", kind)
        key = None
    else:
        key, own = reader(work, files, question)
        content |= own
    _leave(work, question)
    if files.unused:
        work.say("file_not_taken", "、".join(files.unused))
    return work.finished(key, content, _answers_of(question))


def _stem(work: Making, files: Files, question: Element, kind: str) -> str:
    """Return the text; answers embedded in it are taken out of it by their own reader."""
    holder = first(question, "questiontext")
    if holder is not None and _READERS.get(kind) is _cloze:
        files.open(holder)
        return ""
    return shown(work, files, holder) + _old_picture(work, files, question)


def _tags(work: Making, question: Element, category: str) -> tuple[str, ...]:
    tags = [category, *(work.seen(raw_text(one)) for one in question.findall("tags/tag"))]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _old_picture(work: Making, files: Files, question: Element) -> str:
    """Return the picture that old versions of Moodle keep beside the text."""
    content = "".join((question.findtext("image_base64") or "").split())
    if not content:
        return ""
    name = files.attached.name(f"data:image/png;base64,{content}")
    return f"\n\n![]({name})" if name else ""


def _leave(work: Making, question: Element) -> None:
    """Name what has something in it and no place here."""
    for name in _ASIDE:
        holders = question.findall(name)
        if any(raw_text(one).strip(SPACES) not in ("", "0") for one in holders):
            work.leave(name)
    if any(raw_text(one).strip(SPACES) for one in question.findall("answer/feedback")):
        work.leave("feedback")
    if (question.findtext("shuffleanswers") or "1").strip() in ("0", "false"):
        work.leave("shuffleanswers=0")
    numbering = (question.findtext("answernumbering") or "").strip()
    if numbering not in ("", "none", "abc", "ABC", "ABCD"):
        work.leave(f"answernumbering={numbering}")


def _answers_of(question: Element) -> str:
    """Return the answers as they stand in the file, for a person to mend."""
    lines = [
        f"{one.get('fraction', '')} % {excerpt(raw_text(one).strip(SPACES))}".strip(" %")
        for one in children(question, "answer")
    ]
    return "\n".join(lines[:20])


def share_of(work: Making, answer: Element) -> Decimal:
    """Return the percent that an answer earns; what is no number is a problem."""
    text = (answer.get("fraction") or "0").strip()
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal("NaN")
    if not share.is_finite() or abs(share) > 100:
        work.say("weights_not_carried", text, weights=excerpt(text))
        return Decimal(0)
    return share


def _choice(work: Making, files: Files, question: Element) -> Content:
    answers = list(children(question, "answer"))
    options = tuple(shown(work, files, one) for one in answers)
    shares = [share_of(work, one) for one in answers]
    single = (question.findtext("single") or "true").strip().lower() in ("true", "1")
    kind = "single_choice" if single else "multiple_choice"
    weighed = weights.one_right(shares) if single else weights.several_right(shares)
    if weighed.code == "weights_not_carried":
        work.say(weighed.code, weights=weights.named(shares[:10]))
    return kind, {"options": options, "answer": list(weighed.right) or None}


def _truth(work: Making, files: Files, question: Element) -> Content:
    right = []
    for one in children(question, "answer"):
        word = raw_text(one).strip(SPACES).lower()
        share = share_of(work, one)
        if share == 100 and word in ("true", "false"):
            right.append(word == "true")
        elif share > 0:
            work.say("answer_not_understood", word or "–")
    return "true_false", {"answer": right if len(right) == 1 else None}


def _blank(work: Making, files: Files, question: Element) -> Content:
    accepted: list[str] = []
    for one in children(question, "answer"):
        text, share = work.seen(raw_text(one)), share_of(work, one)
        if share <= 0:
            # What earns nothing is as good as any other wrong answer.
            continue
        if share != 100:
            work.say("weights_not_carried", text, weights=weights.named([share]))
        if "*" in text.replace("\\*", ""):
            work.say("gift_wildcard", text)
        if format_of(one) == "html" and has_html(text):
            work.say("markup_lost", names=excerpt(text))
        accepted.append(text.replace("\\*", "*"))
    cased = (question.findtext("usecase") or "0").strip() == "1"
    details = {"case_sensitive": True} if cased else {}
    return "fill_blank", {"answer": [accepted] if accepted else None, "details": details}


def _numeric(work: Making, files: Files, question: Element) -> Content:
    accepted: list[dict[str, str]] = []
    for one in children(question, "answer"):
        text, share = raw_text(one).strip(SPACES), share_of(work, one)
        if share <= 0 and text == "*":
            continue
        value = accepted_value(f"{text}:{(one.findtext('tolerance') or '0').strip() or '0'}")
        if value is None:
            work.say("number_wrong", text)
        elif share == 100:
            accepted.append(value)
        elif share > 0 or is_among(value, accepted):
            work.say("weights_not_carried", text, weights=weights.named([share]))
    return "numeric", {"answer": accepted or None, "details": _unit(work, question)}


def _unit(work: Making, question: Element) -> dict[str, Any]:
    units = [
        (work.seen(one.findtext("unit_name") or ""), (one.findtext("multiplier") or "1").strip())
        for one in question.findall("units/unit")
    ]
    units = [unit for unit in units if unit[0]]
    if not units or (question.findtext("showunits") or "").strip() == "3":
        return {}
    graded = (question.findtext("unitgradingtype") or "0").strip() not in ("", "0")
    penalty = (question.findtext("unitpenalty") or "0").strip().rstrip("0").rstrip(".")
    if len(units) > 1 or units[0][1].rstrip("0").rstrip(".") != "1":
        work.say("units_not_carried", ", ".join(f"{name} × {factor}" for name, factor in units))
    elif graded and penalty != "1":
        work.say("weights_not_carried", weights=f"unitpenalty {penalty}")
    required = {"unit_required": True} if graded else {}
    return {"unit": units[0][0], **required}


def _matching(work: Making, files: Files, question: Element) -> Content:
    choices: dict[str, int] = {}
    options: list[str] = []
    pairs: list[list[int]] = []
    for one in children(question, "subquestion"):
        prompt = shown(work, files, one)
        answer = first(one, "answer")
        raw = work.seen(raw_text(answer))
        format = "plain" if answer is None or not answer.get("format") else format_of(answer)
        target = markdown(work, Text(raw, format))
        if not target.strip(SPACES):
            work.say("pair_incomplete", prompt)
            continue
        place = choices.setdefault(target, len(choices))
        if prompt.strip(SPACES):
            pairs.append([len(options), place])
            options.append(prompt)
    details = {"choices": list(choices)}
    return "matching", {"options": tuple(options), "answer": pairs or None, "details": details}


def _essay(work: Making, files: Files, question: Element) -> Content:
    if (question.findtext("responseformat") or "").strip() == "noinline":
        work.say("interaction_not_supported", "essay (noinline)")
    elif (question.findtext("attachmentsrequired") or "0").strip() not in ("", "0"):
        work.say("interaction_not_supported", "essay (attachmentsrequired)")
    return "short_answer", {"answer": []}


def _ordering(work: Making, files: Files, question: Element) -> Content:
    answers = list(children(question, "answer"))
    places = [share_of(work, one) for one in answers]
    options = tuple(shown(work, files, one) for one in answers)
    if sorted(places) != [Decimal(number) for number in range(1, len(places) + 1)]:
        work.say("weights_not_carried", weights=weights.named(places[:10]))
    order = sorted(range(len(places)), key=lambda index: places[index])
    grading = (question.findtext("gradingtype") or "ALL_OR_NOTHING").strip()
    scoring = "subsequence" if grading == "LONGEST_ORDERED_SUBSET" else "exact"
    if scoring == "exact" and grading != "ALL_OR_NOTHING":
        work.leave(f"gradingtype={grading}")
    if (question.findtext("selecttype") or "ALL").strip() not in ("ALL", "0"):
        work.leave("selecttype")
    return "ordering", {"options": options, "answer": order, "details": {"scoring": scoring}}


def _cloze(work: Making, files: Files, question: Element) -> Content:
    return gaps.cloze(work, files, question)


def _boxes(work: Making, files: Files, question: Element) -> Content:
    return gaps.boxes(work, files, question)


_READERS: dict[str, Callable[[Making, Files, Element], Content]] = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _blank,
    "numerical": _numeric,
    "matching": _matching,
    "essay": _essay,
    "ordering": _ordering,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ddwtos": _boxes,
    "gapselect": _boxes,
}
