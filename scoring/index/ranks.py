"""Ranks of scores: 1 is the highest, and ties share the better rank."""

from __future__ import annotations

import numpy as np

from scoring.index.arrays import Floats

SAME = 1e-12  # of the largest score in the column


def ranks(scores: Floats) -> Floats:
    """Rank of each unit in each column of (..., units, nodes); NaN where there is no score.

    Scores closer than 1e-12 of the column's largest are a tie: they differ only by the order in
    which a computer added them.
    """
    if not scores.size:
        return scores.copy()
    order = np.argsort(-scores, axis=-2, kind="stable")  # unknown last
    falling = np.take_along_axis(scores, order, axis=-2)
    size = np.nanmax(np.where(np.isnan(scores), 0.0, np.abs(scores)), axis=-2, keepdims=True)
    fresh = np.ones(falling.shape, dtype=np.bool_)
    fresh[..., 1:, :] = falling[..., :-1, :] - falling[..., 1:, :] > SAME * size
    number = np.arange(1, scores.shape[-2] + 1, dtype=np.float64)[:, None]
    first = np.maximum.accumulate(np.where(fresh, number, 0.0), axis=-2)
    result = np.empty_like(scores)
    np.put_along_axis(result, order, first, axis=-2)
    return np.where(np.isnan(scores), np.nan, result)
