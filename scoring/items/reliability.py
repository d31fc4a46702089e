"""Cronbach's alpha and its interval, on a complete matrix of firms × items.

``scoring.index.analysis`` has the alpha of indices, pair by pair because of their gaps, and none
for a part without spread. Here such an item keeps its place, and alpha without each item follows
from one covariance matrix. A test holds the two to the same value.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

Matrix = np.ndarray


def alpha(items: Matrix) -> float | None:
    """Cronbach (1951): k/(k − 1) · (1 − Σ item variances / variance of the sum).

    ``items`` is firms × items without gaps. None with fewer than two items or firms, or when the
    sums of all firms are the same.
    """
    n, k = items.shape
    if n < 2 or k < 2:
        return None
    return _alpha(k, *_parts(_covariance(items)))


def alpha_if_deleted(items: Matrix) -> list[float | None]:
    """Alpha of the other items, for each item; None where fewer than two others are left."""
    n, k = items.shape
    if n < 2 or k < 3:
        return [None] * k
    covariance = _covariance(items)
    own, whole = _parts(covariance)
    found = []
    for place in range(k):
        variance = float(covariance[place, place])
        rest = whole - 2 * float(covariance[place].sum()) + variance
        found.append(_alpha(k - 1, own - variance, rest))
    return found


def alpha_interval(value: float, n: int, k: int, level: float = 0.95) -> tuple[float, float]:
    """Feldt (1965): (1 − α)/(1 − estimate) follows an F distribution, firms drawn at random."""
    tail = (1 - level) / 2
    f = stats.f(n - 1, (n - 1) * (k - 1))
    low, high = 1 - (1 - value) * f.ppf(1 - tail), 1 - (1 - value) * f.ppf(tail)
    return float(low), float(high)


def _covariance(items: Matrix) -> Matrix:
    return np.atleast_2d(np.cov(items, rowvar=False, ddof=1))


def _parts(covariance: Matrix) -> tuple[float, float]:
    """The sum of the items' variances, and the variance of their sum."""
    return float(np.trace(covariance)), float(covariance.sum())


def _alpha(k: int, own: float, whole: float) -> float | None:
    if whole <= 1e-12 * max(own, 1.0):  # no spread at all, apart from rounding
        return None
    return k / (k - 1) * (1 - own / whole)
