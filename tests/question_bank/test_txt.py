"""Papers as text: what is written beyond doubt is read, everything else says where and why."""

import os
import random
from pathlib import Path

import pytest

from question_bank.formats import FileUnreadable, read
from question_bank.question import fold
from question_bank.types import by_key

SHARED = Path(os.environ.get("MINGDENG_SHARED_DATA", "/nowhere"))
BANKS = SHARED / "banks"

PAPER = """安全知识试卷
一、单项选择题（每题2分，共6分）
1．瓦斯爆炸的下限是（　　）。
A．5%　　B．9%　　C．16%　　D．20%
2、噪声超过 85dB(A) 时应当（　　）。
A、戴耳塞　B、离开
C、继续　D、睡觉
3. 下列哪个是数（ ）A.甲B.乙C.丙
二、多项选择题（每题3分）
1. 下列哪些是三违（ ）
A 违章指挥
B 违章作业
C 违反劳动纪律
D 按章作业
2. 第二题（ ）
(A) 甲 (B) 乙
(C) 丙 (D) 丁
三、判断题
1. 矿灯可以拆开。
2. 2018年起执行新规。
3，下井要戴安全帽。
四、填空题（每空1分）
1. 瓦斯的主要成分是____，下限是（  ）。
五、简答题
1. 什么叫三违？

参考答案
一、单选题
1-2 AB 3.B
二、多选题 1.ABC 2、AD
三、判断题：1-3 ×√√
四、填空题
1. 甲烷；5%
五、简答题
1. 违章指挥；
违章作业；违反劳动纪律。
"""
BELOW = """一、选择题
1. 甲（ ）
A. .5% B. 2.5%
C. 3% D. 4%
【答案】A【解析】因为甲 依据：《规程》第一条
难度：易
标签：瓦斯、通风
分值：2
2. 乙（ ）A．甲 B．乙 C．丙 答案：B
解析：
1. 其一
2. 其二
3. 丙（ ）
А. 甲
В. 乙
正确答案：В
第二部分 判断题
第1题 【判断题】 丁（2分）
A、对
B、错
我的答案：A
正确答案：B
"""


def drafts(text, name="a.txt"):
    return read(text.encode() if isinstance(text, str) else text, name).drafts


def codes(draft):
    return [problem.code for problem in draft.problems]


def answers(text):
    return [(draft.status, draft.answer) for draft in drafts(text)]


def test_a_paper_with_its_answers_at_the_end():
    found = drafts(PAPER)
    assert [draft.status for draft in found] == ["ready"] * 10
    assert [draft.answer for draft in found] == [
        [0], [1], [1], [0, 1, 2], [0, 3], [False], [True], [True],
        [["甲烷"], ["5%"]], ["违章指挥；\n违章作业；违反劳动纪律。"],
    ]  # fmt: skip
    assert found[0].options == ("5%", "9%", "16%", "20%")
    assert found[2].options == ("甲", "乙", "丙")
    assert found[6].stem == "2018年起执行新规。"
    assert found[8].stem == "瓦斯的主要成分是____，下限是____。"
    assert [draft.marks for draft in found] == [2, 2, 2, 3, 3, 1, 1, 1, 2, 1]
    assert found[0].where == "line 3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding, end):
    assert drafts(PAPER.replace("\n", end).encode(encoding)) == drafts(PAPER)


def test_answers_below_their_questions():
    first, second, third, truth = drafts(BELOW)
    assert [d.status for d in (first, second, third, truth)] == ["ready"] * 4
    assert (first.answer, first.options[0]) == ([0], ".5%")
    assert (first.explanation, first.source) == ("因为甲", "《规程》第一条")
    assert (first.difficulty, first.tags, first.marks) == (0.2, ("瓦斯", "通风"), 2)
    assert (second.answer, second.explanation) == ([1], "1. 其一\n2. 其二")
    assert (third.answer, codes(third)) == ([1], ["lookalike_answer"])
    assert (truth.type, truth.answer, truth.stem, truth.marks) == ("true_false", [False], "丁", 2)


def test_three_conventions_in_one_file():
    text = """一、单选题
1.下列属于延伸率（A）的说法，正确的是（ B ）。
A.甲 B.乙 C.丙
2.发生火灾应拨打（ C ）电话。
A.110
B.120
C.119
3.声音是 85dB(A) 时（ A ）。
A.甲 B.乙 C.丙
二、判断题
（√）1、矿灯不能拆。
（ × ）2、矿灯能拆。
三、单选题
1、题目（  ）
A.甲 B.乙
答案：A
四、单选题
1、题目呢（  ）
A.甲 B.乙
四、单选题答案：1.B
"""
    found = drafts(text)
    assert [draft.answer for draft in found] == [[1], [2], [0], [True], [False], [0], [1]]
    assert found[0].stem == "下列属于延伸率（A）的说法，正确的是（\u3000）。"
    assert found[3].stem == "（\u3000）矿灯不能拆。"
    assert all("answer_in_stem_blanked" in codes(draft) for draft in found[:5])


@pytest.mark.parametrize(
    "stem", ["声音是 85dB(A) 时", "延伸率（A）是什么", "电流（A）越大", "选（B）。", "（√）对"]
)
def test_a_bracket_alone_is_no_answer(stem):
    found = drafts(f"1. {stem}\nA. 甲\nB. 乙\n2. 乙是（ ）\nA. 甲\nB. 乙\n答案：A\n")
    assert found[0].status == "draft" and found[0].answer is None
    assert "answer_missing" in codes(found[0])
    assert found[1].answer == [0]


def test_a_unit_is_no_answer_where_brackets_hold_them():
    asked = "".join(f"{n}. 第{n}个是（ B ）\nA. 甲\nB. 乙\n" for n in range(1, 9))
    found = drafts(f"一、单选题\n{asked}9. 延伸率（A）是什么\nA. 甲\nB. 乙\n")
    assert [draft.answer for draft in found] == [[1]] * 8 + [None]


def test_a_list_that_fits_two_sections_answers_none():
    part = "1. {}一（ ）\nA. 甲 B. 乙\n2. {}二（ ）\nA. 甲 B. 乙\n"
    text = f"一、单选题\n{part.format('子', '子')}二、单选题\n{part.format('丑', '丑')}参考答案\n"
    reading = read(f"{text}1.A 2.B\n".encode(), "a.txt")
    assert {draft.answer for draft in reading.drafts} == {None}
    assert [problem.code for problem in reading.problems] == ["answer_list_unclear"]
    both = drafts(f"{text}一、1.A 2.B\n二、1.B 2.A\n")
    assert [draft.answer for draft in both] == [[0], [1], [1], [0]]


def test_lists_of_answers_between_the_sections():
    text = """一、单选题
1. 甲（ ）
A. 一 B. 二
2. 乙（ ）
A. 一 B. 二
{}
二、判断题
1. 丙。
2. 丁。
判断题答案：1.√ 2.×
"""
    for written in (
        "答案\n1.B 2.A",
        "答案：1.B 2.A",
        "1-2 BA",
        "单选题答案\n1.B\n2.A",
        "答案：\n1-2：BA",
    ):
        assert [draft.answer for draft in drafts(text.format(written))] == [
            [1], [0], [True], [False]
        ]  # fmt: skip


def test_answers_without_a_question_are_told():
    reading = read("1. 甲（ ）\nA. 一\nB. 二\n答案：1.A 2.B\n".encode(), "a.txt")
    assert reading.drafts[0].answer == [0]
    assert [(p.code, p.found) for p in reading.problems] == [("answers_left_over", "2")]


def test_a_question_whose_number_was_not_read_spoils_the_one_above():
    text = "一、判断题\n1. 甲。\n2. 乙。\n其三 丙。\n4. 丁。\n答案\n1.√ 2.× 3.√ 4.×\n"
    assert answers(text) == [("ready", [True]), ("draft", None), ("ready", [False])]


def test_two_answers_leave_a_question_open():
    text = "1. 甲（ ）\nA. 一\nB. 二\n答案：A\n2. 乙（ ）\nA. 一\nB. 二\n答案：B\n答案：A\n"
    assert answers(text) == [("ready", [0]), ("draft", None)]
    text = "1. 甲（ ）\nA. 一\nB. 二\n答案：A\n参考答案\n1.B\n"
    assert answers(text) == [("draft", None)]


def test_lists_inside_answers_are_no_questions():
    text = """五、简答题
1. 如何逃生？
答：
1、不慌；
2、低姿；
3、出口。
2. 三违是什么？
答：违章。
3. 四不伤害？
答：1、不伤害自己；
2、不伤害他人；
3、不被他人伤害；
4、保护他人不受伤害。
4. 完？
答：完。
"""
    found = drafts(text)
    assert [d.answer[0].count("\n") for d in found] == [2, 0, 3, 0]
    assert {d.status for d in found} == {"ready"}


def test_questions_without_numbers():
    text = (
        "下列？\nA. 甲\nB. 乙\n答案：A\n\n地球是圆的。\n答案：对\n\n题？\na) 甲\nb) 乙\n答案：b\n"
    )
    assert answers(text) == [("ready", [0]), ("ready", [True]), ("ready", [1])]
    text = "题目：甲？\nA. 一\nB. 二\n答案：A\n题目：乙。^*^答案：错误\n题目：丙：^*^答案：B\n"
    assert answers(text) == [("ready", [0]), ("ready", [False]), ("draft", None)]


def test_a_stem_keeps_its_own_characters():
    found = drafts("1. ⼄是⽤什么１０²（ ）\nＡ．⽢\nＢ．２０\n答案：Ｂ\n")[0]
    assert (found.stem, found.options, found.answer) == (
        "⼄是⽤什么１０²（ ）",
        ("⽢", "２０"),
        [1],
    )


def test_a_table_is_no_paper():
    table = "题干,A,B,答案\n1. 甲,一,二,A\n2. 乙,一,二,B\n"
    assert read(table.encode(), "a.txt").format == "csv"


def test_nothing_found_says_what_is_needed():
    reading = read("一、单选题\n".encode(), "a.txt", None)
    assert reading.drafts == [] and reading.problems


def test_damage_never_breaks_it():
    chance = random.Random(1)
    for text in (PAPER, BELOW):
        data = text.encode()
        for _ in range(120):
            broken = bytearray(data[: chance.randrange(len(data))])
            for _ in range(chance.randrange(4)):
                if broken:
                    broken[chance.randrange(len(broken))] = chance.randrange(256)
            try:
                found = read(bytes(broken), "a.txt").drafts
            except FileUnreadable:
                continue
            assert all(
                d.status != "ready" or not by_key(d.type).problems(d.question()) for d in found
            )


needs_banks = pytest.mark.skipif(
    not BANKS.is_dir(), reason="the banks of others are not here (MINGDENG_SHARED_DATA)"
)
#: file -> found, ready, draft, duplicate, rejected.
EXPECTED = {
    "party/adore_题库.txt": (1551, 1499, 13, 39, 0),
    "safety/uestc_labsafe_bank.txt": (1333, 843, 482, 8, 0),
    "misc/工程伦理_第02讲_康熙部首.txt": (23, 23, 0, 0, 0),
}


@needs_banks
def test_every_paper_is_expected():
    assert {str(p.relative_to(BANKS)) for p in BANKS.rglob("*.txt")} == set(EXPECTED)


@needs_banks
@pytest.mark.parametrize("name", EXPECTED)
def test_a_bank_is_read_as_before(name):
    reading = read((BANKS / name).read_bytes(), name)
    assert (reading.format, tuple(reading.counts.values())) == ("txt", EXPECTED[name])


@needs_banks
def test_paper_and_table_of_one_bank_agree():
    known = {}
    for row in drafts((BANKS / "party/adore_题库.csv").read_bytes(), "a.csv"):
        key = fold(row.stem), tuple(fold(option.lstrip(".")) for option in row.options)
        known.setdefault(key, set()).add(row.answer_text.split("\n")[0].strip())
    checked = 0
    for draft in drafts((BANKS / "party/adore_题库.txt").read_bytes()):
        if draft.status in ("ready", "duplicate") and draft.type != "short_answer":
            said = "".join("ABCDEF"[i] for i in draft.answer)
            if draft.type == "true_false":
                said = "对" if draft.answer == [True] else "错"
            assert said in known[fold(draft.stem), tuple(map(fold, draft.options))], draft
            checked += 1
    assert checked == 1535


@needs_banks
def test_every_answer_of_a_line_is_the_one_in_the_line():
    lines = (BANKS / "safety/uestc_labsafe_bank.txt").read_text("utf-8").splitlines()
    for draft in drafts((BANKS / "safety/uestc_labsafe_bank.txt").read_bytes()):
        line = lines[int(draft.where.split()[1]) - 1]
        if draft.status in ("ready", "duplicate"):
            assert line.endswith("答案：正确" if draft.answer == [True] else "答案：错误")
