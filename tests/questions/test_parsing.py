"""A stranger's file is read by a process that may die: of memory, of time, of anything."""

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import jobs
from app.core import clock
from app.core.db import db
from app.members.models import Member
from app.questions import importing, parsing
from app.questions.models import ImportRun
from question_bank.formats import FileUnreadable, read
from tests.builders import Make
from tests.questions.test_import import SHEET, stored, upload

SignIn = Callable[[Member], FlaskClient]

pytestmark = pytest.mark.skipif(parsing.resource is None, reason="no limits for processes here")

LIMITED = "from question_bank.formats import __main__ as child; child.limit_resources()\n"


def instead(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let *script* run where the reader would."""
    monkeypatch.setattr(parsing, "_CHILD", (sys.executable, "-c", script))


def refusal(data: bytes = b"a,b") -> str:
    with pytest.raises(FileUnreadable) as wrong:
        parsing.parse(data, "bank.csv")
    assert wrong.value.message("zh").endswith("。") and wrong.value.message("en").endswith(".")
    return wrong.value.code


def test_a_file_is_understood_as_without_a_process() -> None:
    assert parsing.parse(SHEET.encode(), "题\0库.csv") == read(SHEET.encode(), "题库.csv")
    assert refusal(b"PK\x03\x04broken") == "damaged"
    with pytest.raises(FileUnreadable, match="format|格式"):
        parsing.parse(SHEET.encode(), "bank.csv", "xlsx")


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (LIMITED + "bytearray(600 << 20)", "too_much_inside"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_much_inside"),
        ("import os; os.abort()", "too_much_inside"),
        (LIMITED.replace(";", "; child.SECONDS = 1;") + "while True: pass", "took_too_long"),
        ("import time; time.sleep(60)", "took_too_long"),
    ],
)
def test_a_reader_that_dies_refuses_its_file(
    monkeypatch: pytest.MonkeyPatch, script: str, code: str
) -> None:
    instead(monkeypatch, script)
    monkeypatch.setattr(parsing, "WALL", 3.0)
    assert refusal() == code


def test_the_reader_writes_no_file_and_knows_no_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MINGDENG_SECRET_KEY", "canary")
    file = tmp_path / "file"
    tell = "import os, sys\nprint('MINGDENG_SECRET_KEY' in os.environ, file=sys.stderr)\n"
    instead(monkeypatch, LIMITED + tell + f"open({str(file)!r}, 'w').write('x' * 99999)")
    with pytest.raises(RuntimeError, match=r"False\n(?s:.*)File too large"):
        parsing.parse(b"a,b", "bank.csv")
    assert not file.exists() or file.stat().st_size == 0


def test_one_server_process_reads_two_files_at_once_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "TURN", 0.05)
    with parsing._turns, parsing._turns:
        assert refusal() == "reader_busy"
    assert parsing.parse(SHEET.encode(), "bank.csv").counts["found"] == 4


def test_the_author_is_told_why(
    monkeypatch: pytest.MonkeyPatch, make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    instead(monkeypatch, "import os; os.abort()")
    page = upload(client, SHEET.encode())
    assert page.status_code == 422 and "太多" in page.text


def test_a_preview_shown_again_reads_no_file_again(
    monkeypatch: pytest.MonkeyPatch, make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    preview = upload(client, SHEET.encode()).location
    monkeypatch.setattr(importing, "parse", None)
    shown = [client.get(preview) for _ in range(2)]
    assert [page.status_code for page in shown] == [200, 200]
    assert "入井前要带什么" in shown[1].text
    assert client.post(preview).status_code == 303
    assert stored() == 4


def test_nobody_else_s_writing_waits_while_a_file_is_read(
    monkeypatch: pytest.MonkeyPatch, make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    seen = []

    def slowly(data: bytes, name: str, format: str | None) -> object:
        seen.append(db.session().in_transaction())
        return read(data, name, format)

    monkeypatch.setattr(importing, "parse", slowly)
    assert upload(client, SHEET.encode()).status_code == 303
    assert seen == [False]


def test_an_upload_that_nobody_wrote_is_forgotten_after_a_day(
    app: Flask, make: Make, sign_in: SignIn
) -> None:
    client = sign_in(make.member(role="author"))
    texts = (SHEET + "\n" * more for more in range(3))
    stale, fresh, written = (upload(client, text.encode()).location for text in texts)
    client.post(written)
    folder = Path(app.config["INSTANCE"]) / "uploads"
    lost, *files = (folder / f"{name.rpartition('/')[2]}.json" for name in ("lost", stale, fresh))
    lost.write_text("")
    for file, hours in ((lost, 72), (files[0], 25), (files[1], 23)):
        then = (clock.now() - timedelta(hours=hours)).timestamp()
        os.utime(file, (then, then))
    db.session.remove()
    assert "forget_uploads" in [job.__name__ for job in jobs.EVERY_MINUTE]
    assert (jobs.forget_uploads(), jobs.forget_uploads()) == (2, 0)
    db.session.remove()
    assert [file.exists() for file in (lost, *files)] == [False, False, True]
    assert [client.get(page).status_code for page in (stale, fresh)] == [404, 200]
    db.session.remove()
    assert db.session.scalar(select(func.count(ImportRun.id))) == 2
    db.session.remove()
