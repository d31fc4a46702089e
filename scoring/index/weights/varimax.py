"""Varimax: turn factors so that each child loads on few of them."""

from __future__ import annotations

import numpy as np

from scoring.index.arrays import Floats

MOST_STEPS, TOLERANCE = 200, 1e-10


def varimax(loadings: Floats) -> Floats:
    """(k, factors) turned to the largest variance of squared loadings (Kaiser 1958).

    Plain varimax without Kaiser's row scaling, by the repeated singular value decomposition of
    Lawley & Maxwell's gradient. One factor is returned as it is.
    """
    k, factors = loadings.shape
    if factors < 2:
        return loadings
    turn, before = np.eye(factors), 0.0
    for _ in range(MOST_STEPS):
        turned = loadings @ turn
        gradient = loadings.T @ (turned**3 - turned * (turned**2).sum(axis=0) / k)
        left, values, right = np.linalg.svd(gradient)
        turn = left @ right
        if values.sum() <= before * (1 + TOLERANCE):
            break
        before = values.sum()
    return np.asarray(loadings @ turn)
