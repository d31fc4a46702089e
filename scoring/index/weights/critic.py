"""CRITIC: criteria importance through intercriteria correlation."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.index.arrays import Bools, Floats
from scoring.index.correlation import pearson
from scoring.index.normalise import deviation, minmax
from scoring.index.weights.result import Note, Weights, constant_notes, matrix_of, shares, varying


def critic(values: Any) -> Weights:
    """Weights from (units, k): spread times conflict with the others.

    C_j = s_j Σ_l (1 - r_jl),  w_j = C_j / Σ C   (Diakoulaki, Mavrotas & Papayannakis 1995,
    Computers & Operations Research 22(7), 763-770).

    As in the paper every column is first brought to 0..1 between its worst and best unit, so the
    weights do not depend on scale or origin. s has n - 1 in the denominator. Correlations use the
    units both columns have; a pair with fewer than three in common, or constant over them, counts
    as uncorrelated (noted). Constant columns weigh 0 and take part in no sum. A single varying
    column takes all the weight.
    """
    matrix = matrix_of(values)
    varies = varying(matrix)
    if not varies.any():
        return shares("critic", np.zeros(matrix.shape[1]))
    inner, spot = matrix[:, varies], np.flatnonzero(varies)
    found = pearson(inner)
    raw = np.zeros(matrix.shape[1])
    raw[varies] = _information(inner, np.nan_to_num(found))
    correlation = np.full((varies.size,) * 2, np.nan)
    correlation[np.ix_(varies, varies)] = found
    details = {"correlation": correlation.tolist(), "information": raw.tolist()}
    notes = (*constant_notes(varies), *_unknown_pairs(np.isnan(found), spot.tolist()))
    return shares("critic", raw, notes, details)


def _information(matrix: Floats, correlation: Floats) -> Floats:
    spread = deviation(minmax(matrix, np.ones(matrix.shape[1]), 0.0, 1.0))
    if spread.size == 1:  # nothing to conflict with
        return spread
    conflict = 1 - correlation
    np.fill_diagonal(conflict, 0.0)
    # Perfectly correlated columns conflict by rounding error only: that is none at all.
    conflict[np.abs(conflict) < 1e-12] = 0.0
    return np.asarray(spread * conflict.sum(axis=1))


def _unknown_pairs(unknown: Bools, names: list[int]) -> tuple[Note, ...]:
    pairs = [[names[one], names[other]] for one, other in np.argwhere(np.triu(unknown, 1))]
    return (Note("uncorrelated-pairs", {"pairs": pairs}),) if pairs else ()
