"""Lists of answers: 1-5 ABCDA, 1.A 2.B, 一、单选题 1.A; and whose they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from question_bank.formats.paper.headings import Heading, key_heading
from question_bank.formats.paper.labels import fields_of
from question_bank.formats.paper.lines import Line
from question_bank.formats.paper.marks import pieces_of

_LETTERS = "A-Ja-jАВСЕНΑΒΕΗ"
_VALUE = (
    rf"(?:[{_LETTERS}]{{1,10}}|[√✓✔×✗✘]|正确|错误|对|错|[TtFf]|true|false|True|False|TRUE|FALSE)"
)
_GAP = r"[\s,、;。|]*"
_SINGLE = re.compile(
    rf"{_GAP}[(\[]?(\d{{1,4}})\s*[.、:)\]]?\s*({_VALUE})(?=[\s,、;。|]|$|[(\[]?\d)"
)
_RANGE = re.compile(
    rf"{_GAP}[(\[]?(\d{{1,4}})\s*[-~—–至到]{{1,2}}\s*(\d{{1,4}})\s*题?\s*[.、:)\]]?\s*"
    rf"((?:{_VALUE}[\s,、;|]*)+)(?=$|[(\[]?\d|[。])"
)
_WORD = re.compile(_VALUE)
_ENTRY = re.compile(r"[(\[]?(\d{1,4})\s*[.、:)\]]\s*(\S.*)$")
_TITLE = re.compile(
    r"[【\[(]?(?:附[录件表]?\s*\d?\s*:?\s*)?[^:.、()]{0,20}?(?:参考|标准|正确)?答案"
    r"(?:及解析|与解析|及评分标准|及评分参考|汇总|列表|一览|表|部分)?[】\])]?\s*:?$"
)
#: Kinds whose answers are words.
WRITTEN = ("fill_blank", "short_answer", "numeric")


@dataclass
class Key:
    """The answers of one section: number → answer and where it stands."""

    kind: str | None = None
    number: int | None = None
    answers: dict[int, tuple[str, str]] = field(default_factory=dict)
    #: Numbers that are there twice with different answers.
    doubtful: set[int] = field(default_factory=set)
    where: str = ""

    def add(self, number: int, answer: str, where: str) -> None:
        """Keep an answer; two that differ leave both in doubt."""
        known = self.answers.setdefault(number, (answer, where))
        if known[0] != answer:
            self.doubtful.add(number)


def entries_of(line: Line, begin: int = 0) -> list[tuple[int, str]] | None:
    """Return numbers and answers of a line that holds nothing else; None for another line."""
    found: list[tuple[int, str]] = []
    place = begin
    while line.flat[place:].strip(" ,、;。|\t"):
        several = _RANGE.match(line.flat, place)
        one = None if several else _SINGLE.match(line.flat, place)
        if several:
            answers = _answers(several, line.text)
            if answers is None:
                return None
            found += answers
            place = several.end()
        elif one:
            found.append((int(one[1]), line.text[one.start(2) : one.end(2)]))
            place = one.end()
        else:
            return None
    return found or None


def _answers(found: re.Match[str], text: str) -> list[tuple[int, str]] | None:
    """Return the answers of a range, if there are exactly as many as numbers."""
    first, last = int(found[1]), int(found[2])
    count = last - first + 1
    if not 2 <= count <= 200:
        return None
    words = [
        (m.start() + found.start(3), m.end() + found.start(3)) for m in _WORD.finditer(found[3])
    ]
    if len(words) != count:
        letters = [place for start, end in words for place in range(start, end)]
        if any(re.fullmatch(r"正确|错误|[TtFfRrUuEeLlSsAa]{4,5}", text[s:e]) for s, e in words):
            return None
        words = [(place, place + 1) for place in letters]
    if len(words) != count:
        return None
    return [(first + n, text[start:end]) for n, (start, end) in enumerate(words)]


def is_key_line(line: Line) -> bool:
    """Tell whether a line can only be a list of answers: it has a range of numbers."""
    return _RANGE.match(line.flat) is not None and entries_of(line) is not None


def is_title(line: Line) -> bool:
    """Tell whether a line may be the title of a list of answers."""
    return bool(line.flat) and len(line.text) <= 40 and _TITLE.match(line.flat) is not None


def read_keys(lines: Sequence[Line], begin: int) -> list[Key] | None:
    """Return the answers from *begin* to the end; None if anything else stands there.

    A list in words is one only under headings of sections: it may as well be somebody's answer.
    """
    found = [Key(where=lines[begin].where)] if begin < len(lines) else []
    clear = False
    for line in islice(lines, begin, None):
        if not line.text or is_title(line):
            continue
        here = found[-1]
        entries = entries_of(line)
        if entries is None:
            heading = key_heading(line)
            if heading and (heading.kind or not _ENTRY.match(line.flat)):
                here = _under(heading, line)
                found.append(here)
                clear = clear or heading.kind is not None
                entries = rest_of(line, heading.rest)
            elif here.kind in WRITTEN and here.answers and not _ENTRY.match(line.flat):
                _lengthen(here, line.text)
                continue
            elif here.kind in WRITTEN:
                entry = _ENTRY.match(line.flat)
                entries = [(int(entry[1]), line.text[entry.start(2) :])] if entry else None
        if entries is None or _is_question(line):
            return None
        clear = clear or (here.kind not in WRITTEN and len(entries) > 0)
        for number, answer in entries:
            here.add(number, answer, line.where)
    kept = [key for key in found if key.answers]
    return kept if clear and kept else None


def _under(heading: Heading, line: Line) -> Key:
    return Key(heading.kind, heading.number, where=line.where)


def rest_of(line: Line, begin: int) -> list[tuple[int, str]] | None:
    """Return the answers behind a heading; none where it only says marks and the like."""
    while begin < len(line.flat) and line.flat[begin] in " :、.,答案题":
        begin += 1
    rest = line.flat[begin:].strip()
    if not rest or re.fullmatch(r"[(【\[].*[)】\]]", rest):
        return []
    return entries_of(line, begin)


def _lengthen(key: Key, text: str) -> None:
    number = next(reversed(key.answers))
    answer, where = key.answers[number]
    key.answers[number] = (f"{answer}\n{text}", where)


def _is_question(line: Line) -> bool:
    return bool(fields_of(line)) or len(pieces_of(line)) > 2
