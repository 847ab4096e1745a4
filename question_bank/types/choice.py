"""What single and multiple choice share: options, and answers that are indexes into them."""

from collections.abc import Sequence
from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question, fold
from question_bank.types.base import BadValue, QuestionType, index_of, letter

#: Options a question may have.
MIN_OPTIONS, MAX_OPTIONS = 2, 10


class ChoiceType(QuestionType):
    """A question with options, some of which are right."""

    has_options = True

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the options or with the answer."""
        return [*_option_problems(question.options), *self.answer_problems(question)]

    def answer_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the answer: none, or not ascending indexes of options."""
        answer, count = question.answer, len(question.options)
        if not answer:
            return [Problem("answer", "answer_missing")]
        if not is_indexes(answer, count) or list(answer) != sorted(answer):
            params = {"letters": f"A–{letter(count - 1)}" if count else "–"}
            text = excerpt(str(answer))
            return [Problem("answer", "answer_not_an_option", params, text)]
        return []

    def clean(self, question: Question, raw: Any) -> list[int] | None:
        """Return the chosen indexes, ascending; None for nothing chosen."""
        if raw is None or raw == []:
            return None
        if not isinstance(raw, list | tuple) or not is_indexes(raw, len(question.options)):
            raise BadValue("expected a list of different option indexes")
        return sorted(raw)

    def right_answer(self, question: Question) -> list[int]:
        """Return the right indexes, ascending."""
        return sorted(question.answer or ())

    def hidden(self, question: Question) -> int:
        """Return the number of options."""
        return len(question.options)

    def shown(self, question: Question, value: Any, ids: Sequence[str]) -> list[str] | None:
        """Return the ids of the chosen options."""
        return None if value is None else [ids[index] for index in value]

    def indexed(self, question: Question, shown: Any, ids: Sequence[str]) -> list[int] | None:
        """Return the chosen indexes, ascending."""
        if not isinstance(shown, list | tuple):
            return self.clean(question, shown)
        return self.clean(question, [index_of(one, ids) for one in shown])


def is_indexes(value: Any, count: int) -> bool:
    """Tell whether *value* lists different whole numbers from 0 to *count* - 1."""
    if not isinstance(value, list | tuple):
        return False
    whole = all(type(i) is int and 0 <= i < count for i in value)
    return whole and len(set(value)) == len(value)


def _option_problems(options: tuple[str, ...]) -> list[Problem]:
    count = len(options)
    if count < MIN_OPTIONS:
        return [Problem("options", "too_few_options", {"count": count})]
    if count > MAX_OPTIONS:
        limit = {"count": count, "limit": MAX_OPTIONS}
        return [Problem("options", "too_many_options", limit)]
    found: list[Problem] = []
    first: dict[str, int] = {}
    for index, text in enumerate(options):
        where, same = f"options.{index}", first.setdefault(fold(text), index)
        if not text.strip():
            found.append(Problem(where, "option_empty", {"letter": letter(index)}))
        elif same != index:
            params = {"first": letter(same), "second": letter(index)}
            found.append(Problem(where, "options_identical", params, excerpt(text)))
    return found
