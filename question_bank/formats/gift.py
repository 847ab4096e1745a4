"""GIFT (.gift, .txt), Moodle's format for typing questions."""

import re
from collections.abc import Mapping, Sequence

from question_bank.formats import gift_write
from question_bank.formats.base import Draft, Format, Reading
from question_bank.formats.duplicates import without_duplicates
from question_bank.formats.gift_blocks import blocks_of
from question_bank.formats.gift_drafts import draft_of
from question_bank.formats.headers import columns_of
from question_bank.formats.western import decode_text, text_or_none
from question_bank.problems import Problem
from question_bank.question import Question

#: Answers in braces, a title, a category; in an essay's braces is nothing.
GIFT_SIGNS = re.compile(
    r"(?<!\\)\{\s*(?:[=~#}]|(?:T|TRUE|F|FALSE)\s*[#}])|^\s*::.+?::|^\s*\$CATEGORY:",
    re.IGNORECASE | re.MULTILINE,
)
#: Characters looked at.
_SAMPLE = 200_000


class Gift(Format):
    """Questions between blank lines, their answers in braces: ``Two and two is {=4 ~5}.``."""

    name = "gift"
    ending = "gift"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether it is text with answers in braces and no table of questions."""
        if data.startswith(b"PK\x03\x04"):
            return False
        text = (text_or_none(data) or "")[:_SAMPLE]
        if not GIFT_SIGNS.search(text):
            return name.lower().endswith(".gift")
        first = [line for line in text.splitlines() if line.strip()][:5]
        return not any(columns_of(re.split(r"[,;\t|]", line)).is_table for line in first)

    def read(self, data: bytes) -> Reading:
        """Return the questions of the file; one that is broken ends at the next blank line.

        :raises FileUnreadable: for bytes that are no text, and too many questions.
        """
        text, encoding, problems = decode_text(data)
        drafts: list[Draft] = []
        for block in blocks_of(text):
            made = draft_of(block)
            if isinstance(made, Problem):
                problems.append(made)
            else:
                drafts.append(made)
        if not drafts:
            problems.append(Problem("line 1", "text_without_questions"))
        return Reading(self.name, encoding, without_duplicates(drafts), problems)

    def losses(self, question: Question) -> list[Problem]:
        """Return what GIFT cannot carry: marks, difficulty, source, units, model answers …"""
        return gift_write.losses(question)

    def write(self, questions: Sequence[Question], pictures: Mapping[str, bytes]) -> bytes:
        """Return the questions, texts as Markdown."""
        texts = [gift_write.written(one) for one in questions if gift_write.can_carry(one)]
        return "\n".join(texts).encode("utf-8", "replace")
