"""People from a sheet: located problems, nothing repaired, all or nothing, twice is once."""

import os
import re
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import jobs
from app.core import clock
from app.core.db import transaction
from app.members import services
from app.members.models import Member, Membership
from tests.builders import Make

SignIn = Callable[[Member], FlaskClient]
GOOD = "kettle-bronze-41"
HEADER = ("工号", "姓名", "支部代码", "初始密码")
HOME = "/organise/people/import"


def csv(*rows: Sequence[str], header: Sequence[str] = HEADER) -> bytes:
    return "\n".join(",".join(row) for row in (header, *rows)).encode()


def xlsx(*rows: Sequence[Any], power: bool = False) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, style = book.add_worksheet("名单"), book.add_format({"num_format": "0.00E+00"})
        for number, row in enumerate((HEADER, *rows)):
            for column, value in enumerate(row):
                style_of = [style] if power and isinstance(value, int) else []
                sheet.write(number, column, value, *style_of)
    return file.getvalue()


def send(client: FlaskClient, data: bytes, name: str = "名单.csv") -> Any:
    return client.post(HOME, data={"file": (BytesIO(data), name)})


def count() -> int:
    with transaction() as session:
        return session.scalar(select(func.count(Member.id))) or 0


@pytest.fixture
def client(make: Make, sign_in: SignIn) -> FlaskClient:
    return sign_in(make.member(role="organiser"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_previewed_then_written_once(
    app: Flask, make: Make, client: FlaskClient, kind: str
) -> None:
    branch = make.branch("采煤党支部")
    rows = [("900-1", "王一", branch.code, GOOD), ("900-2", "王二", branch.code, "")]
    data, before = {"csv": csv, "xlsx": xlsx}[kind](*rows), count()
    sent = send(client, data, f"名单.{kind}")
    assert sent.status_code == 303
    page = client.get(sent.location).text
    assert "写入 2 人" in page and "王二" in page and count() == before
    assert "已添加 2 人。" in client.post(sent.location, follow_redirects=True).text
    assert client.post(sent.location).status_code == 303
    again = send(client, data)
    assert "没有要写入的" in client.get(again.location).text
    client.post(again.location)
    assert count() == before + 2
    with transaction() as session:
        assert services.sign_in(session, "900-1", GOOD, at=clock.now())
        one = session.scalars(select(Member).filter_by(no="900-2")).one()
        assert session.scalar(select(Membership).filter_by(member_id=one.id)) is not None


def test_no_password_is_kept_in_clear_and_nothing_longer_than_a_day(
    app: Flask, make: Make, client: FlaskClient
) -> None:
    send(client, csv(("900-1", "王一", make.branch().code, GOOD)))
    kept = list((Path(app.config["INSTANCE"]) / "uploads").iterdir())
    assert kept and not any(GOOD in one.read_text() for one in kept)
    for one in kept:
        os.utime(one, (0, 0))
    jobs.forget_uploads()
    assert not any(one.exists() for one in kept)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("1.38E+10", "王一", "B", ""), "科学计数法"),
        (("1.0E+10", "王一", "B", ""), "科学计数法"),
        (("9 0/0", "王一", "B", ""), "工号只用字母"),
        (("900-9", "", "B", ""), "请填写姓名"),
        (("900-9", "王一", "没有的支部", ""), "你管的支部里没有这一个"),
        (("900-9", "王一", "B", "123"), "密码要有 8"),
        (("900-1", "王二", "B", ""), "和 第 2 行 是同一个工号"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_is_written(
    make: Make, client: FlaskClient, row: Sequence[str], said: str
) -> None:
    code, before = make.branch().code, count()
    rows = [("900-1", "王一", code, ""), tuple(code if one == "B" else one for one in row)]
    answer = send(client, csv(*rows))
    assert (answer.status_code, count()) == (422, before)
    assert said in answer.text and "第 3 行" in answer.text
    assert "写入 1 人" not in answer.text


def test_a_number_that_a_sheet_shows_in_powers_is_refused(make: Make, client: FlaskClient) -> None:
    code = make.branch().code
    answer = send(client, xlsx((13800138000, "王一", code), power=True), "名单.xlsx")
    assert answer.status_code == 422
    assert "名单!A2" in answer.text and "1.38E+10" in answer.text
    plain = send(client, xlsx((13800138000, "王一", code)), "名单.xlsx")
    assert "13800138000" in client.get(plain.location).text


def test_somebody_known_by_another_name_or_elsewhere_is_not_changed(
    make: Make, sign_in: SignIn
) -> None:
    mine, theirs = make.branch(), make.branch()
    chief, own, stranger = make.member(mine), make.member(mine), make.member(theirs, name="外人乙")
    with transaction() as session:
        services.grant(session, chief, "organiser", mine, by=None, at=clock.now())
    client = sign_in(chief)
    rows = [(own.no, "另一个名", mine.code), (stranger.no, "王一", mine.code)]
    text = send(client, csv(*rows, header=HEADER[:3])).text
    assert own.name in text and "已经有人使用" in text and "外人乙" not in text
    elsewhere = send(client, csv(("900-1", "王一", theirs.code), header=HEADER[:3]))
    assert elsewhere.status_code == 422


def test_branches_may_be_written_by_name_unless_two_share_it(
    make: Make, client: FlaskClient
) -> None:
    make.branch("机电党支部")
    header = ("姓名", "工号", "支部")
    assert send(client, csv(("王一", "900-1", "机电党支部"), header=header)).status_code == 303
    make.branch("机电党支部")
    twice = send(client, csv(("王一", "900-1", "机电党支部"), header=header))
    assert (twice.status_code, "请写支部代码" in twice.text) == (422, True)


def test_an_upload_is_its_own_members(make: Make, client: FlaskClient, sign_in: SignIn) -> None:
    sent = send(client, csv(("900-1", "王一", make.branch().code, "")))
    other = sign_in(make.member(role="organiser"))
    assert other.get(sent.location).status_code == other.post(sent.location).status_code == 404


def test_what_came_in_between_is_looked_at_again(make: Make, client: FlaskClient) -> None:
    branch = make.branch()
    sent = send(client, csv(("900-1", "王一", branch.code, ""), ("900-2", "王二", branch.code, "")))
    make.member(branch, no="900-2", name="别人")
    before = count()
    assert (client.post(sent.location).status_code, count()) == (409, before)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"a,b\n1,2", "工号,姓名,支部\n".encode()])
def test_a_file_that_is_no_list_is_refused_with_a_reason(client: FlaskClient, data: bytes) -> None:
    answer = send(client, data)
    assert answer.status_code == 422
    assert re.search(r'id="f-file-error"', answer.text)


def test_the_template_is_understood(make: Make, client: FlaskClient) -> None:
    template = client.get(f"{HOME}/template.xlsx").data
    assert "表头下面没有人员" in send(client, template, "t.xlsx").text
