"""Markdown in the making: pieces of a line, lines of a block, blocks under each other."""

import re

from question_bank.formats.markdown_escapes import escaped_inline, escaped_lines

_SPACES = re.compile(r"[ \t\r\n\f]+")
#: A line break asked for, kept apart from those of the source until a block ends.
_BREAK = "\x0b"
#: Deepest list; what is deeper stands at that depth.
_DEEPEST = 6


class Lines:
    """Collects text, styles, lists and tables; :meth:`text` is the Markdown of it all."""

    def __init__(self) -> None:
        #: Blocks with whether a blank line belongs before each.
        self._blocks: list[tuple[str, bool]] = []
        self._pieces: list[str] = []
        #: Open styles: the mark, and how many pieces there were.
        self._open: list[tuple[str, int]] = []
        #: Open lists and quotes: ``ul``, ``ol`` or ``blockquote``, and the items so far.
        self._lists: list[list[int | str]] = []
        self._marker = ""
        self._tables = 0
        self._rows: list[list[str]] = []
        self._in_cell = False
        self._code = False
        #: Addresses of open links.
        self.links: list[str] = []

    def text(self) -> str:
        """Return the Markdown."""
        if self._code:
            self.end_code()
        if self._tables:
            self._tables = 1
            self.end_table("table")
        self.end_block()
        found = ""
        for block, apart in self._blocks:
            found += ("\n\n" if apart else "\n") * bool(found) + block
        return found

    def add_text(self, text: str) -> None:
        """Add plain text."""
        if self._code:
            self._pieces.append(text)
        else:
            self._pieces.append(escaped_inline(_SPACES.sub(" ", text.replace(_BREAK, " "))))

    def add_raw(self, text: str) -> None:
        """Add text that is Markdown already."""
        self._pieces.append(text)

    def add_image(self, alt: str, name: str) -> None:
        """Add a picture."""
        words = escaped_inline(" ".join(alt.split())).replace("[", r"\[").replace("]", r"\]")
        self._pieces.append(f"![{words}]({name})")

    def line_break(self) -> None:
        """Begin a new line."""
        self._pieces.append("\n" if self._code else _BREAK)

    def open(self, mark: str) -> None:
        """Begin a style: ``**``, ``*``, a code's backtick, ``[`` for a link, or a name."""
        self._open.append((mark, len(self._pieces)))

    def take(self, mark: str) -> str | None:
        """Return what was added since *mark* was opened, and forget it; None if it was not."""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == mark:
                start = min(self._open[place][1], len(self._pieces))
                inside = "".join(self._pieces[start:])
                del self._pieces[start:], self._open[place]
                # What was opened inside and is not closed yet goes on after it.
                self._open[place:] = [(one, start + 1) for one, _ in self._open[place:]]
                return inside
        return None

    def close(self, mark: str) -> None:
        """End a style; spaces at its ends stand outside of it."""
        inside = self.take(mark)
        if inside is not None:
            address = self.links.pop() if mark == "[" and self.links else ""
            self._pieces.append(_styled(inside, mark, address))

    def _end_styles(self) -> list[str]:
        marks = [mark for mark, _ in self._open]
        for mark in reversed(marks):
            if mark in ("**", "*", "`"):
                self.close(mark)
        return [mark for mark in marks if mark in ("**", "*", "`")]

    def end_block(self) -> None:
        """End a paragraph; styles that are open go on in the next one."""
        if self._tables or self._code:
            self._pieces.append(" " if self._tables else "\n")
            return
        if not self._pieces:
            return
        marks = self._end_styles()
        text = "".join(self._pieces)
        self._pieces.clear()
        self._open = [(mark, 0) for mark in marks]
        lines = [line.strip(" ") for line in text.split(_BREAK)]
        body = escaped_lines("\n".join(lines).strip("\n"))
        if body.strip():
            self._add_block(re.sub(r"\n{3,}", "\n\n", body))

    def _add_block(self, body: str, apart: bool = True) -> None:
        quote = ""
        width = 0
        for kind, _ in self._lists:
            width += 3 if kind == "ol" else 2 if kind == "ul" else 0
            quote += "> " if kind == "blockquote" else ""
        own = len(self._marker)
        first = " " * max(width - own, 0) + self._marker if self._marker else " " * width
        lines = body.split("\n")
        later = " " * width
        shown = [f"{first}{lines[0]}", *(f"{later}{line}" if line else "" for line in lines[1:])]
        if self._marker and self._blocks:
            apart = len(self._lists) == 1 and self._lists[0][1] == 1
        self._marker = ""
        self._blocks.append(("\n".join(quote + line for line in shown), apart))

    def rule(self) -> None:
        """Add a line across."""
        self.end_block()
        if not self._tables and not self._code:
            self._add_block("---")

    def begin(self, kind: str) -> None:
        """Begin a list or a quote."""
        self.end_block()
        if not self._tables and len(self._lists) < _DEEPEST:
            self._lists.append([kind, 0])

    def end(self, kind: str) -> None:
        """End a list or a quote."""
        self.end_block()
        self._marker = ""
        if self._lists and self._lists[-1][0] == kind:
            self._lists.pop()

    def item(self) -> None:
        """Begin an entry of the list."""
        self.end_block()
        if self._tables:
            return
        if not self._lists or self._lists[-1][0] == "blockquote":
            self._marker = ""
            return
        count = int(self._lists[-1][1]) + 1
        self._lists[-1][1] = count
        self._marker = f"{count}. " if self._lists[-1][0] == "ol" else "- "

    def begin_code(self) -> None:
        """Begin text that is shown as it stands."""
        self.end_block()
        if not self._tables and not self._code:
            self._pieces.clear()
            self._open.clear()
            self._code = True

    def end_code(self) -> None:
        """End text that is shown as it stands."""
        if not self._code:
            return
        text = "".join(self._pieces).strip("\n").replace("\r\n", "\n")
        self._pieces.clear()
        self._open.clear()
        self._code = False
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text) or [""]))
        if text.strip():
            self._add_block(f"{fence}\n{text}\n{fence}")

    def table(self, tag: str) -> None:
        """Begin a table, a row or a cell; a table in a table is a part of its cell."""
        if tag == "table":
            if not self._tables:
                self.end_block()
                self._rows = []
            self._tables += 1
        elif self._tables == 1:
            self._end_cell()
            if tag == "tr" or not self._rows:
                self._rows.append([])
            self._in_cell = tag != "tr"

    def end_table(self, tag: str) -> None:
        """End a table, a row or a cell."""
        if tag != "table":
            if self._tables == 1:
                self._end_cell()
            return
        if self._tables != 1:
            self._tables = max(self._tables - 1, 0)
            return
        self._end_cell()
        self._tables = 0
        rows = [row for row in self._rows if row]
        width = max(map(len, rows), default=0)
        if width:
            rows = [row + [""] * (width - len(row)) for row in rows]
            shown = ["| " + " | ".join(row) + " |" for row in rows]
            self._add_block("\n".join([shown[0], "|" + " --- |" * width, *shown[1:]]))

    def _end_cell(self) -> None:
        self._end_styles()
        text = " ".join("".join(self._pieces).replace(_BREAK, " ").split())
        self._pieces.clear()
        self._open.clear()
        if self._in_cell:
            self._rows[-1].append(text.replace("|", r"\|"))
        elif text:
            # What stands in a table but in no cell, a caption: a row of its own.
            self._rows.append([text.replace("|", r"\|")])
        self._in_cell = False


def _styled(inside: str, mark: str, address: str) -> str:
    bare = inside.strip(" " + _BREAK)
    if not bare:
        return inside
    start = inside.index(bare)
    before, after = inside[:start], inside[start + len(bare) :]
    if mark == "[":
        known = re.fullmatch(r"https?://[^\s<>\"]+", address, re.IGNORECASE)
        safe = address.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")
        shown = f"[{bare}]({safe})" if known and "](" not in bare else bare
        return before + shown + after
    if mark == "`":
        plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", bare).replace(_BREAK, " ")
        fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
        pad = " " if "`" in (plain[0], plain[-1]) else ""
        return f"{before}{fence}{pad}{plain}{pad}{fence}{after}"
    parts = [one if not one.strip() else f"{mark}{one.strip()}{mark}" for one in bare.split(_BREAK)]
    return before + _BREAK.join(parts) + after
