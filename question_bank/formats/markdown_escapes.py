"""Plain text as Markdown: a backslash where Markdown would otherwise read something into it."""

import re

_INLINE = re.compile(
    r"(?P<always>[`*])"
    r"|(?P<slash>\\(?=[!-/:-@\[-`{-~\n]|$))"
    r"|(?P<run>_+)"
    r"|(?P<close>\](?=[(\[:]))"
    r"|(?P<tag><(?=[A-Za-z/!?]))"
    r"|(?P<entity>&(?=\#?\w+;))"
)
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?:"
    r"(?P<mark>\#{1,6}(?=[ \t]|$)|>|[-+](?=[ \t]|$)|[-=]+(?=[ \t]*$)|~~~"
    r"|_(?=[ \t]*_[ \t]*_[_ \t]*$))"
    r"|(?P<number>\d{1,9})(?=[.)](?:[ \t]|$))"
    r"|(?P<rule>[|:-][|:\- \t]*$))?"
)

_RULED = re.compile("=+ ?")


def escaped(text: str) -> str:
    """Return Markdown that shows *text* as it is, line by line; blanks (``____``) stay."""
    return escaped_lines(escaped_inline(text))


def without_escapes(markdown: str) -> str:
    """Return the text that :func:`escaped` was given, if *markdown* says nothing more than text."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def escaped_inline(text: str) -> str:
    """Return *text* with what Markdown reads inside a line escaped."""
    return _INLINE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    text, whole = found[0], found.string
    before = whole[found.start() - 1 : found.start()]
    after = whole[found.end() : found.end() + 1]
    if text == "*" and before == after == " ":
        return text
    if found["run"]:
        inside = before.isalnum() and after.isalnum()
        # Three and more are a blank to fill in.
        free = inside or len(text) > 2 or (before == after == " ")
        return text if free else text.replace("_", r"\_")
    return "\\" + text


def escaped_lines(text: str) -> str:
    """Return *text* with what Markdown reads at the beginning of a line escaped."""
    first, *later = text.split("\n")
    # A line of = makes a heading of the one above it, if there is one.
    head = first if _RULED.fullmatch(first) else _escaped_line(first)
    return "\n".join([head, *map(_escaped_line, later)])


def _escaped_line(line: str) -> str:
    found = _LINE.match(line)
    if not found:
        return line
    indent, rest = found["indent"], line[found.end("indent") :]
    # Four spaces would make it code.
    if "\t" in indent or len(indent) > 3:
        indent = "\u00a0" * len(indent.expandtabs(4)) if rest else ""
    if found["rule"] and "|" in rest:
        rest = rest.replace("|", r"\|")
        return indent + (rest if rest.startswith("\\") else "\\" + rest)
    if found["number"]:
        cut = len(found["number"])
        return f"{indent}{rest[:cut]}\\{rest[cut:]}"
    return indent + ("\\" if found["mark"] or found["rule"] else "") + rest
