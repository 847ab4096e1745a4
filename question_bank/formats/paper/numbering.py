"""Whether a number at the head of a line begins a question or stands inside one."""

from collections.abc import Sequence

from question_bank.formats.paper import marks
from question_bank.formats.paper.items import Item, Section
from question_bank.formats.paper.lines import Line
from question_bank.formats.paper.outlook import Outlook

#: Styles that headings and plain text have as well.
_WEAK = ("han", "han_paren", "space")
#: Most numbers that may be missing between two questions.
_LEAP = 5


class Numbering:
    """Follows the numbers of a section and of a list inside a question."""

    def __init__(self, lines: Sequence[Line], outlook: Outlook) -> None:
        self._lines = lines
        self._outlook = outlook
        #: Style and next number of a list inside the question.
        self.inner: tuple[str, int] | None = None

    def begins(
        self, place: int, start: marks.Start, section: Section, item: Item | None, field: str
    ) -> bool:
        """Tell whether a question begins.

        :param item: the question before, and *field* where in it the line would stand.
        """
        if start.style == "label":
            return True
        shown = self._outlook.is_question(place, section.style)
        if section.style is None:
            return shown or self._opens(start, section)
        if item is not None and self.inner == (start.style, start.number):
            return self._in_list(place, start, section, item, shown)
        expected = start.number == section.last + 1
        if start.style == section.style and expected:
            complete = _complete(item)
            return complete or not (start.decimal and self._outlook.comes_again(place, start))
        if shown and (start.style == section.style or (expected and _complete(item))):
            return True
        if self._goes_on(start, section, field):
            return True
        if start.number == 1 and item is not None:
            self.inner = (start.style, 2)
        return False

    def _opens(self, start: marks.Start, section: Section) -> bool:
        """Tell whether a section's first number is a question's without options or answer."""
        if start.style in _WEAK or not (section.kind or self._outlook.without_headings):
            return False
        return not section.items or start.number == section.last + 1

    def _in_list(
        self, place: int, start: marks.Start, section: Section, item: Item, shown: bool
    ) -> bool:
        """Go on with a list inside a question, unless the next question has the same number."""
        assert start.number is not None
        self.inner = (start.style, start.number + 1)
        if start.style != section.style:
            return False
        expected = start.number == section.last + 1
        if expected and not shown and not self._outlook.comes_as_question(place, start):
            item.say("numbering_unclear", str(start.number), self._lines[place].where)
        return shown

    def _goes_on(self, start: marks.Start, section: Section, field: str) -> bool:
        """Tell whether a number without answer or options below it still is the next question's.

        Lists inside a question begin with 1; what goes on counting outside of one is the paper.
        """
        if self.inner or start.number is None or field not in ("stem", "options"):
            return False
        if start.style == section.style:
            return section.last < start.number <= section.last + _LEAP and not start.decimal
        expected = start.number == section.last + 1
        return expected and start.style in marks.BARE and section.style in marks.BARE


def _complete(item: Item | None) -> bool:
    return item is None or bool(item.options or item.answer)
