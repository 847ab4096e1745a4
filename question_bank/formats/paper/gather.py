"""From lines to questions: what each line is depends on what came before and what follows."""

from collections.abc import Sequence

from question_bank.formats.base import MAX_ROWS, FileUnreadable
from question_bank.formats.paper import headings, keys, labels, marks
from question_bank.formats.paper.answer_lists import AnswerLists
from question_bank.formats.paper.items import Item, Paper, Section
from question_bank.formats.paper.lines import Line
from question_bank.formats.paper.numbering import Numbering
from question_bank.formats.paper.outlook import Outlook
from question_bank.problems import excerpt

#: Most lines with something in them: five thousand questions of ten lines.
MAX_LINES = 50_000
#: Fields that go on over several lines.
_LONG = ("stem", "answer", "explanation", "source")


def gather(lines: Sequence[Line]) -> Paper:
    """Return the questions of a paper, with its lists of answers.

    :raises FileUnreadable: for more lines or questions than the limits.
    """
    if sum(bool(line.text) for line in lines) > MAX_LINES:
        raise FileUnreadable("too_many_rows", limit=MAX_LINES)
    for place, line in enumerate(lines):
        if keys.is_title(line):
            found = keys.read_keys(lines, place + 1)
            if found is not None:
                paper = Gathering(lines[:place]).paper()
                paper.keys = found
                return paper
    return Gathering(lines).paper()


class Gathering:
    """One walk over the lines of a paper."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.outlook = Outlook(lines)
        self.result = Paper([Section()])
        self.section = self.result.sections[0]
        self.item: Item | None = None
        #: What a line without mark belongs to: a field, ``options``, or "" for nothing.
        self.field = ""
        self.tags: tuple[str, ...] = ()
        self.after_blank = False
        self.numbering = Numbering(lines, self.outlook)
        self.count = 0
        self.lists = AnswerLists(lines, self.result)
        self.section.numbered = self.outlook.is_numbered(0)

    def paper(self) -> Paper:
        """Return what was gathered."""
        for place, line in enumerate(self.lines):
            if line.text:
                self._take(place, line)
                self.after_blank = False
            else:
                self.after_blank = True
        self.result.sections = [one for one in self.result.sections if one.items]
        return self.result

    def _take(self, place: int, line: Line) -> None:
        heading = headings.heading_of(line)
        if self.lists.take(line):
            return
        if heading and heading.answers:
            self._close()
            self.lists.open(line, heading, self.section)
        elif heading:
            self._open_section(place, heading)
        elif self.section.items and self.lists.follows(place, line):
            self._close()
            self.lists.section = self.section
        elif headings.is_rule(line):
            self.field = ""
        elif headings.is_chapter(line):
            self._close()
            self.tags = (" ".join(line.text.split()),)
            self._new_section(Section(numbered=self.outlook.is_numbered(place + 1)))
        elif self.after_blank and headings.is_aside(line) and self.field != "explanation":
            self._close()
            self.result.left_out.append(line)
        elif not (
            self._take_fields(line)
            or self._take_start(place, line)
            or self._take_options(place, line)
        ):
            self._take_plain(line)

    def _close(self) -> None:
        self.item, self.field, self.numbering.inner = None, "", None

    def _open_section(self, place: int, heading: headings.Heading) -> None:
        self._close()
        self._new_section(
            Section(
                heading.kind,
                heading.number,
                heading.marks,
                heading.blank_marks,
                numbered=self.outlook.is_numbered(place + 1),
            )
        )

    def _new_section(self, section: Section) -> None:
        self.section = section
        self.result.sections.append(section)

    # Labels -------------------------------------------------------------------------------

    def _take_fields(self, line: Line) -> bool:
        entries = keys.entries_of(line) if keys.is_key_line(line) else None
        if entries and self.section.items:
            self.lists.keep(line, entries, self.section)
            self.field = ""
            return True
        found = labels.fields_of(line)
        if not found or self.item is None:
            return False
        for one in found:
            self._put(one, line)
        self._note(line)
        return True

    def _put(self, one: labels.Field, line: Line) -> None:
        assert self.item is not None
        if one.name == "ignored":
            self.field = ""
            return
        if one.name == "answer":
            begin = len(line.text) - len(one.text)
            entries = keys.entries_of(line, begin) if line.text.endswith(one.text) else None
            if entries and len(entries) > 1:
                self.lists.keep(line, entries, self.section)
                self.field = ""
                return
        if one.name in self.item.fields and self.item.fields[one.name] not in ([], [""]):
            # A second answer may be another question's whose beginning was not seen.
            code = "answers_differ" if one.name == "answer" else "text_not_placed"
            if self.item.fields[one.name] != [one.text]:
                self.item.say(code, excerpt(one.text), line.where)
            return
        self.item.fields[one.name] = [one.text] if one.text else []
        self.item.places[one.name] = line.where
        self.field = one.name
        self.numbering.inner = None

    # Questions ----------------------------------------------------------------------------

    def _take_start(self, place: int, line: Line) -> bool:
        start = marks.start_of(line)
        if start is None or not self.numbering.begins(
            place, start, self.section, self.item, self.field
        ):
            return False
        self._begin(line, start.number, start.end)
        if start.before and self.item is not None:
            self.item.stem[0] = line.text[: start.before].strip() + self.item.stem[0]
        if start.number is not None:
            restarts = self.section.items[:-1] and start.number <= self.section.last
            if restarts:
                self._split_section()
            elif self.section.last and start.number > self.section.last + 1:
                self._mark_gap()
            self.section.last = start.number
        self.section.style = self.section.style or start.style
        return True

    def _begin(self, line: Line, number: int | None, end: int) -> None:
        self.count += 1
        if self.count > MAX_ROWS:
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
        self.item = Item(line.where, number, tags=self.tags, order=self.count)
        self.section.items.append(self.item)
        self.field, self.numbering.inner = "stem", None
        self._note(line)
        self._add_stem(line, end)

    def _add_stem(self, line: Line, begin: int) -> None:
        """Add a line to the question's text, without an answer or options at its end."""
        assert self.item is not None
        found = labels.inline_fields(line)
        found = [one for one in found if one.start >= begin]
        end = found[0].start if found else len(line.text)
        shown = Line(line.where, line.text[:end], styles=line.styles[:end])
        pieces = marks.pieces_in(shown, begin)
        stem = shown.text[begin : pieces[0].mark if pieces else end].strip()
        self.item.stem.append(stem.removesuffix("^*^").rstrip() if found else stem)
        self.field = "stem"
        for piece in pieces:
            self._add_option(shown, piece)
        for one in found:
            self._put(one, line)

    def _split_section(self) -> None:
        """Begin an unnamed section where numbers start again."""
        old, item = self.section, self.section.items.pop()
        new = Section(old.kind, None, old.marks, old.blank_marks, old.style, numbered=old.numbered)
        new.items.append(item)
        self._new_section(new)

    def _mark_gap(self) -> None:
        self.section.items[-2].gap = len(self.section.items) > 1

    # Options ------------------------------------------------------------------------------

    def _take_options(self, place: int, line: Line) -> bool:
        if self.item is None or self.field not in ("stem", "options"):
            return False
        truth = marks.truth_option(line)
        if truth and len(self.item.options) < 2:
            self.item.options.append(truth[1])
            self.item.fields.setdefault("truths", []).append(truth[0])
            self.field = "options"
            self._note(line)
            return True
        found = labels.inline_fields(line)
        end = found[0].start if found else len(line.text)
        shown = Line(line.where, line.text[:end].rstrip(" ^*"), styles=line.styles)
        pieces = marks.pieces_of(shown)
        if not pieces or not self._are_options(place, pieces):
            return False
        for piece in pieces:
            self._add_option(shown, piece)
        for one in found:
            self._put(one, line)
        self._note(line)
        return True

    def _are_options(self, place: int, pieces: Sequence[marks.Piece]) -> bool:
        assert self.item is not None
        first = pieces[0]
        if not first.faint:
            return True
        if first.index == 0 and not self.item.options:
            self.item.faint = self.outlook.goes_on(place, len(pieces))
            return self.item.faint
        return self.item.faint and first.index == len(self.item.options)

    def _add_option(self, line: Line, piece: marks.Piece) -> None:
        assert self.item is not None
        text = line.text[piece.start : piece.end].strip().strip("|").strip()
        if piece.index != len(self.item.options):
            self.item.say("option_letter_mismatch", excerpt(line.text[piece.mark :]), line.where)
        styles = line.styles[piece.start : piece.start + len(text)]
        if styles:
            self.item.styles[len(self.item.options)] = frozenset.intersection(*styles)
        self.item.places[f"options.{len(self.item.options)}"] = line.where
        self.item.options.append(text)
        self.field = "options"

    # Everything else ----------------------------------------------------------------------

    def _take_plain(self, line: Line) -> None:
        item = self.item
        if not self.section.numbered and self._opens_block():
            self._begin(line, None, 0)
        elif item is None:
            self.result.left_out.append(line)
        elif self.field == "stem":
            self._add_stem(line, 0)
            self._note(line)
        elif self.field == "options" and not self.after_blank:
            item.options[-1] = f"{item.options[-1]}\n{line.text}".strip()
            item.styles.clear()
            self._note(line)
        elif self.field in _LONG:
            item.fields.setdefault(self.field, []).append(line.text)
            self._note(line)
        elif item.answer:
            self.result.left_out.append(line)
        else:
            item.say("text_not_placed", excerpt(line.text), line.where)

    def _opens_block(self) -> bool:
        item = self.item
        if item is None:
            return True
        if self.field == "":
            return True
        return self.after_blank and (bool(item.options or item.answer) or self.field == "stem")

    def _note(self, line: Line) -> None:
        if self.item is not None:
            self.item.hidden |= line.hidden
            self.item.codes |= set(line.codes)
