"""Texts of other systems become Markdown that shows the same."""

import base64
import hashlib
import html
import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from question_bank.formats.markup import escaped, from_html, has_html
from question_bank.formats.pictures import Pictures

SHOW = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def shown(markdown):
    """Return the text that readers see, spaces folded."""
    rendered = SHOW.render(markdown)
    assert not re.search(r"<(?!/?p>|br />)", rendered), rendered
    return html.unescape(re.sub(r"<[^>]*>", " ", rendered)).split()


SPECIAL = st.text(st.sampled_from("ab中 _*`[](){}<>&#\\|:-=+~!.1)\n\t;x"), max_size=40)


@given(SPECIAL)
def test_escaped_text_is_shown_as_it_is(text):
    if "___" not in text:
        assert shown(escaped(text)) == text.split()


@pytest.mark.parametrize(
    "text", ["3 * 4 = 12", "a_b", "甲____乙", "1.5 mm", "a - b", "A&B", "x < 3"]
)
def test_what_markdown_leaves_alone_is_not_escaped(text):
    assert escaped(text) == text


@given(SPECIAL)
def test_text_in_html_is_shown_as_it_is(text):
    if "___" not in text:
        assert shown(from_html(f"<p>{html.escape(text)}</p>").text) == text.split()


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("a <b>bold </b>c", "a **bold** c"),
        ("<p>one<br>two</p><p>three</p>", "one\ntwo\n\nthree"),
        ("<i>x</i><b></b>", "*x*"),
        ("<b><p>one</p><p>two</p></b>", "**one**\n\n**two**"),
        ("H<sub>2</sub>O 10<sup>-3</sup> x<sup>AB</sup>", "H₂O 10⁻³ x^AB^"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>d", "- a\n- b\n  1. c\n\nd"),
        ("<p>1. a</p>", "1\\. a"),
        ("<u>&nbsp;&nbsp;&nbsp;</u>是", "____是"),
        ("<pre>a\n  *b*</pre>", "```\na\n  *b*\n```"),
        ("<code>a*b</code>", "`a*b`"),
        ("<h2>T</h2>x", "**T**\n\nx"),
        (
            "<table><tr><th>a</th><th></th></tr><tr><td>1|2<br>3</td><td>4</td></tr></table>",
            "| a |  |\n| --- | --- |\n| 1\\|2 3 | 4 |",
        ),
        ('<a href="https://a.b/c(d)">x</a>', "[x](https://a.b/c%28d%29)"),
        ("<blockquote><p>a</p></blockquote>b", "> a\n\nb"),
        ("#include <stdio.h>", "#include \\<stdio.h>"),
        ("a < b && c > d", "a < b && c > d"),
        ('<span style="color: red">a</span><!-- b -->', "a"),
    ],
)
def test_html_becomes_markdown(source, markdown):
    converted = from_html(source)
    assert (converted.text, converted.problems("line 1")) == (markdown, [])


@pytest.mark.parametrize(
    ("source", "text", "names"),
    [
        ("a<script>alert(1)</script>b", "ab", "script"),
        ('<p onclick="x()">a</p>', "a", "onclick"),
        ('<a href="javascript:x()">a</a>', "a", "javascript:x()"),
        ("the <u>word</u>", "the word", "u"),
        ("<style>p {}</style>a<head>x</head>", "a", "style、head"),
    ],
)
def test_what_is_dropped_is_named_once(source, text, names):
    converted = from_html(source)
    assert converted.text == text
    (problem,) = converted.problems("line 1")
    assert (problem.code, problem.params["names"]) == ("markup_removed", names)
    assert problem.is_warning


@pytest.mark.parametrize("source", ["<svg><script>x</script></svg>a", "a<math>1</math>", "a<map>b"])
def test_what_the_question_may_need_keeps_it_a_draft(source):
    converted = from_html(source)
    assert converted.text == "a"
    (problem,) = converted.problems("line 1")
    assert problem.code == "markup_lost" and not problem.is_warning


def test_pictures_are_named_or_missed():
    source = '<img src="a.png" alt="A"><img src="b.png"><img src="https://c/d.png" alt="D">'
    converted = from_html(source, {"a.png": "0f.png"}.get)
    assert converted.text == "![A](0f.png)D"
    codes = [problem.code for problem in converted.problems("line 1")]
    assert codes == ["picture_absent", "picture_not_fetched"]


@pytest.mark.parametrize(
    "tag", ["<b>", "<ul><li>", "<table><tr><td>", "<!--", "<a", "</b>", "<svg>"]
)
def test_hostile_html_takes_little_time(tag):
    before = perf_counter()
    from_html(tag * (60_000 // len(tag)))
    from_html(tag * 60_000)
    assert perf_counter() - before < 5


TAGS = """<b> </b> <i> <p> <ul> <li> </ul> <td> <table> </table> <pre> </pre> <a> </a> <sup> </sup>
    <u> </u> <br> <img> <code> </code> x y"""


@given(st.lists(st.sampled_from(TAGS.split())))
def test_no_order_of_tags_loses_text(tags):
    text = from_html("".join(tags)).text
    assert len(re.findall("[xˣ]", text)) == tags.count("x")
    assert len(re.findall("[yʸ]", text)) == tags.count("y")


def test_html_is_told_from_text():
    assert has_html("a <b>c</b>") and has_html("&nbsp;") and has_html("a<br/>b")
    assert not has_html("a < b > c") and not has_html("if a<c and d>e <stdio.h>")


def test_a_picture_in_its_own_address_comes_along():
    pictures = Pictures()
    png = b"\x89PNG\r\n\x1a\n0"
    address = "data:image/png;base64," + base64.b64encode(png).decode()
    name = hashlib.sha256(png).hexdigest() + ".png"
    assert from_html(f'<img src="{address}">', pictures.inline).text == f"![]({name})"
    assert pictures.named == {name: png}
    assert pictures.inline("data:image/svg+xml;base64,AAAA") is None
    assert pictures.inline("data:image/png;base64,A") is None
