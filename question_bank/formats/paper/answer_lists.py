"""Lists of answers between the sections of a paper: 单选题答案：1-5 ABCDA."""

from collections.abc import Sequence
from itertools import islice

from question_bank.formats.paper import headings, keys
from question_bank.formats.paper.items import Paper, Section
from question_bank.formats.paper.lines import Line


class AnswerLists:
    """Keeps the answers that are listed for a section."""

    def __init__(self, lines: Sequence[Line], paper: Paper) -> None:
        self._lines = lines
        self._paper = paper
        #: The section whose list is being read.
        self.section: Section | None = None

    def follows(self, place: int, line: Line) -> bool:
        """Tell whether a line is the title of a list."""
        if not keys.is_title(line):
            return False
        below = (one for one in islice(self._lines, place + 1, None) if one.text)
        first = next(below, None)
        return first is not None and keys.entries_of(first) is not None

    def open(self, line: Line, heading: headings.Heading, last: Section) -> None:
        """Begin a list under a heading, for the *last* section or the only one of its type."""
        sections = self._paper.sections
        found = [one for one in sections if one.items and one.kind == heading.kind]
        self.section = found[0] if len(found) == 1 else None
        if last.items and last.kind == heading.kind:
            self.section = last
        entries = keys.rest_of(line, heading.rest)
        if self.section is None or entries is None:
            self._paper.left_out.append(line)
        elif entries:
            self.keep(line, entries, self.section)

    def take(self, line: Line) -> bool:
        """Take a line of the list that is being read; the first other line ends it."""
        entries = keys.entries_of(line) if self.section else None
        if entries is None or self.section is None:
            self.section = None
            return False
        self.keep(line, entries, self.section)
        return True

    def keep(self, line: Line, entries: Sequence[tuple[int, str]], section: Section) -> None:
        """Keep answers of a section."""
        key = section.key or keys.Key(section.kind, where=line.where)
        section.key = key
        for number, answer in entries:
            key.add(number, answer, line.where)
