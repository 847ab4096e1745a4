"""Word documents: papers and tables are read as they are shown, with Word's own numbers."""

import io
import random
import zipfile

import pytest

from question_bank.formats import FileUnreadable, read
from question_bank.types import by_key

NAMES = " ".join(
    f'xmlns:{short}="http://schemas.openxmlformats.org/{long}"'
    for short, long in {
        "w": "wordprocessingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "m": "officeDocument/2006/math",
        "a": "drawingml/2006/main",
    }.items()
)
LEVEL = (
    '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
)
NUMBERING = (
    f"<w:numbering {NAMES}>"
    f'<w:abstractNum w:abstractNumId="0">{LEVEL.format(0, "decimal", "%1.")}'
    f"{LEVEL.format(1, 'upperLetter', '%2.')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{LEVEL.format(0, "chineseCounting", "%1、")}'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
RELATIONS = (
    '<Relationships><Relationship Id="in" Target="media/image1.png"/>'
    '<Relationship Id="out" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>'
    '<Relationship Id="up" Target="../../etc/passwd"/>'
    '<Relationship Id="wmf" Target="media/a.wmf"/></Relationships>'
)
FORMULA = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def picture(relation):
    return f'<w:r><w:drawing><a:blip r:embed="{relation}"/></w:drawing></w:r>'


def paragraph(*pieces, list=None):
    shown = "".join(piece if piece.startswith("<") else run(piece) for piece in pieces)
    number = (
        f'<w:numPr><w:ilvl w:val="{list[1]}"/><w:numId w:val="{list[0]}"/></w:numPr>'
        if list
        else ""
    )
    return f"<w:p><w:pPr>{number}</w:pPr>{shown}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{one}</w:tr>' for one in cells)}</w:tbl>"


def document(*body, head="", **more):
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{head}<w:document {NAMES}><w:body>{''.join(body)}</w:body>"
        "</w:document>",
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": RELATIONS,
        "word/media/image1.png": PNG,
        "word/media/a.wmf": b"wmf",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | more).items():
            archive.writestr(name, content)
    return file.getvalue()


def lines(*texts):
    return document(*(one if one.startswith("<w:") else paragraph(one) for one in texts))


def codes(draft):
    return [problem.code for problem in draft.problems]


COUNTED = document(
    paragraph("单项选择题（每题2分）", list=(2, 0)),
    paragraph("甲是（ ）", list=(1, 0)),
    paragraph("一", list=(1, 1)),
    paragraph("二", list=(1, 1)),
    paragraph("乙是 10", run("2", '<w:vertAlign w:val="superscript"/>'), list=(1, 0)),
    paragraph("三", list=(1, 1)),
    paragraph("四", list=(1, 1)),
    paragraph("判断题", list=(2, 0)),
    paragraph("丙。", list=(3, 0)),
    paragraph("丁。", list=(3, 0)),
    paragraph("参考答案"),
    paragraph("一、单选题"),
    table(["题号", "1", "2"], ["答案", "A", "B"]),
    paragraph("二、判断题"),
    table(["题号", "1", "2"], ["答案", "√", "×"]),
)


def test_numbers_that_word_counts_are_seen_and_tables_of_answers_read():
    reading = read(COUNTED, "a.docx")
    assert (reading.format, reading.counts["ready"], reading.counts["found"]) == ("docx", 4, 4)
    assert [draft.answer for draft in reading.drafts] == [[0], [1], [True], [False]]
    assert reading.drafts[1].stem == "乙是 10²"
    assert reading.drafts[1].options == ("三", "四")
    assert [draft.marks for draft in reading.drafts] == [2, 2, 1, 1]
    assert reading.drafts[1].where == "paragraph 5"


def test_tables_of_questions_and_tables_that_only_set_options():
    rows = [
        ["题干", "选项A", "选项B", "答案"],
        ["甲？", "一", "二", "A"],
        ["乙？", "一", "二", "B"],
    ]
    reading = read(lines("题库", table(*rows)), "a.docx")
    assert [draft.answer for draft in reading.drafts] == [[0], [1]]
    assert reading.drafts[0].where == "table 1!A2"
    assert [problem.code for problem in reading.problems] == ["lines_left_out"]
    found = read(lines("1. 甲", table(["A. 一", "B. 二"], ["C. 三", "D. 四"]), "答案：C"), "a.docx")
    assert (found.drafts[0].options, found.drafts[0].answer) == (("一", "二", "三", "四"), [2])


def test_bold_is_a_hint_and_never_an_answer():
    bold = paragraph(run("A. 一", "<w:b/>"))
    hinted = read(lines("1. 甲", bold, "B. 二", "2. 乙", bold, "B. 三"), "a.docx").drafts
    assert [(d.status, d.answer, d.answer_text) for d in hinted] == [("draft", None, "A")] * 2
    assert "answer_by_format" in codes(hinted[0])
    some = read(lines("1. 甲", bold, "B. 二", "2. 乙", "A. 一", "B. 三"), "a.docx").drafts
    assert [(d.answer, d.answer_text) for d in some] == [(None, ""), (None, "")]
    other = read(lines("1. 甲", bold, "B. 二", "答案：B"), "a.docx").drafts
    assert other[0].answer == [1]


def test_pictures_come_along_and_none_is_fetched():
    options = ("A. 一\tB. 二", "答案：A")
    reading = read(
        lines(
            paragraph("1. 看", picture("in")), *options,
            paragraph("2. 外", picture("out")), *options,
            paragraph("3. 上", picture("up")), *options,
            paragraph("4. 旧", picture("wmf")), *options,
        ),
        "a.docx",
    )  # fmt: skip
    assert [draft.status for draft in reading.drafts] == ["ready", "draft", "draft", "draft"]
    assert list(reading.pictures.values()) == [PNG]
    assert reading.drafts[0].stem == f"看![]({next(iter(reading.pictures))})"
    assert all("picture_not_read" in codes(draft) for draft in reading.drafts[1:])


def test_what_is_left_out_is_told():
    box = "<w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>"
    changed = f"<w:ins>{run('B')}</w:ins><w:del><w:r><w:delText>A</w:delText></w:r></w:del>"
    broken = "<w:r><w:br/><w:t>B. 二</w:t></w:r>"
    reading = read(
        lines(
            paragraph("1. 甲", box), paragraph("A. 一", broken), paragraph("答案：", changed),
            paragraph("2. 式", FORMULA), "A. 一", "B. 二", "答案：A",
            paragraph("3. 藏", run("A", "<w:vanish/>")), "A. 一", "B. 二",
        ),
        "a.docx",
    )  # fmt: skip
    assert [draft.answer for draft in reading.drafts] == [[1], [0], None]
    assert reading.drafts[1].status == "draft" and "formula_left_out" in codes(reading.drafts[1])
    assert [problem.code for problem in reading.problems] == [
        "text_box_left_out", "changes_tracked", "hidden_text_left_out",
    ]  # fmt: skip


def test_underlined_space_is_a_blank():
    blank = run("     ", '<w:u w:val="single"/>')
    found = read(lines("一、填空题", paragraph("1. 填", blank, "空"), "答案：甲"), "a.docx").drafts
    assert (found[0].stem, found[0].answer) == ("填____空", [["甲"]])


def test_a_table_of_data_inside_a_question_is_not_lost_silently():
    found = read(lines("1. 甲", "A. 一", "B. 二", table(["温度", "3"]), "答案：A"), "a.docx").drafts
    assert found[0].status == "draft" and "text_not_placed" in codes(found[0])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"head": '<!DOCTYPE x [<!ENTITY a "b">]>'}, "xml_doctype"),
        ({"head": "<"}, "damaged"),
        ({"word/vbaProject.bin": b"x"}, "has_macros"),
        ({"word/numbering.xml": "<"}, "damaged"),
    ],
)
def test_dangerous_and_damaged_files_are_refused(more, code):
    with pytest.raises(FileUnreadable) as caught:
        read(document(paragraph("1. 甲"), **more), "a.docx")
    assert caught.value.code == code


def test_deep_and_strange_bodies_do_no_harm():
    deep = "<w:sdt>" * 3_000 + paragraph("1. 甲") + "</w:sdt>" * 3_000
    assert read(document(deep), "a.docx").drafts == []
    tables = "<w:tbl><w:tr><w:tc>" * 500 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 500
    assert read(document(tables), "a.docx").counts["ready"] == 0


def test_damage_never_breaks_it():
    chance = random.Random(2)
    for _ in range(250):
        broken = bytearray(COUNTED[: chance.choice([len(COUNTED), chance.randrange(len(COUNTED))])])
        for _ in range(chance.randrange(1, 5)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            found = read(bytes(broken), "a.docx").drafts
        except FileUnreadable:
            continue
        for draft in found:
            assert draft.status != "ready" or not by_key(draft.type).problems(draft.question())
