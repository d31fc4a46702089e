"""Correlation matrices of columns with missing values: Pearson, Spearman and Kendall's tau-b.

All take (units, k) floats, NaN missing, and give (k, k). Every pair uses the units that have both
values (pairwise complete). NaN where fewer than three have, or where one column is constant over
them. The diagonal is exactly 1 for a column that varies.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scoring.index.arrays import Floats

FEWEST = 3  # two points always lie on a line


def pearson(matrix: Floats) -> Floats:
    """r = Σ(x - x̄)(y - ȳ) / √(Σ(x - x̄)² Σ(y - ȳ)²) over the units both columns have."""
    if not np.isnan(matrix).any():
        return _full_pearson(matrix)
    return _pairwise(matrix, lambda x, y: float(_full_pearson(np.column_stack([x, y]))[0, 1]))


def spearman(matrix: Floats) -> Floats:
    """Pearson's r of the ranks, equal values sharing their mean rank; ranked pair by pair."""
    if not np.isnan(matrix).any():
        return _full_pearson(mean_ranks(matrix))
    return _pairwise(
        matrix, lambda x, y: float(_full_pearson(mean_ranks(np.column_stack([x, y])))[0, 1])
    )


def kendall(matrix: Floats) -> Floats:
    """Tau-b = (concordant - discordant) / √((n₀ - ties in x)(n₀ - ties in y)), Kendall 1945."""
    return _pairwise(matrix, _tau)


METHODS: dict[str, Callable[[Floats], Floats]] = {
    "pearson": pearson,
    "spearman": spearman,
    "kendall": kendall,
}


def mean_ranks(matrix: Floats) -> Floats:
    """Ranks from 1 down each column of a complete matrix; ties share the mean of their places."""
    ordered = np.sort(matrix, axis=0)
    ranks = np.empty_like(matrix)
    for column in range(matrix.shape[1]):
        below = np.searchsorted(ordered[:, column], matrix[:, column], side="left")
        through = np.searchsorted(ordered[:, column], matrix[:, column], side="right")
        ranks[:, column] = (below + through + 1) / 2
    return ranks


def _full_pearson(matrix: Floats) -> Floats:
    k = matrix.shape[1]
    found = np.full((k, k), np.nan)
    varies = matrix.max(axis=0) > matrix.min(axis=0)
    if matrix.shape[0] < FEWEST or not varies.any():
        return found
    centred = matrix[:, varies] - matrix[:, varies].mean(axis=0)
    centred /= np.sqrt((centred**2).sum(axis=0))
    inner = np.clip(centred.T @ centred, -1, 1)
    np.fill_diagonal(inner, 1.0)
    found[np.ix_(varies, varies)] = inner
    return found


def _pairwise(matrix: Floats, measure: Callable[[Floats, Floats], float]) -> Floats:
    k = matrix.shape[1]
    found, known = np.full((k, k), np.nan), ~np.isnan(matrix)
    for one in range(k):
        for other in range(one, k):
            both = known[:, one] & known[:, other]
            x, y = matrix[both, one], matrix[both, other]
            if len(x) >= FEWEST and np.ptp(x) > 0 and np.ptp(y) > 0:
                value = 1.0 if one == other else measure(x, y)
                found[one, other] = found[other, one] = value
    return found


def _tau(x: Floats, y: Floats) -> float:
    upper = np.triu_indices(len(x), 1)
    first = np.sign(x[:, None] - x)[upper]
    second = np.sign(y[:, None] - y)[upper]
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum()))
