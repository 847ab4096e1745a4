"""Header rows: which column is what."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from question_bank.formats.cells import Value, column_letters, plain

#: Field → names, the strongest first.
_NAMES: Mapping[str, str] = {
    "stem": "题干 题目内容 试题内容 试题题干 题目题干 题干内容 试题题目 题目描述 题目名称 试题名称"
    " 问题内容 题目标题 试题标题 题目 试题 问题 题面 题文 question questiontext questionstem"
    " questiontitle questioncontent stem prompt 题 内容 content 标题 title",
    "answer": "正确答案 标准答案 试题答案 题目答案 参考答案 答案 正确选项 正确项 答案内容 答案选项"
    " correctanswer correctanswers rightanswer answerkey answer answers correct correctoption key",
    "type": "题型 试题类型 题目类型 题目题型 试题题型 题型名称 题类 类型 questiontype type",
    "explanation": "答案解析 试题解析 题目解析 整体解析 解析 详解 答案说明 解答 解释 解析内容"
    " 题解 explanation analysis rationale solution feedback",
    "marks": "分值 分数 试题分数 题目分值 题目分数 试题分值 本题分值 每题分值 marks mark score"
    " points point",
    "difficulty": "难度 难易度 难易程度 难易 难度等级 难度系数 试题难度 题目难度 difficulty level",
    "source": "来源 出处 依据 法律依据 法规依据 参考依据 答案依据 题目来源 试题来源 条款 法条"
    " 命题依据 出题依据 教材 source reference references",
    "options": "选项 选项内容 备选答案 备选项 候选项 题目选项 试题选项 选择项 全部选项 options"
    " choices option choice",
    "is_right": "是否正确项 是否正确 是否正确答案 是否答案 是否为答案 正确与否 iscorrect isanswer"
    " isright",
    "number": "序号 题号 编号 题目序号 试题编号 题目编号 试题序号 no id index # 题序 num number",
}
_TAG_NAMES = (
    "标签 知识点 考点 章节 所属章节 分类 类别 题目分类 试题分类 所属分类 专业 科目 课程 岗位 工种"
    " 所属题库 题库 模块 单元 分组 tags tag category chapter topic topics subject"
)
_TAGS = frozenset(_TAG_NAMES.split())
_STRENGTH = {
    name: (key, -rank) for key, names in _NAMES.items() for rank, name in enumerate(names.split())
}
_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
_WORDS = "选项|选择项|备选项|备选答案|候选项|候选答案|答案选项|option|choice|opt"
_LETTERED = re.compile(rf"^(?:{_WORDS}|选择|答案|answer)?[-_:.、(\[]*([a-j])[)\].、]*$")
_LETTER_FIRST = re.compile(r"^([a-j])(?:选项|项|答案)$")
_NUMBERED = re.compile(
    rf"^(?:{_WORDS}|answer)[-_:.、(\[]*(\d{{1,2}}|[一二三四五六七八九十])[)\]]*$"
)
_PICTURE = re.compile(r"图片|插图|配图|视频|音频|picture|image|video|audio")
#: Longest header cell, in characters.
_LONGEST = 40


@dataclass(frozen=True)
class Columns:
    """Which column holds what; columns are counted from 0."""

    #: Field → column, of the keys of _NAMES.
    fields: Mapping[str, int]
    #: Column of each option in order; a lettered gap is None.
    options: Sequence[int | None] = ()
    tags: Sequence[int] = ()
    pictures: Sequence[int] = ()
    #: Column → header as written.
    names: Mapping[int, str] = field(default_factory=dict)
    #: How many columns the header fills.
    width: int = 0
    #: Columns of which only the content says what they are.
    guessed: Sequence[int] = ()

    def name(self, column: int) -> str:
        """Return what readers call a column."""
        return self.names.get(column) or column_letters(column)

    @property
    def is_table(self) -> bool:
        """Tell whether questions can be read with it."""
        has_options = len(self.options) > 1 or "options" in self.fields
        return "stem" in self.fields and (
            "answer" in self.fields or "is_right" in self.fields or has_options
        )

    @property
    def by_option(self) -> bool:
        """Tell whether every option has a row of its own."""
        return "is_right" in self.fields and "options" in self.fields


def _compact(text: str) -> str:
    compact = re.sub(r"[\s*]+", "", unicodedata.normalize("NFKC", text).lower())
    # Kahoot: "Answer 1 - max 75 characters", "Correct answer(s) - choose at least one".
    return re.sub(r"-(?:max|choose).*$", "", compact)


def _bare(compact: str) -> str:
    without = re.sub(r"(?<=.)[(\[【<{].*?[)\]】>}]", "", compact)
    return without if without == "#" else re.sub(r"[^\w]+", "", without).replace("_", "")


def _option_place(compact: str) -> tuple[str, int] | None:
    text = compact
    for pattern in (_LETTERED, _LETTER_FIRST):
        for candidate in (text, re.sub(r"(?<=.)[(\[【][^a-j].*?[)\]】]", "", text)):
            lettered = pattern.match(candidate)
            if lettered:
                return "letter", ord(lettered[1]) - ord("a")
    numbered = _NUMBERED.match(text)
    if numbered:
        return "number", _NUMERALS.get(numbered[1]) or int(numbered[1])
    return None


def _options(found: Mapping[str, Mapping[int, int]]) -> list[int | None]:
    """Return option columns in order, from lettered or numbered headers, whichever are more."""
    kind = max(found, key=lambda k: len(found[k]))
    places = found[kind]
    if len(places) < 2:
        return []
    first = 0 if kind == "letter" else min(places)
    if first > 1 or max(places) - first > 11:
        return []
    return [places.get(i) for i in range(first, max(places) + 1)]


def columns_of(row: Sequence[Value]) -> Columns:
    """Return what the columns would be if *row* were a header."""
    best: dict[str, tuple[int, int]] = {}
    options: dict[str, dict[int, int]] = {"letter": {}, "number": {}}
    names: dict[int, str] = {}
    tags: list[int] = []
    pictures: list[int] = []
    for column, value in enumerate(row):
        text = plain(value) if isinstance(value, str) else ""
        if not text or len(text) > _LONGEST:
            continue
        names[column] = " ".join(text.split())
        compact = _compact(text)
        bare = _bare(compact)
        place = _option_place(compact)
        if place:
            options[place[0]].setdefault(place[1], column)
        elif bare in _STRENGTH:
            key, strength = _STRENGTH[bare]
            if key not in best or strength > best[key][0]:
                best[key] = (strength, column)
        elif bare in _TAGS:
            tags.append(column)
        elif _PICTURE.search(bare):
            pictures.append(column)
    width = max((c + 1 for c, v in enumerate(row) if plain(v)), default=0)
    fields = {key: column for key, (_, column) in best.items()}
    return Columns(fields, _options(options), tags, pictures, names, width)


def with_stem(columns: Columns, below: Sequence[Sequence[Value]]) -> Columns:
    """Return *columns* with the one unknown column of long text as stem, if that is certain."""
    if "stem" in columns.fields or "answer" not in columns.fields or len(columns.options) < 2:
        return columns
    taken = {*columns.fields.values(), *columns.tags, *columns.pictures, *columns.options}
    unknown = [
        column
        for column in range(max((len(row) for row in below), default=0))
        if column not in taken and _mean_length(below, column) >= 4
    ]
    if len(unknown) != 1:
        return columns
    return Columns(
        {**columns.fields, "stem": unknown[0]},
        columns.options,
        columns.tags,
        columns.pictures,
        columns.names,
        columns.width,
        (unknown[0],),
    )


def _mean_length(rows: Sequence[Sequence[Value]], column: int) -> float:
    texts = [plain(row[column]) for row in rows if column < len(row)]
    lengths = [len(text) for text in texts if text]
    return sum(lengths) / len(lengths) if lengths else 0.0
