"""Means, variances and the k-statistics that correct them for small samples."""

import math
from collections.abc import Sequence

#: A variance below this share of the squared mean is rounding, not spread.
ROUNDING = 1e-12


def mean(xs: Sequence[float]) -> float:
    """Return the arithmetic mean of at least one number."""
    return math.fsum(xs) / len(xs)


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return the sample covariance (divided by n - 1) of two equally long sequences, n > 1."""
    a, b = mean(xs), mean(ys)
    return math.fsum((x - a) * (y - b) for x, y in zip(xs, ys, strict=True)) / (len(xs) - 1)


def variance(xs: Sequence[float]) -> float:
    """Return the sample variance (divided by n - 1), n > 1; exactly 0 where all are equal."""
    found = covariance(xs, xs)
    return 0.0 if found <= ROUNDING * max(1.0, mean(xs) ** 2) else found


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's r, -1 to 1; None below three pairs or where one side does not vary."""
    if len(xs) < 3:
        return None
    spread = variance(xs) * variance(ys)
    return covariance(xs, ys) / math.sqrt(spread) if spread else None


def median(xs: Sequence[float]) -> float:
    """Return the middle number, or the mean of the middle two."""
    ordered = sorted(xs)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def central_moment(xs: Sequence[float], order: int) -> float:
    """Return the mean of ``(x - mean) ** order``."""
    middle = mean(xs)
    return math.fsum((x - middle) ** order for x in xs) / len(xs)


def skewness(xs: Sequence[float]) -> float | None:
    """Return k3 / k2^1.5; None below three numbers or without spread."""
    n = len(xs)
    k2 = variance(xs) if n > 2 else 0.0
    if not k2:
        return None
    k3 = n * n * central_moment(xs, 3) / ((n - 1) * (n - 2))
    return float(k3 / k2**1.5)


def kurtosis(xs: Sequence[float]) -> float | None:
    """Return the excess kurtosis k4 / k2^2; None below four numbers or without spread."""
    n = len(xs)
    k2 = variance(xs) if n > 3 else 0.0
    if not k2:
        return None
    m2, m4 = central_moment(xs, 2), central_moment(xs, 4)
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return float(k4 / k2**2)
