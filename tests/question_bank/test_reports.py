"""The report of an import, as scripts read it."""

import json

from question_bank.formats import read, report
from tests.question_bank.sheets import GOOD, HEADER, row, workbook


def test_the_report_is_json_of_the_agreed_shape():
    data = workbook([HEADER, GOOD, row(答案="E", 题干="二？"), row(), row(题干="")])
    found = report(read(data, "a.xlsx"), "a.xlsx", "ab12", True, "en")
    assert json.loads(json.dumps(found)) == found
    assert list(found) == [
        "file", "format", "encoding", "sha256", "dry_run", "counts", "questions", "problems",
    ]  # fmt: skip
    counts = {"found": 4, "ready": 1, "draft": 1, "duplicate": 1, "rejected": 1}
    assert (found["counts"], found["encoding"]) == (counts, None)
    first = found["questions"][0]
    assert first == {
        "where": "Sheet1!A2", "status": "ready", "type": "single_choice", "stem": GOOD[1],
        "options": ["1", "2", "3", "4"], "answer": [1], "explanation": "数一数。", "marks": 2,
        "difficulty": None, "tags": [], "source": "", "problems": [],
    }  # fmt: skip
    assert found["questions"][1]["answer"] is None
    assert found["problems"][0] == {
        "where": "Sheet1!G3",
        "code": "answer_not_an_option",
        "message": "The answer “E” names no option (there are only A–D). Correct the answer or"
        " add the option.",
        "found": "E",
    }
