"""What follows a line: whether a number there begins a question."""

import re
from collections.abc import Sequence

from question_bank.formats.paper import headings, labels, marks
from question_bank.formats.paper.lines import Line

#: Lines that are looked ahead at.
_FAR = 60
#: Styles that headings have too.
HAN = ("han", "han_paren")
_FILLED = re.compile(r"[(]\s*(?:[A-J](?:[\s,、]*[A-J])*|[√✓✔×✗✘对错TF]|正确|错误)\s*[)]")


class Outlook:
    """Looks ahead in a paper."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._starts = [marks.start_of(line) for line in lines]
        #: Whether no line is the heading of a section.
        self.without_headings = not any(headings.heading_of(line) for line in lines)

    def is_question(self, place: int, usual: str | None = None) -> bool:
        """Tell whether options or an answer follow before the next number.

        :param usual: how the section's questions are numbered.
        """
        start = self._starts[place]
        style = start.style if start else ""
        line = self._lines[place]
        begin = start.end if start else 0
        if _FILLED.search(line.flat, begin) or labels.inline_fields(line):
            return True
        if marks.pieces_in(line, begin):
            return True
        for other in range(place + 1, min(place + _FAR, len(self._lines))):
            line = self._lines[other]
            if not line.text:
                continue
            then = self._starts[other]
            if then is not None and (
                then.style in (style, usual) or (style in HAN and then.number == 1)
            ):
                return False
            if headings.heading_of(line) or headings.is_chapter(line):
                return False
            if any(one.name == "answer" for one in labels.fields_of(line)):
                return True
            pieces = marks.pieces_of(line)
            if pieces and pieces[0].index == 0 and (not pieces[0].faint or len(pieces) > 2):
                return True
            if not start:
                # A line without number: only what follows at once is its own.
                return False
        return False

    def goes_on(self, place: int, count: int) -> bool:
        """Tell whether the next line is the option after *count* options."""
        for line in self._lines[place + 1 : place + 3]:
            if line.text:
                pieces = marks.pieces_of(line)
                return bool(pieces) and pieces[0].index == count
        return False

    def comes_again(self, place: int, start: marks.Start) -> bool:
        """Tell whether the same number comes later, before the one after it."""
        for other in self._starts[place + 1 : place + _FAR]:
            if other is not None and other.style == start.style and start.number is not None:
                if other.number == start.number and not other.decimal:
                    return True
                if other.number == start.number + 1:
                    return False
        return False

    def comes_as_question(self, place: int, start: marks.Start) -> bool:
        """Tell whether the same number comes later where it clearly begins a question."""
        for other in range(place + 1, min(place + _FAR, len(self._starts))):
            then = self._starts[other]
            if then is not None and (then.style, then.number) == (start.style, start.number):
                return self.is_question(other)
        return False

    def is_numbered(self, place: int) -> bool:
        """Tell whether the questions of the section that begins at *place* have numbers."""
        for other in range(place, len(self._lines)):
            line = self._lines[other]
            if not line.text:
                continue
            if headings.heading_of(line) or headings.is_chapter(line):
                return True
            start = self._starts[other]
            if start is not None and start.style not in ("han", "han_paren", "space"):
                return True
            if start is not None and self.is_question(other):
                return True
        return False
