"""A paper that everybody had: the spread of its totals, how reliable it is, what weighs what."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from question_bank.statistics.moments import (
    covariance,
    kurtosis,
    mean,
    median,
    skewness,
    variance,
)
from question_bank.statistics.sheets import Sheet


@dataclass(frozen=True)
class PaperAnalysis:
    """The figures of a paper over first attempts; marks in the unit of the sheets."""

    attempts: int
    mean: float
    median: float
    deviation: float
    skewness: float | None
    kurtosis: float | None
    #: Cronbach's α in per cent; None below two items or without spread.
    reliability: float | None
    #: Share of the deviation that is chance, in per cent.
    error_ratio: float | None
    #: Standard error of one total.
    standard_error: float | None
    #: Item → its share of what the marks could give, in per cent.
    intended: Mapping[int, float] = field(default_factory=dict)
    #: Item → its share of the spread, in per cent; None where it covaries negatively.
    effective: Mapping[int, float | None] = field(default_factory=dict)


def analyse_paper(possible: Mapping[int, float], sheets: Sequence[Sheet]) -> PaperAnalysis:
    """Return the figures of the paper made of the items of *possible*.

    :param possible: item → full mark, above 0. Every sheet holds exactly these items.
    :raises ValueError: without sheets, or when one holds other items.
    """
    if not sheets:
        raise ValueError("no attempts")
    if any(sheet.marks.keys() != possible.keys() for sheet in sheets):
        raise ValueError("the sheets are of different papers")
    totals = [sheet.total for sheet in sheets]
    spread = variance(totals) if len(totals) > 1 else 0.0
    columns = {item: [sheet.marks[item] for sheet in sheets] for item in possible}
    alpha = _alpha(list(columns.values()), spread)
    ratio = None if alpha is None else math.sqrt(max(0.0, 1 - alpha / 100))
    full = math.fsum(possible.values())
    return PaperAnalysis(
        attempts=len(sheets),
        mean=mean(totals),
        median=median(totals),
        deviation=math.sqrt(spread),
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        reliability=alpha,
        error_ratio=None if ratio is None else 100 * ratio,
        standard_error=None if ratio is None else ratio * math.sqrt(spread),
        intended={item: 100 * mark / full for item, mark in possible.items()},
        effective=_effective(columns, totals),
    )


def _alpha(columns: Sequence[Sequence[float]], spread: float) -> float | None:
    """Return ``100 · p/(p-1) · (1 - Σ V(x) / V(T))``."""
    items = len(columns)
    if items < 2 or not spread:
        return None
    own = math.fsum(variance(column) for column in columns)
    return 100 * items / (items - 1) * (1 - own / spread)


def _effective(
    columns: Mapping[int, Sequence[float]], totals: Sequence[float]
) -> dict[int, float | None]:
    """Return ``100 · √C(x, T) / Σ √C(x, T)`` over the items whose covariance is not negative."""
    if len(totals) < 2:
        return dict.fromkeys(columns)
    shared = {item: covariance(column, totals) for item, column in columns.items()}
    whole = math.fsum(math.sqrt(c) for c in shared.values() if c >= 0)
    return {
        item: 100 * math.sqrt(c) / whole if c >= 0 and whole else None for item, c in shared.items()
    }
