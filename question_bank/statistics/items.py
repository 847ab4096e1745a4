"""One item: how hard it is, whether it tells the able from the others, what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.question import Question
from question_bank.statistics.moments import correlation, covariance, mean, variance
from question_bank.statistics.sheets import Sheet
from question_bank.types import by_key


@dataclass(frozen=True)
class OptionAnalysis:
    """How often one option was chosen, and by whom."""

    #: Index of the option; of true and false, true is 0; None for no answer.
    index: int | None
    count: int
    #: Share of all responses, 0 to 1.
    share: float
    #: Point-biserial with the rest of the paper, -1 to 1; None where it does not vary.
    correlation: float | None
    right: bool


@dataclass(frozen=True)
class ItemAnalysis:
    """The figures of one item over the first attempts that held it."""

    item: int
    responses: int
    #: Mean mark as a share of the possible, 0 to 1.
    facility: float
    #: Standard deviation of the mark, as a share of the possible.
    deviation: float
    #: Item–rest correlation in per cent, -100 to 100; None where one side does not vary.
    discrimination: float | None
    #: Discrimination in per cent of the most that these marks allow.
    efficiency: float | None
    #: What blind guessing earns, as a share of the possible; None where that is not known.
    guess: float | None
    #: Empty for types without options.
    options: tuple[OptionAnalysis, ...] = ()


def analyse_item(
    item: int, possible: float, sheets: Sequence[Sheet], question: Question | None = None
) -> ItemAnalysis:
    """Return the figures of *item* over those of *sheets* that hold it.

    :param possible: its full mark, above 0, in the unit of the sheets.
    :param question: for its options and the guess score.
    :raises ValueError: when no sheet holds it.
    """
    held = [sheet for sheet in sheets if item in sheet.marks]
    if not held:
        raise ValueError(f"no sheet holds item {item}")
    marks = [sheet.marks[item] for sheet in held]
    rests = [sheet.rest(item) for sheet in held]
    return ItemAnalysis(
        item=item,
        responses=len(held),
        facility=mean(marks) / possible,
        deviation=variance(marks) ** 0.5 / possible if len(held) > 1 else 0.0,
        discrimination=_per_cent(correlation(marks, rests)),
        efficiency=_efficiency(marks, rests),
        guess=_guess(question) if question else None,
        options=_options(item, held, rests, question) if question else (),
    )


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _efficiency(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return the covariance in per cent of the largest, which pairs both sides in order."""
    if correlation(marks, rests) is None:
        return None
    most = covariance(sorted(marks), sorted(rests))
    return 100 * covariance(marks, rests) / most if most else None


def _guess(question: Question) -> float | None:
    if question.type == "single_choice":
        return 1 / len(question.options)
    if question.type == "true_false":
        return 0.5
    if question.type == "matching":
        return 1 / len(question.details["choices"])
    if question.type == "classify":
        return 1 / len(question.details["groups"])
    return None if question.type == "multiple_choice" else 0.0


def _options(
    item: int, held: Sequence[Sheet], rests: Sequence[float], question: Question
) -> tuple[OptionAnalysis, ...]:
    """Return the choices of each option in order, then of none at all."""
    if question.type not in ("single_choice", "multiple_choice", "true_false"):
        return ()
    right = _chosen(by_key(question.type).right_answer(question))
    indexes = [0, 1] if question.type == "true_false" else list(range(len(question.options)))
    given = [_chosen(sheet.values.get(item)) for sheet in held]
    found = [
        _option(index, [index in chosen for chosen in given], rests, index in right)
        for index in indexes
    ]
    return (*found, _option(None, [not chosen for chosen in given], rests, False))


def _option(
    index: int | None, taken: Sequence[bool], rests: Sequence[float], right: bool
) -> OptionAnalysis:
    marks = [float(one) for one in taken]
    return OptionAnalysis(index, sum(taken), mean(marks), correlation(marks, rests), right)


def _chosen(value: Any) -> frozenset[int]:
    if isinstance(value, bool):
        return frozenset({0 if value else 1})
    return frozenset(value or ())
