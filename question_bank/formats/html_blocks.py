"""HTML as Markdown, tag by tag: what a question needs of it is kept, the rest dropped and named."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from question_bank.formats.html_lines import Lines


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Dropped with what is in them.
_EMPTY = _words("script style noscript template head title noframes map button")
#: Dropped with what is in them, which the question may need.
_NEEDED = _words("iframe object embed applet svg math video audio canvas select textarea")
_HEAVY = _EMPTY | _NEEDED
#: Heavy ones that have nothing in them, so that there is no end to wait for.
_VOID_HEAVY = _words("embed")
#: Dropped, their text kept, but it may have meant something.
_MEANT = _words("u s del strike ins input form label blink marquee base meta link")
#: Dropped without a word, their text kept.
_LIGHT = _words(
    "html body div span p font center section article header footer main aside nav figure"
    " figcaption address small big abbr acronym cite q dfn kbd samp var tt mark time data bdi bdo"
    " wbr ruby rt rp rb dl dt dd details summary fieldset legend caption colgroup col thead tbody"
    " tfoot nobr picture source hgroup dir menu"
)
_BLOCKS = _words(
    "html body div p center section article header footer main aside nav figure figcaption address"
    " dl dt dd details summary fieldset legend caption hgroup form dir menu"
)
_STYLES = {"b": "**", "strong": "**", "i": "*", "em": "*", "th": "", "code": "`"}
_HEADINGS = _words("h1 h2 h3 h4 h5 h6")
KNOWN = (
    _HEAVY
    | _MEANT
    | _LIGHT
    | _HEADINGS
    | _STYLES.keys()
    | _words("a img br hr ul ol li blockquote table tr td pre sup sub")
)
_RAISED = str.maketrans("0123456789+-−=()nixyab", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣʸᵃᵇ")
_LOWERED = str.maketrans("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")


def read_html(
    html: str, picture: Callable[[str], str | None]
) -> tuple[str, dict[str, bool], tuple[str, ...]]:
    """Return the Markdown, what was dropped and whether it may be needed, and unknown pictures."""
    reader = _Reader(picture)
    reader.feed(html)
    reader.close()
    if reader.skipped:
        # Without its end, everything after it is gone.
        reader.removed[reader.skipped[0]] = True
    return reader.lines.text(), reader.removed, tuple(reader.missing)


class _Reader(HTMLParser):
    def __init__(self, picture: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = Lines()
        #: What was dropped, and whether the question may need it.
        self.removed: dict[str, bool] = {}
        self.missing: list[str] = []
        self._picture = picture
        #: The heavy tag that is being left out, and how often it is open.
        self.skipped: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what *tag* does."""
        if self.skipped:
            name, depth = self.skipped
            self.skipped = (name, depth + (tag == name))
            return
        values = {name: value or "" for name, value in attrs}
        self._check(tag, values)
        if tag in _HEAVY:
            self.skipped = None if tag in _VOID_HEAVY else (tag, 1)
        elif tag in _BLOCKS:
            self.lines.end_block()
        elif tag in _HEADINGS:
            self.lines.end_block()
            self.lines.open("**")
        elif tag == "img":
            self._image(values)
        elif tag == "a":
            self.lines.open("[")
            self._links.append(values.get("href", "").strip())
        else:
            self._other(tag)

    def _other(self, tag: str) -> None:
        lines = self.lines
        if tag in _STYLES and _STYLES[tag]:
            lines.open(_STYLES[tag])
        elif tag in ("sup", "sub", "u"):
            lines.open(tag)
        elif tag == "br":
            lines.line_break()
        elif tag == "hr":
            lines.rule()
        elif tag in ("ul", "ol", "blockquote"):
            lines.begin(tag)
        elif tag == "li":
            lines.item()
        elif tag in ("table", "tr", "td", "th"):
            lines.table(tag)
        elif tag == "pre":
            lines.begin_code()
        elif tag not in KNOWN:
            lines.add_text(self.get_starttag_text() or "")

    @property
    def _links(self) -> list[str]:
        return self.lines.links

    def _check(self, tag: str, values: dict[str, str]) -> None:
        if tag in _HEAVY or (tag in _MEANT and tag != "u"):
            self.removed[tag] = tag in _NEEDED
        for name, value in values.items():
            if name.startswith("on") or name in ("srcdoc", "formaction"):
                self.removed[name] = False
            elif re.match(r"[\s\x00-\x1f]*(?:javascript|vbscript|data:text)", value, re.IGNORECASE):
                self.removed[value.strip()[:20]] = False

    def _image(self, values: dict[str, str]) -> None:
        address = values.get("src", "").strip()
        name = self._picture(address) if address else None
        if name is None:
            self.lines.add_text(values.get("alt", ""))
            self.missing += [address] if address else []
        else:
            self.lines.add_image(values.get("alt", ""), name)

    def handle_endtag(self, tag: str) -> None:
        """End what *tag* began."""
        if self.skipped:
            name, depth = self.skipped
            depth -= tag == name
            self.skipped = (name, depth) if depth else None
            return
        lines = self.lines
        if tag in _BLOCKS or tag in _HEADINGS:
            if tag in _HEADINGS:
                lines.close("**")
            lines.end_block()
        elif tag == "a":
            lines.close("[")
        elif tag in ("sup", "sub", "u"):
            self._close_script(tag)
        elif tag in _STYLES and _STYLES[tag]:
            lines.close(_STYLES[tag])
        elif tag in ("ul", "ol", "blockquote"):
            lines.end(tag)
        elif tag == "li":
            lines.end_block()
        elif tag in ("table", "tr", "td", "th"):
            lines.end_table(tag)
        elif tag == "pre":
            lines.end_code()

    def _close_script(self, tag: str) -> None:
        inside = self.lines.take(tag)
        if inside is None:
            return
        if tag == "u":
            blank = not inside.strip() and len(inside) > 1
            if inside.strip():
                self.removed["u"] = False
            self.lines.add_raw("____" if blank else inside)
            return
        bare = inside.strip()
        moved = bare.translate(_RAISED if tag == "sup" else _LOWERED)
        both = "".join(bare.split())
        plain = all(a != b for a, b in zip(bare, moved, strict=True) if not a.isspace())
        mark = "^" if tag == "sup" else "~"
        self.lines.add_raw((moved if plain else f"{mark}{bare}{mark}") if both else inside)

    def handle_data(self, data: str) -> None:
        """Add text."""
        if not self.skipped:
            self.lines.add_text(data)

    def handle_pi(self, data: str) -> None:
        """Leave out an instruction."""
        self.removed["<?"] = False

    def unknown_decl(self, data: str) -> None:
        """Leave out a declaration."""
        self.removed["<!["] = False
