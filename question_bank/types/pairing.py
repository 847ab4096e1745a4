"""What matching and classifying share: every item is given one of several targets."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType, index_of
from question_bank.types.texts import list_problems, texts_of

#: Items a question may have.
MIN_ITEMS, MAX_ITEMS = 2, 20


class PairingType(QuestionType):
    """``options`` are the items, ``answer`` the pairs ``[item, target]``, each item once."""

    has_options = False
    #: The name of the detail that lists the targets.
    target_name: ClassVar[str]
    #: Targets a question may have.
    max_targets: ClassVar[int]

    def targets(self, question: Question) -> tuple[str, ...]:
        """Return the texts of the targets; nothing if they are malformed."""
        return texts_of(question.details.get(self.target_name))

    def texts(self, question: Question) -> Iterable[tuple[str, str]]:
        """Return the targets."""
        where = f"details.{self.target_name}"
        return [(f"{where}.{i}", text) for i, text in enumerate(self.targets(question))]

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the items, the targets or the pairs."""
        targets = self.targets(question)
        where = f"details.{self.target_name}"
        found = list_problems("options", question.options, MIN_ITEMS, MAX_ITEMS)
        found += list_problems(where, targets, 2, self.max_targets)
        if not question.answer:
            found.append(Problem("answer", "answer_missing"))
        elif not _are_pairs(question.answer, len(question.options), len(targets)):
            found.append(Problem("answer", "pairs_wrong", {}, excerpt(str(question.answer))))
        return found

    def clean(self, question: Question, raw: Any) -> list[int | None] | None:
        """Return the target of each item, None for none; None when no item has one."""
        if raw is None or raw == []:
            return None
        if not isinstance(raw, list | tuple) or len(raw) != len(question.options):
            raise BadValue("expected a target or nothing for each item")
        count = len(self.targets(question))
        if not all(one is None or (type(one) is int and 0 <= one < count) for one in raw):
            raise BadValue("expected indexes of targets")
        return None if all(one is None for one in raw) else list(raw)

    def right_answer(self, question: Question) -> list[int]:
        """Return the right target of each item."""
        return [target for _, target in sorted(question.answer or ())]

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return how many of the items have their right target."""
        right = self.right_answer(question)
        agreeing = sum(given == wanted for given, wanted in zip(value, right, strict=True))
        return Fraction(agreeing, len(right))

    def hidden(self, question: Question) -> int:
        """Return the number of items and targets; the items' ids come first."""
        return len(question.options) + len(self.targets(question))

    def shown(self, question: Question, value: Any, ids: Sequence[str]) -> dict[str, str] | None:
        """Return item id → target id; items without a target are left out."""
        if value is None:
            return None
        count = len(question.options)
        return {ids[i]: ids[count + one] for i, one in enumerate(value) if one is not None}

    def indexed(
        self, question: Question, shown: Any, ids: Sequence[str]
    ) -> list[int | None] | None:
        """Return the target of each item."""
        if shown is None:
            return None
        if not isinstance(shown, dict):
            raise BadValue("expected an object from items to targets")
        count = len(question.options)
        value: list[int | None] = [None] * count
        for item, target in shown.items():
            value[index_of(item, ids[:count])] = index_of(target, ids[count:])
        return self.clean(question, value)


def _are_pairs(answer: Any, items: int, targets: int) -> bool:
    if not isinstance(answer, list | tuple):
        return False
    for pair in answer:
        if not isinstance(pair, list | tuple) or [type(one) for one in pair] != [int, int]:
            return False
    inside = all(0 <= target < targets for _, target in answer)
    return inside and sorted(item for item, _ in answer) == list(range(items))
