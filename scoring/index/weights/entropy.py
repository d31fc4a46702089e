"""Shannon entropy weights: a child that tells units apart weighs more.

p_ij = x_ij / Σ_i x_ij,  e_j = -Σ_i p_ij ln p_ij / ln n_j,  w_j = (1 - e_j) / Σ (1 - e)
(Hwang & Yoon 1981, *Multiple Attribute Decision Making*, section "Entropy method", after
Shannon 1948).

The zero rule: p ln p is 0 at p = 0, its limit. Nothing is added to zeros, since any such constant
changes the weights. Entropy is of shares of a total, so values must not be negative; scaling a
column changes nothing, shifting it does.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.index.arrays import Floats, low
from scoring.index.faults import Impossible
from scoring.index.weights.result import Weights, constant_notes, matrix_of, shares, varying


def entropy(values: Any) -> Weights:
    """Weights from (units, k); missing values are left out of shares and of n.

    Raises Impossible ("negative-values", with the columns): normalise to a range that starts at 0.
    """
    return _weights("entropy", matrix_of(values))


def global_entropy(panel: Any) -> Weights:
    """Weights from (units, years, k), one set for all years.

    The shares are taken over all units and years at once, so that a weight does not change from
    year to year and scores stay comparable over time.
    """
    stacked = matrix_of(panel, dimensions=3)
    return _weights("global_entropy", stacked.reshape(-1, stacked.shape[2]))


def _weights(method: str, matrix: Floats) -> Weights:
    _refuse_negative(matrix)
    varies = varying(matrix)
    entropies = np.ones(matrix.shape[1])
    entropies[varies] = _entropies(matrix[:, varies])
    # Rounding may leave 1 + 1e-16 where every share is nearly the same.
    raw = np.where(varies, np.maximum(1 - entropies, 0), 0.0)
    return shares(method, raw, constant_notes(varies), {"entropy": entropies.tolist()})


def _entropies(matrix: Floats) -> Floats:
    """(k,) in 0..1, of columns that each hold two different values at least."""
    known = ~np.isnan(matrix)
    filled = np.where(known, matrix, 0.0)
    p = filled / filled.sum(axis=0)
    terms = p * np.log(np.where(p > 0, p, 1.0))
    return np.asarray(-terms.sum(axis=0) / np.log(known.sum(axis=0)))


def _refuse_negative(matrix: Floats) -> None:
    columns = np.flatnonzero(low(matrix) < 0).tolist()
    if columns:
        raise Impossible("negative-values", columns=columns)
