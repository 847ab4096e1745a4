"""Lines that say what follows: 答案：, 【解析】, 难度：."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.formats.paper.lines import Line

_WORDS = {
    "answer": "正确答案 标准答案 参考答案 试题答案 本题答案 题目答案 答案要点 参考要点"
    " 正确选项 正确项 答案 correctanswer answerkey answer ans 答",
    "explanation": "答案解析 试题解析 题目解析 参考解析 答案说明 解析 详解 解释 解答 说明"
    " explanation analysis",
    "source": "法律依据 法规依据 参考依据 答案依据 命题依据 出题依据 题目来源 试题来源 依据"
    " 出处 来源 source reference",
    "difficulty": "难度系数 难易程度 难度等级 难易度 难度 difficulty",
    "marks": "本题分值 题目分值 题目分数 分值 分数 marks score points",
    "tags": "所属章节 知识点 标签 考点 章节 分类 类别 tags tag",
    "type": "试题类型 题目类型 题型 type",
    # What somebody once gave is not what is right.
    "ignored": "我的答案 学生答案 你的答案 考生答案 您的答案 我的得分 得分",
}
_FIELD = {word: key for key, words in _WORDS.items() for word in words.split()}
_ANY = "|".join(sorted(_FIELD, key=len, reverse=True)).replace("correctanswer", r"correct\sanswer")
_FIRST = re.compile(
    rf"[【\[(<〔]\s*(?P<in>{_ANY})\s*[】\])>〕]\s*[:=]?\s*|(?P<out>{_ANY})\s*[:=]\s*"
    rf"|(?:正确|标准|参考)?答案(?:是|为)?\s+(?=[A-J√×对错正TF])",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"[【\[〔]\s*(?P<in>{_ANY})\s*[】\]〕]\s*[:=]?\s*"
    rf"|(?<=[\s;,。|])(?P<out>{_ANY})\s*[:=]\s*",
    re.IGNORECASE,
)
#: An answer in the line of the question or of its last option.
_INLINE = re.compile(
    r"[【\[〔]\s*(?:正确|参考|标准)?答案\s*[】\]〕]\s*:?\s*"
    r"|(?<=[\s^*)|。?;,\]】.])[(]?(?:正确|参考|标准)?答案\s*:\s*",
)
_SHORT = re.compile(
    r"\s*(?:[A-Ja-jАВСЕНΑΒΕΗ](?:[\s,、;]*[A-Ja-jАВСЕНΑΒΕΗ])*|[√✓✔×✗✘]|对|错|正确|错误|是|否"
    r"|true|false|t|f)\s*[.。)]?\s*(?=$|[【\[〔]|\s(?:答案)?(?:解析|依据|难度|分值|标签|知识点)\s*:)",
    re.IGNORECASE,
)
_LONG_FIELDS = ("explanation", "source")


@dataclass(frozen=True)
class Field:
    """A label with the text after it; *start* is where the label begins in its line."""

    name: str
    text: str
    start: int = 0


def fields_of(line: Line) -> list[Field]:
    """Return the labelled texts of a line that begins with a label; nothing for another."""
    first = _FIRST.match(line.flat)
    return list(_fields(line, first)) if first else []


def inline_fields(line: Line) -> list[Field]:
    """Return the labelled texts that end a line, if the first is an answer beyond doubt."""
    found = [
        m for m in _INLINE.finditer(line.flat) if m.start() and _SHORT.match(line.flat, m.end())
    ]
    return list(_fields(line, found[0])) if len(found) == 1 else []


def _fields(line: Line, first: re.Match[str]) -> Iterator[Field]:
    mark: re.Match[str] | None = first
    while mark is not None:
        names = mark.groupdict()
        word = (names.get("in") or names.get("out") or "答案").lower().replace(" ", "")
        name = _FIELD[word]
        following = _NEXT.search(line.flat, mark.end())
        while following and name in _LONG_FIELDS and not _ends_long(line, following):
            following = _NEXT.search(line.flat, following.end())
        end = following.start() if following else len(line.text)
        text = line.text[mark.end() : end].strip()
        yield Field(name, text.rstrip(";；|") if following else text, mark.start())
        mark = following


def _ends_long(line: Line, mark: re.Match[str]) -> bool:
    """Tell whether a label ends an explanation; without brackets only what names no answer."""
    if mark["out"] is None:
        return True
    name = _FIELD[mark["out"].lower().replace(" ", "")]
    return (
        name in ("source", "difficulty", "marks", "tags") and line.flat[mark.start() - 1].isspace()
    )
