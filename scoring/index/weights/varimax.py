"""Varimax: turn factors so that each child loads on few of them."""

from __future__ import annotations

import numpy as np

from scoring.index.arrays import Floats

MOST_STEPS, TOLERANCE = 500, 1e-15


def varimax(loadings: Floats) -> Floats:
    """(k, factors) turned to the largest variance of squared loadings (Kaiser 1958).

    Plain varimax without Kaiser's row scaling, by repeated singular value decompositions of the
    gradient. It is begun twice, since loadings that stand exactly between two solutions have no
    gradient: as given, and from a fixed other position. One factor is returned as it is.
    """
    factors = loadings.shape[1]
    if factors < 2:
        return loadings
    aslant = np.linalg.qr(np.tri(factors) + np.arange(factors))[0]
    found = [_turned(loadings, start) for start in (np.eye(factors), aslant)]
    return max(found, key=_variance)


def _turned(loadings: Floats, turn: Floats) -> Floats:
    before = 0.0
    for _ in range(MOST_STEPS):
        turned = loadings @ turn
        squares = (turned**2).sum(axis=0)
        gradient = loadings.T @ (turned**3 - turned * squares / len(loadings))
        left, values, right = np.linalg.svd(gradient)
        turn = left @ right
        if values.sum() <= before * (1 + TOLERANCE):
            break
        before = values.sum()
    return np.asarray(loadings @ turn)


def _variance(loadings: Floats) -> float:
    """Rounded, so that of two equally good turns the first is taken on every machine."""
    return round(float((loadings**2).var(axis=0).sum()), 9)
