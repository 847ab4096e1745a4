"""Authors' Markdown is safe and Chinese emphasis works."""

import pytest

from app.core.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("强调**“引号”**紧邻", "<strong>“引号”</strong>"),
        ("**注意：**后面", "<strong>注意：</strong>"),
        ("中**文**字", "<strong>文</strong>"),
    ],
)
def test_emphasis_beside_chinese(text: str, html: str) -> None:
    assert html in to_html(text)


@pytest.mark.parametrize("text", ["5 * 3 * 2", "snake_case_name"])
def test_arithmetic_and_names_are_left_alone(text: str) -> None:
    assert "<em>" not in to_html(text)


@pytest.mark.parametrize(
    "text",
    ["<script>x</script>", "[a](javascript:alert(1))", '<img src=x onerror="x">',
     "![x](http://evil.example/x.png)", '<a hx-get="/x">a</a>', "<svg onload=x>"],
)  # fmt: skip
def test_nothing_active_or_foreign_survives(text: str) -> None:
    html = to_html(text)
    for sign in ("<script", 'href="javascript', "<img", "<svg", "<a hx"):
        assert sign not in html.replace('<img alt="x">', "")
    assert "evil.example" not in html or "src" not in html
