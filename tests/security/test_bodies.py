"""What is refused before it is read, and input that no database could keep."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import Make

SignIn = Callable[..., FlaskClient]


class Counting(io.BytesIO):
    """A body that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


@pytest.mark.parametrize("path", ["/organise/lessons/files", "/author/import"])
def test_nobody_signed_in_means_no_body_read(app: Flask, path: str) -> None:
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = Counting(start + b"a" * 2_000_000 + b"\r\n--x--\r\n")
    answer = app.test_client().post(
        path, input_stream=body, content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": str(len(body.getvalue()))},
    )  # fmt: skip
    assert answer.status_code in (302, 303, 401)
    assert body.taken == 0


@pytest.mark.parametrize(
    "path",
    ["/boards/members?window=0001-01-01", "/boards/members?window=9999-12",
     "/boards/branches?window=0001-W01", "/api/v1/boards/branches?window=9999-12-31",
     "/organise/people?q=%00", "/boards/branch-%00", "/me?before=99999999999999999999",
     "/author?x=%00", "/organise/people/99999999999999999999", "/author/banks/99999999999",
     "/organise/rotas/9999999999999", "/author/banks/1?after=9999999999999"],
)  # fmt: skip
def test_an_address_that_nobody_types_is_no_failure(make: Make, sign_in: SignIn, path: str) -> None:
    client = sign_in(make.member(role="organiser"))
    assert client.get(path).status_code in (200, 302, 303, 400, 404, 405, 422)


@pytest.mark.parametrize("field", ["no", "password"])
def test_a_nul_in_a_form_is_refused(app: Flask, field: str) -> None:
    client: Any = app.test_client()
    token = client.get("/login").text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"no": "a", "password": "b", "csrf_token": token, field: "a\x00b"}
    assert client.post("/login", data=form).status_code == 422
