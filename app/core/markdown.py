"""Authors' Markdown to safe HTML: no raw HTML, no foreign images, Chinese emphasis that works."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType
from markupsafe import Markup

TAGS = {
    "p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "sub", "sup",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}

#: Where this site's pictures are.
_OWN = ("/media/", "/static/")

#: CJK letters, punctuation and full-width forms: no spaces surround words in Chinese.
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’—…]")


class CjkInline(StateInline):
    """Inline parser state that lets ** open and close beside CJK text.

    CommonMark's flanking rule needs spaces or ASCII punctuation that Chinese does not write; the
    rule here is that of markdown-it-cjk-friendly.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Return how the run of delimiters at *start* may open and close."""
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start > 0 else " "
        end = start + scanned.length
        after = self.src[end] if end < len(self.src) else " "
        if self.src[start] != "*" or not (_CJK.match(before) or _CJK.match(after)):
            return scanned
        return Scanned(
            can_open=not after.isspace(), can_close=not before.isspace(), length=scanned.length
        )


def _own_image(tag: str, attribute: str, value: str) -> str | None:
    # Only pictures of this site: a foreign address would tell its owner who reads when.
    if tag == "img" and attribute == "src" and not value.startswith(_OWN):
        return None
    return value


class CjkParser(ParserInline):
    """The inline parser over the CJK-friendly state."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse *src* as the base class does, with our state."""
        state = CjkInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    parser.inline = CjkParser()
    return parser


@lru_cache(maxsize=4096)
def to_html(text: str) -> Markup:
    """Return *text* as safe HTML. Pure, so equal texts are rendered once per process."""
    html = _parser().render(text)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_own_image,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)  # noqa: S704


@lru_cache(maxsize=4096)
def inline_html(text: str) -> Markup:
    """Return one-paragraph *text* as safe HTML without the ``<p>`` around it."""
    html = str(to_html(text)).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        html = html[3:-4]
    return Markup(html)  # noqa: S704


def foreign_images(text: str) -> list[str]:
    """Return the addresses of the pictures in *text* that :func:`to_html` does not show."""
    inside = (one for token in _parser().parse(text) for one in token.children or ())
    sources = (str(one.attrGet("src")) for one in inside if one.type == "image")
    return [source for source in sources if not source.startswith(_OWN)]
