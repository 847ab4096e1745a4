"""Fill in the blanks: each blank has a set of texts that are accepted."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from question_bank.problems import Problem
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType, too_long
from question_bank.types.texts import alike, flag_problems, no_options, sent_text

#: Blanks a question may have.
MAX_BLANKS = 20
#: Longest text of a blank, in characters.
BLANK_LIMIT = 200

_BLANK = re.compile(r"_{3,}")


class FillBlank(QuestionType):
    """填空题: ``answer`` lists the accepted texts of each blank.

    Details: ``any_order`` (the blanks may be filled in any order) and ``case_sensitive``.
    """

    key = "fill_blank"
    label = "填空题"
    has_options = False

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the accepted texts or their number."""
        found = no_options(question)
        found += flag_problems(question, "any_order", "case_sensitive")
        accepted = accepted_texts(question.answer)
        if not accepted:
            return [*found, Problem("answer", "answer_missing")]
        if len(accepted) > MAX_BLANKS:
            params = {"count": len(accepted), "limit": MAX_BLANKS}
            return [*found, Problem("answer", "list_too_long", params)]
        blanks = blanks_in(question.stem)
        if blanks not in (0, len(accepted)):
            params = {"count": blanks, "number": len(accepted)}
            found.append(Problem("stem", "blanks_differ", params))
        for index, texts in enumerate(accepted):
            if not any(alike(text) for text in texts):
                params = {"number": index + 1}
                found.append(Problem(f"answer.{index}", "blank_without_answer", params))
            for text in texts:
                found += too_long(f"answer.{index}", text, BLANK_LIMIT)
        return found

    def clean(self, question: Question, raw: Any) -> list[str] | None:
        """Return the text of each blank, "" for an empty one; None when all are empty."""
        if raw is None or raw == []:
            return None
        count = len(accepted_texts(question.answer))
        if not isinstance(raw, list | tuple) or len(raw) != count:
            raise BadValue("expected a text for each blank")
        texts = [sent_text(one, BLANK_LIMIT) for one in raw]
        return texts if any(texts) else None

    def right_answer(self, question: Question) -> list[str]:
        """Return the first accepted text of each blank."""
        return [_first(texts) for texts in accepted_texts(question.answer)]

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return how many of the blanks are right."""
        sensitive = question.details.get("case_sensitive") is True
        given = [alike(text, sensitive) for text in value]
        sets = [
            {alike(text, sensitive) for text in texts} - {""}
            for texts in accepted_texts(question.answer)
        ]
        if question.details.get("any_order") is True:
            right = _most_pairs(given, sets)
        else:
            right = sum(text in accepted for text, accepted in zip(given, sets, strict=True))
        return Fraction(right, len(sets))


def blanks_in(stem: str) -> int:
    """Return the number of blanks in *stem*: runs of three or more underscores."""
    return len(_BLANK.findall(stem))


def accepted_texts(answer: Any) -> list[list[str]]:
    """Return the accepted texts of each blank; nothing if *answer* is of another shape."""
    if not isinstance(answer, list | tuple):
        return []
    for texts in answer:
        if not isinstance(texts, list | tuple) or not all(isinstance(t, str) for t in texts):
            return []
    return [list(texts) for texts in answer]


def _first(texts: Iterable[str]) -> str:
    return next((text.strip() for text in texts if alike(text)), "")


def _most_pairs(given: Sequence[str], sets: Sequence[set[str]]) -> int:
    """Return how many of *given* can be right at once, each set being used by one text."""
    user: dict[int, int] = {}

    def place(text: int, tried: set[int]) -> bool:
        for index, accepted in enumerate(sets):
            if given[text] in accepted and index not in tried:
                tried.add(index)
                if index not in user or place(user[index], tried):
                    user[index] = text
                    return True
        return False

    return sum(place(text, set()) for text in range(len(given)))
