"""The words for question types in sheets, headings and codes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

#: A choice of which the word does not say whether one or more are right.
ANY_CHOICE = "choice"
#: 不定项: multiple choice where one right option is allowed too.
FREE_CHOICE = "free_choice"

_WORDS: dict[str, str] = {}
for _key, _words in {
    "single_choice": "单选 单项选择 单项 单一选择 单项单选 single singlechoice singleanswer radio",
    "multiple_choice": "多选 多项选择 多项 multiple multi multiselect multipleanswer"
    " multipleanswers multipleresponse checkbox",
    FREE_CHOICE: "不定项选择 不定项 不定向选择",
    ANY_CHOICE: "选择 choice multiplechoice mcq 客观",
    "true_false": "判断 是非 对错 正误 判断正误 truefalse tf trueorfalse boolean judge judgment"
    " judgement truefalsequestion",
    "fill_blank": "填空 fill fillblank fillin fillintheblank blank cloze",
    "short_answer": "简答 问答 论述 名词解释 案例 案例分析 分析 材料分析 主观 essay shortanswer",
    "numeric": "计算 数值 numeric numerical calculation",
    "ordering": "排序 ordering order sequence",
    "matching": "匹配 连线 配对 matching match",
}.items():
    _WORDS.update(dict.fromkeys(_words.split(), _key))

_HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+(?:部分)?[、..,:)\s]*|[(【\[])?\s*"
    r"(单项选择|单选|多项选择|多选|不定项选择|不定项|判断|填空|简答|论述|问答|名词解释|案例分析)"
    r"(?=题|$|[\s(【\[:,、])"
)
_SEVERAL = re.compile(r"单项选择|单选|多项选择|多选|不定项|判断|填空|简答")
_STEM_TYPE = re.compile(r"[(【\[]\s*(单选|多选|不定项|判断)题?\s*[)】\]]")


def kind_of(text: str) -> str | None:
    """Return the type that *text* names: a type's key, ANY_CHOICE, FREE_CHOICE; None if unknown."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain == "multiple_choice":
        return "multiple_choice"
    word = re.sub(r"[\W_]+", "", plain)
    word = re.sub(r"(题|题型|题目|类|question|questions)$", "", word)
    return _WORDS.get(word) or _WORDS.get(re.sub(r"题$", "", word))


def heading_kind(text: str) -> str | None:
    """Return the type that a heading opens a section of: ``一、单选题（每题 2 分）``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _HEADING.match(plain)
    if not found or len(plain) > 60 or len(set(_SEVERAL.findall(plain))) > 1:
        return None
    return _WORDS[found[1]]


def sheet_kind(name: str) -> str | None:
    """Return the type that a sheet's name says all its rows are; a bare 计算 says nothing."""
    kind = heading_kind(name) or kind_of(name)
    certain = kind in ("single_choice", "multiple_choice", "true_false", FREE_CHOICE)
    return kind if certain or name.strip().endswith("题") else None


def stem_kind(stem: str) -> str | None:
    """Return the type that a stem says in brackets: ``以下哪些正确？（多选）``."""
    found = _STEM_TYPE.search(unicodedata.normalize("NFKC", stem))
    return _WORDS[found[1]] if found else None


#: Share of rows that must agree with a way of counting; the others report themselves.
_NEARLY = 0.9
#: What systems write instead of words, the commoner first.
_CODES: tuple[Mapping[str, str], ...] = (
    {"1": "single_choice", "2": "multiple_choice", "3": "true_false"},
    {"0": "single_choice", "1": "multiple_choice", "2": "true_false"},
)


def code_words(seen: Iterable[tuple[str, str | None]]) -> Mapping[str, str]:
    """Return code → type if nearly all rows agree with one way of counting, else nothing.

    :param seen: each row's code with the type its content shows, None when unclear.
    """
    pairs = list(seen)
    for codes in _CODES:
        # One way of counting must be borne out, not merely not contradicted.
        fitting = sum(code in codes and _agree(codes[code], kind) for code, kind in pairs)
        if fitting >= _NEARLY * len(pairs) and any(codes.get(c) == kind for c, kind in pairs):
            return codes
    return {}


def _agree(said: str, seen: str | None) -> bool:
    # One letter under "multiple" is an author's slip, which the row itself will report.
    return seen is None or said == seen or (said, seen) == ("multiple_choice", "single_choice")
