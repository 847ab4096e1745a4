"""Questions as Moodle XML: every text as Markdown, pictures beside the texts that show them."""

import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from question_bank.formats.carrying import (
    beside_problems,
    lost,
    refused,
    text_problems,
    type_problem,
)
from question_bank.formats.gift_drafts import accepted_value
from question_bank.formats.making import SPACES
from question_bank.formats.moodle.texts import PLUGIN
from question_bank.problems import Problem
from question_bank.question import Question
from question_bank.types.fill_blank import accepted_texts
from question_bank.types.ordering import SUBSEQUENCE
from question_bank.types.texts import texts_of

NAME = "moodle-xml"
#: What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IMAGE = re.compile(r"(!\[[^\]]*\]\()([0-9a-f]{64}\.\w{3,4})(?=\))")

Pictures = Mapping[str, bytes]


def losses(question: Question) -> list[Problem]:
    """Return what of *question* Moodle XML cannot carry; one problem if it is all of it."""
    none = type_problem(NAME, question, _WRITERS) or _shape_problem(question)
    if none:
        return [none]
    found = [one for one in beside_problems(NAME, question, tags=True) if one.where != "marks"]
    tags = [text.strip(SPACES) for text in question.tags]
    if list(question.tags) != list(dict.fromkeys(tag for tag in tags if tag)):
        found.append(
            lost(NAME, "tags", "重复的标签和首尾的空格", "tags twice, spaces at their ends")
        )
    texts = [("stem", question.stem), ("explanation", question.explanation)]
    texts += [(f"options.{i}", text) for i, text in enumerate(question.options)]
    if question.type == "fill_blank":
        texts += [("answer", text) for text in question.answer[0]]
    texts += [("details.choices", one) for one in texts_of(question.details.get("choices"))]
    texts += [("tags", one) for one in question.tags]
    said = text_problems(NAME, texts, pictures=True)
    for where, text in texts:
        ends = text != text.strip(SPACES) and text == text.strip(" \t")
        if ends or re.search("[\ufffe\uffff]", text):
            said.append(lost(NAME, where, "首尾的换行", "line ends at the ends"))
    return [*found, *said, *_detail_problems(question)]


def can_carry(question: Question) -> bool:
    """Tell whether *question* can be written, be it with losses."""
    return all(problem.code != "cannot_carry_type" for problem in losses(question))


def _shape_problem(question: Question) -> Problem | None:
    """Return the problem of a question that Moodle has no place for though it has its type."""
    if question.type == "fill_blank":
        if len(question.answer) > 1:
            return refused(NAME, "有几个空的填空题", "fill-in (with several blanks)")
        if not all(text.strip(SPACES) for text in question.answer[0]):
            return refused(NAME, "有空白答案的填空题", "fill-in (with an empty answer)")
    if question.type == "numeric":
        for one in question.answer:
            whole = {"value": one["value"], "tolerance": one.get("tolerance", "0")}
            if accepted_value(f"{whole['value']}:{whole['tolerance']}") != whole:
                return refused(NAME, "答案不是普通小数的数值题", "numeric (with no plain decimals)")
    return None


def _detail_problems(question: Question) -> list[Problem]:
    found: list[Problem] = []
    details = question.details
    if question.type == "short_answer":
        if question.answer:
            found.append(lost(NAME, "answer", "参考答案", "the model answers"))
        if details.get("rubric"):
            found.append(lost(NAME, "details", "评分要点", "the rubric"))
        if "max_length" in details:
            found.append(lost(NAME, "details", "字数上限", "the longest length"))
    if question.type == "matching" and _order_differs(question):
        found.append(lost(NAME, "details", "右边的顺序", "the order of the right side"))
    if question.type == "ordering" and list(question.answer) != list(range(len(question.answer))):
        found.append(lost(NAME, "options", "打乱的顺序", "the order in which steps are listed"))
    return found


def _order_differs(question: Question) -> bool:
    """Tell whether reading would bring the choices in another order, which means the same."""
    used = dict.fromkeys(target for _, target in sorted(question.answer))
    count = len(question.details["choices"])
    return [*used, *(i for i in range(count) if i not in used)] != list(range(count))


def quiz(questions: Iterable[Question], pictures: Pictures) -> bytes:
    """Return a file of the questions that can be carried."""
    written = [_question(one, pictures) for one in questions if can_carry(one)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *written, "</quiz>", ""]
    return "\n".join(lines).encode("utf-8")


def _question(question: Question, pictures: Pictures) -> str:
    kind, own = _WRITERS[question.type]
    tags = "".join(f"<tag>{_plain(tag)}</tag>" for tag in question.tags)
    lines = [
        f'<question type="{kind}">',
        f"<name>{_plain(' '.join(question.stem.split())[:60])}</name>",
        _text("questiontext", question.stem, pictures),
        _text("generalfeedback", question.explanation, pictures),
        f"<defaultgrade>{question.marks}</defaultgrade>",
        *own(question, pictures),
        *([f"<tags>{tags}</tags>"] if tags else []),
        "</question>",
    ]
    return "\n".join(lines)


def _xml(text: str) -> str:
    return escape(_ILLEGAL.sub("", text), {"\r": "&#13;"})


def _plain(text: str) -> str:
    return f"<text>{_xml(text)}</text>"


def _text(
    name: str, text: str, pictures: Pictures, more: str = "", inside: Sequence[str] = ()
) -> str:
    """Return an element with a text as Markdown, its pictures, and what else belongs in it."""
    used = dict.fromkeys(one[2] for one in _IMAGE.finditer(text) if one[2] in pictures)

    def linked(found: re.Match[str]) -> str:
        return found[1] + (PLUGIN if found[2] in pictures else "") + found[2]

    files = [
        f'<file name={quoteattr(one)} path="/" encoding="base64">'
        f"{base64.b64encode(pictures[one]).decode()}</file>"
        for one in used
    ]
    body = "".join([_plain(_IMAGE.sub(linked, text)), *files, *inside])
    return f'<{name} format="markdown"{more}>{body}</{name}>'


def _share(percent: Any) -> str:
    return f' fraction="{percent}"'


def _choice(question: Question, pictures: Pictures) -> list[str]:
    several = question.type == "multiple_choice"
    right = f"{float(Fraction(100, len(question.answer))):.5f}".rstrip("0").rstrip(".")
    wrong = "-100" if several else "0"
    options = [
        _text("answer", text, pictures, _share(right if index in question.answer else wrong))
        for index, text in enumerate(question.options)
    ]
    settings = ["<shuffleanswers>true</shuffleanswers>", "<answernumbering>ABCD</answernumbering>"]
    return [f"<single>{'false' if several else 'true'}</single>", *settings, *options]


def _truth(question: Question, pictures: Pictures) -> list[str]:
    return [
        f'<answer fraction="{100 * (question.answer[0] is word)}" format="plain_text">'
        f"{_plain(str(word).lower())}</answer>"
        for word in (True, False)
    ]


def _blank(question: Question, pictures: Pictures) -> list[str]:
    cased = 1 if question.details.get("case_sensitive") else 0
    return [
        f"<usecase>{cased}</usecase>",
        *(
            f'<answer fraction="100" format="plain_text">{_plain(_starred(text))}</answer>'
            for text in accepted_texts(question.answer)[0]
        ),
    ]


def _starred(text: str) -> str:
    return text.replace("*", "\\*")


def _numeric(question: Question, pictures: Pictures) -> list[str]:
    answers = [
        f'<answer fraction="100" format="plain_text">{_plain(one["value"])}'
        f"<tolerance>{_xml(one.get('tolerance', '0'))}</tolerance></answer>"
        for one in question.answer
    ]
    unit = question.details.get("unit") or ""
    if not unit:
        return [*answers, "<showunits>3</showunits>"]
    graded = 1 if question.details.get("unit_required") else 0
    return [
        *answers,
        f"<units><unit><multiplier>1</multiplier><unit_name>{_xml(unit)}</unit_name></unit></units>",
        f"<unitgradingtype>{graded}</unitgradingtype>",
        "<unitpenalty>1</unitpenalty>",
        "<showunits>0</showunits>",
    ]


def _matching(question: Question, pictures: Pictures) -> list[str]:
    choices = texts_of(question.details["choices"])
    pairs = dict(sorted(question.answer))
    rows = [(question.options[i], choices[pairs[i]]) for i in pairs]
    rows += [("", one) for i, one in enumerate(choices) if i not in pairs.values()]
    return [
        "<shuffleanswers>true</shuffleanswers>",
        *(
            _text("subquestion", left, pictures, "", [_text("answer", right, pictures)])
            for left, right in rows
        ),
    ]


def _ordering(question: Question, pictures: Pictures) -> list[str]:
    partly = question.details.get("scoring") == SUBSEQUENCE
    grading = "LONGEST_ORDERED_SUBSET" if partly else "ALL_OR_NOTHING"
    answers = [
        _text("answer", question.options[index], pictures, _share(place))
        for place, index in enumerate(question.answer, 1)
    ]
    return [f"<selecttype>ALL</selecttype><gradingtype>{grading}</gradingtype>", *answers]


def _essay(question: Question, pictures: Pictures) -> list[str]:
    return ["<responseformat>editor</responseformat>"]


#: Type → its name in Moodle and what writes its own elements.
_WRITERS: Mapping[str, tuple[str, Callable[[Question, Pictures], list[str]]]] = {
    "single_choice": ("multichoice", _choice),
    "multiple_choice": ("multichoice", _choice),
    "true_false": ("truefalse", _truth),
    "fill_blank": ("shortanswer", _blank),
    "numeric": ("numerical", _numeric),
    "matching": ("matching", _matching),
    "ordering": ("ordering", _ordering),
    "short_answer": ("essay", _essay),
}
