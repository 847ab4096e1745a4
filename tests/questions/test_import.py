"""Importing a bank: by command and by page; understood first, written once, never half."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.members import services as people
from app.members.models import Member
from app.questions.models import Bank, Question, QuestionVersion
from tests.builders import Make
from tests.quizzes.test_races import at_once

SignIn = Callable[[Member], FlaskClient]

SHEET = """题型,题干,选项A,选项B,选项C,答案,解析
单选题,入井前要带什么？,自救器,手机,香烟,A,规程有规定
多选题,哪些是安全色？,红,黄,灰,AB,
判断题,可以拒绝违章指挥。,,,,对,
单选题,答案不在选项里,甲,乙,丙,E,
"""


def bank_command(app: Flask, file: Path, *words: str) -> Any:
    db.session.remove()
    result = app.test_cli_runner().invoke(
        args=["bank", "import", str(file), "--bank", "安全", *words]
    )
    db.session.remove()
    return result


def stored() -> int:
    db.session.remove()
    count = db.session.scalar(select(func.count(Question.id))) or 0
    db.session.remove()
    return count


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_dry_run_reports_and_writes_nothing(
    app: Flask, make: Make, tmp_path: Path, encoding: str
) -> None:
    make.organisation()
    file = tmp_path / "题库.csv"
    file.write_bytes(SHEET.encode(encoding))
    report = json.loads(bank_command(app, file, "--dry-run", "--json").output)
    assert report["counts"] == {"found": 4, "ready": 3, "draft": 1, "duplicate": 0, "rejected": 0}
    assert [q["answer"] for q in report["questions"]] == [[0], [0, 1], [True], None]
    keys = {"file", "format", "encoding", "sha256", "dry_run", "counts", "questions", "problems"}
    assert set(report) == keys and report["dry_run"] is True
    problem = report["problems"][0]
    assert (problem["code"], problem["found"]) == ("answer_not_an_option", "E")
    assert stored() == 0


def test_the_same_file_twice_writes_once(app: Flask, make: Make, tmp_path: Path) -> None:
    make.organisation()
    file = tmp_path / "题库.csv"
    file.write_text(SHEET, encoding="utf-8")
    assert bank_command(app, file).exit_code == 0
    assert stored() == 4
    again = bank_command(app, file)
    assert (again.exit_code, stored()) == (0, 4)
    assert "以前导入过" in again.output
    file.write_text(SHEET + "判断题,新的一题。,,,,错,\n", encoding="utf-8")
    assert bank_command(app, file).exit_code == 0
    assert stored() == 5


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"PK\x03\x04broken"])
def test_a_file_that_is_not_what_it_says_is_refused_with_a_reason(
    app: Flask, make: Make, sign_in: SignIn, tmp_path: Path, content: bytes
) -> None:
    make.organisation()
    file = tmp_path / "题库.xlsx"
    file.write_bytes(content)
    result = bank_command(app, file)
    assert (result.exit_code, stored()) == (2, 0)
    assert result.stderr.strip() and "Traceback" not in result.stderr
    page = upload(sign_in(make.member(role="author")), content, "题库.xlsx")
    assert page.status_code == 422 and result.stderr.strip()[:8] in page.text


def upload(client: FlaskClient, content: bytes, name: str = "题库.csv", bank: str = "安全") -> Any:
    data = {"bank": bank, "file": (BytesIO(content), name)}
    return client.post("/author/import", data=data)


def test_an_author_sees_what_was_understood_then_writes_it_once(
    make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    preview = upload(client, SHEET.encode()).location
    shown = client.get(preview)
    assert "入井前要带什么" in shown.text and "没有对应" in shown.text or "E" in shown.text
    assert stored() == 0
    done = [client.post(preview) for _ in range(2)]
    assert [one.location for one in done] == [preview, preview]
    assert stored() == 4
    assert "已写入" in client.get(done[0].location).text


@pytest.mark.race
@pytest.mark.parametrize("known", [True, False])
def test_of_many_who_press_write_at_once_one_writes(
    make: Make, sign_in: SignIn, known: bool
) -> None:
    member = make.member(role="author")
    pages = [sign_in(member) for _ in range(6)]
    if known:
        assert pages[0].post("/author/banks", data={"name": "安全"}).status_code in (303, 404)
    previews = [upload(pages[0], SHEET.encode()).location for _ in range(2)]
    sent = at_once(pages, lambda client, n: client.post(previews[n % 2]))
    assert {one.status_code for one in sent} <= {303, 404}
    assert 303 in {one.status_code for one in sent}
    assert stored() == 4


def test_a_draft_is_mended_and_published_and_a_stale_form_is_noticed(
    app: Flask, make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    client.post(upload(client, SHEET.encode()).location)
    db.session.remove()
    draft = db.session.scalars(select(Question).where(Question.status == "draft")).one()
    page = f"/author/questions/{draft.key}"
    assert client.post(f"{page}/status", data={"status": "published"}).status_code == 422
    form = {
        "type": "single_choice",
        "stem": "答案改好了",
        "options": "甲\n乙",
        "answer": "B",
        "based_on": "1",
    }
    assert client.post(page, data=form | {"answer": "E"}).status_code == 422
    assert client.post(page, data=form).status_code == 303
    stale = client.post(page, data=form | {"stem": "我也改了"})
    assert stale.status_code == 409 and "我也改了" in stale.text
    assert client.post(f"{page}/status", data={"status": "published"}).status_code == 303
    db.session.remove()
    versions = db.session.scalars(
        select(QuestionVersion).where(QuestionVersion.question_id == draft.id)
    )
    assert sorted(v.number for v in versions) == [1, 2]


def test_a_bank_of_another_subtree_looks_like_nobody_s(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="author"))
    done = client.post(upload(client, SHEET.encode()).location).location
    branch = make.branch()
    outsider = make.member(branch)
    with transaction() as session:
        people.grant(session, outsider, "author", branch, by=None, at=clock.now())
    other = sign_in(outsider)
    assert other.get(done).status_code == other.get("/author/import/nobody").status_code == 404
    assert "安全" not in other.get("/author").text
    assert upload(other, SHEET.encode()).status_code == 404


def test_the_template_is_read_back_as_ready_questions(
    app: Flask, make: Make, sign_in: SignIn, tmp_path: Path
) -> None:
    client = sign_in(make.member(role="author"))
    file = tmp_path / "template.xlsx"
    file.write_bytes(client.get("/author/import/template.xlsx").data)
    report = json.loads(bank_command(app, file, "--dry-run", "--json").output)
    assert report["counts"]["ready"] == report["counts"]["found"] == 3


def test_a_bank_is_searched_in_chinese_and_filtered(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="author"))
    done = client.post(upload(client, SHEET.encode()).location).location
    bank = client.get(done).text.split("/author/banks/")[1].split('"')[0]
    found = client.get(f"/author/banks/{bank}", query_string={"text": "安全色"}).text
    assert "哪些是安全色" in found and "入井前" not in found
    assert "入井前" not in client.get(f"/author/banks/{bank}?status=draft").text


def test_looking_at_a_file_makes_no_bank_and_writing_makes_it_once(
    make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    previews = [upload(client, SHEET.encode()).location for _ in range(2)]
    assert "新建题库“安全”" in client.get(previews[0]).text
    assert banks() == [] and "安全" not in client.get("/author").text
    done = [client.post(preview).location for preview in previews]
    assert (banks(), stored(), done[0]) == (["安全"], 4, done[1])


def banks() -> list[str]:
    db.session.remove()
    return list(db.session.scalars(select(Bank.name)))


def test_a_preview_for_a_new_bank_is_its_branch_s_and_meets_the_bank_made_meanwhile(
    make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    preview = upload(client, SHEET.encode()).location
    branch = make.branch()
    outsider = make.member(branch)
    with transaction() as session:
        people.grant(session, outsider, "author", branch, by=None, at=clock.now())
    assert sign_in(outsider).get(preview).status_code == 404
    assert sign_in(outsider).post(preview).status_code == 404
    client.post(upload(client, (SHEET + "判断题,又一题。,,,,错,\n").encode()).location)
    assert "已经有这道题" in client.get(preview).text
    client.post(preview)
    assert (banks(), stored()) == (["安全"], 5)


@pytest.mark.parametrize(
    ("size", "said"),
    [(21_000_000, "20.03 MB"), (20 * 1024**2 + 1, "20.01 MB"), (25_000_000, "23.8")],
)
def test_a_file_over_the_limit_is_told_its_size_and_the_limit_on_the_form(
    make: Make, sign_in: SignIn, size: int, said: str
) -> None:
    head = '--edge\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    body = (
        head.format("bank", "") + "安全\r\n" + head.format("file", '; filename="a.csv"')
    ).encode()
    page = sign_in(make.member(role="author")).post(
        "/author/import",
        data=body + b"x" * size + b"\r\n--edge--\r\n",
        content_type="multipart/form-data; boundary=edge",
    )
    assert page.status_code in (413, 422)
    assert said in page.text and "20 MB 的上限" in page.text and 'name="file"' in page.text


def test_a_line_of_a_table_is_named_in_the_reader_s_language(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="author"))
    preview = upload(client, (SHEET + SHEET.splitlines()[1] + "\n").encode()).location
    shown = client.get(preview).text
    assert "第 5 行" in shown and "与 第 2 行 的题目相同" in shown and "line " not in shown
    reader = make.member(role="author")
    with transaction() as session:
        session.get_one(Member, reader.id).locale = "en"
    english = sign_in(reader)
    assert "line 5" in english.get(upload(english, SHEET.encode()).location).text


def test_text_that_calls_itself_a_workbook_is_told_so(make: Make, sign_in: SignIn) -> None:
    client = sign_in(make.member(role="author"))
    page = upload(client, "安全生产月活动通知\n各单位：请组织学习。\n".encode(), "题库.xlsx")
    assert page.status_code == 422 and "里面却是文字，不是表格" in page.text
    assert upload(client, SHEET.encode(), "题库.xlsx").status_code == 303


def test_a_type_that_no_page_asks_yet_is_kept_as_a_draft_with_its_answer(
    app: Flask, make: Make, sign_in: SignIn, tmp_path: Path
) -> None:
    client = sign_in(make.member(role="author"))
    file = tmp_path / "题库.csv"
    file.write_text("题型,题干,答案\n填空题,主要是____。,瓦斯\n简答题,为何撤人？,停风。\n", "utf-8")
    report = json.loads(bank_command(app, file, "--json").output)
    assert [q["status"] for q in report["questions"]] == ["draft", "draft"]
    assert {p["code"] for p in report["problems"]} == {"type_not_supported"}
    found = db.session.execute(select(Question.key, Question.status)).all()
    contents = db.session.scalars(select(QuestionVersion.content).order_by(QuestionVersion.id))
    assert [content["answer"] for content in contents] == [[["瓦斯"]], ["停风。"]]
    for key, status in found:
        assert status == "draft"
        assert client.get(f"/author/questions/{key}").status_code == 200
