"""Question banks that others made: every one is read, and no wrong answer is taken for right."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from question_bank.formats import read, report
from question_bank.types import by_key

SHARED = Path(os.environ.get("MINGDENG_SHARED_DATA", "/nowhere"))
BANKS = SHARED / "banks"
pytestmark = pytest.mark.skipif(
    not BANKS.is_dir(), reason="the banks of others are not here (MINGDENG_SHARED_DATA)"
)

#: file -> found, ready, draft, duplicate, rejected.
EXPECTED = {
    "cmmlu/chinese_driving_rule.csv": (131, 131, 0, 0, 0),
    "cmmlu/legal_and_moral_basis.csv": (214, 214, 0, 0, 0),
    "cmmlu/marxist_theory.csv": (189, 189, 0, 0, 0),
    "cmmlu/security_study.csv": (135, 133, 0, 2, 0),
    "misc/网络安全_multiquiz.xlsx": (180, 179, 0, 1, 0),
    "agieval/gaokao-history.jsonl": (235, 232, 3, 0, 0),
    "gaokao-bench/2010-2022_Political_Science_MCQs.json": (320, 302, 18, 0, 0),
    "party/xuexi_题库_原始版.json": (2544, 2541, 1, 2, 0),
    "party/adore_题库.csv": (1550, 1494, 17, 39, 0),
    "templates/multiquiz-template.xlsx": (2, 2, 0, 0, 0),
    "templates/yf-exam_用户导入模板.xlsx": (0, 0, 0, 0, 0),
    "templates/yf-exam_试题导入模板.xlsx": (4, 4, 0, 0, 0),
    "templates/三列_question_bank_template.xlsx": (12, 12, 0, 0, 0),
    "templates/养老_题库模板.xlsx": (12, 11, 1, 0, 0),
    "templates/江铜_题库模板_空.xlsx": (0, 0, 0, 0, 0),
}


def test_every_bank_that_a_format_reads_is_expected():
    endings = (".xlsx", ".csv", ".json", ".jsonl")
    found = {str(p.relative_to(BANKS)) for p in BANKS.rglob("*") if p.suffix in endings}
    assert found == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bank_is_read_as_before(name):
    reading = read((BANKS / name).read_bytes(), name)
    assert tuple(reading.counts.values()) == EXPECTED[name]
    assert report(reading, name, "", True, "en")["counts"] == reading.counts
    for draft in reading.drafts:
        if draft.status == "ready":
            assert by_key(draft.type).problems(draft.question()) == []
        elif draft.status == "draft":
            assert any(not problem.is_warning for problem in draft.problems)
    assert reading.drafts or reading.problems


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.endswith(".csv")])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_makes_no_difference(name, encoding):
    data = (BANKS / name).read_bytes()
    again = read(data.decode("utf-8-sig").encode(encoding), name)
    assert again.drafts == read(data, name).drafts


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.endswith(".csv")])
def test_every_ready_answer_is_the_one_in_the_file(name):
    data = (BANKS / name).read_bytes()
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    key = {}
    for one in rows:
        stem = (one.get("题目") or one.get("Question") or "").strip()
        answer = one.get("答案") or one.get("Answer") or ""
        key.setdefault(stem, set()).add(answer.split("\n")[0].strip())
    wrong = []
    for draft in read(data, name).drafts:
        if draft.status == "ready" and draft.type != "short_answer":
            if draft.type == "true_false":
                said = "对" if draft.answer == [True] else "错"
            else:
                said = "".join("ABCDEFGHIJ"[i] for i in draft.answer)
            stem = draft.stem.replace("(\u3000)", "(B)")
            if not any(said in key.get(s, ()) for s in (draft.stem, stem, f"\u200b{stem}")):
                wrong.append((draft.stem, said))
    assert len(wrong) <= 2, wrong


def _right_words(text, name):
    """Return stem → the right option's words or letter, as the files of JSON have them."""
    if name.startswith("party"):
        pairs = json.loads(text, object_pairs_hook=list)
        return {(key.split("|")[0].strip(), value.strip()) for key, value in pairs}
    if name.startswith("agieval"):
        rows = [json.loads(line) for line in text.splitlines()]
        return {(number, row["label"]) for number, row in enumerate(rows)}
    return {(r["index"], r["answer"][0]) for r in json.loads(text)["example"]}


@pytest.mark.parametrize("name", [name for name in EXPECTED if ".json" in name])
def test_every_ready_answer_of_json_is_the_one_in_the_file(name):
    data = (BANKS / name).read_bytes()
    right = _right_words(data.decode("utf-8-sig"), name)
    for number, draft in enumerate(read(data, name).drafts):
        if draft.status == "ready" and draft.type == "single_choice":
            (index,) = draft.answer
            said = (draft.stem, draft.options[index])
            if not name.startswith("party"):
                said = (number, "ABCD"[index])
            assert said in right
