"""Skewness and kurtosis corrected for small samples, column by column.

G1 and G2 of Joanes and Gill (1998), which are SKEW and KURT of spreadsheets, type 2 of the R
package e1071, and what COINr's ``skew`` and ``kurt`` compute.
"""

from __future__ import annotations

import numpy as np

from scoring.index.arrays import Floats, divided, mean


def _sums(values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Known values and the sums of their 2nd, 3rd and 4th powers about the mean, (columns,)."""
    known = ~np.isnan(values)
    apart = np.where(known, values - mean(values), 0.0)
    squared = apart * apart
    count = known.sum(axis=0).astype(np.float64)
    return count, squared.sum(axis=0), (squared * apart).sum(axis=0), (squared**2).sum(axis=0)


def skewness(values: Floats) -> Floats:
    """G1 = √(n(n−1))/(n−2) · √n Σd³ / (Σd²)^1.5, (columns,); NaN when n < 3 or all are equal."""
    return moments(values)[0]


def kurtosis(values: Floats) -> Floats:
    """G2 = ((n+1)(n Σd⁴/(Σd²)² − 3) + 6)(n−1)/((n−2)(n−3)); NaN when n < 4 or all are equal."""
    return moments(values)[1]


def moments(values: Floats) -> tuple[Floats, Floats]:
    """(G1, G2) of each column of (units, columns)."""
    n, second, third, fourth = _sums(values)
    n1, n2 = np.where(n >= 3, n, np.nan), np.where(n >= 4, n, np.nan)
    spread = _positive(second, values)
    skew = np.sqrt(n1) * divided(third, spread**1.5) * np.sqrt(n1 * (n1 - 1)) / (n1 - 2)
    tailed = n2 * divided(fourth, spread**2)
    kurt = ((n2 + 1) * (tailed - 3) + 6) * (n2 - 1) / ((n2 - 2) * (n2 - 3))
    return skew, kurt


def _positive(second: Floats, values: Floats) -> Floats:
    """Zero where what is left of the squares is only rounding of the mean."""
    known = np.where(np.isnan(values), 0.0, values)
    rounding = (4 * np.finfo(np.float64).eps) ** 2 * (known**2).sum(axis=0)
    return np.where(second > rounding, second, 0.0)
