"""Weights drawn around nominal ones."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaincinv

from scoring.index.arrays import Floats, Ints

EDGE = 1e-12  # a gamma quantile at 0 or 1 is 0 or infinite


def uniform(weights: Floats, u: Floats, factor: float) -> Floats:
    """w (1 + f (2u - 1)), siblings not yet scaled to one; COINr's weight noise.

    ``weights`` (k,), ``u`` (replications, k) in 0..1.
    """
    return weights * (1 + factor * (2 * u - 1))


def dirichlet(weights: Floats, u: Floats, concentration: float, siblings: list[Ints]) -> Floats:
    """Weights of siblings from Dirichlet(c w₁ … c w_k), w summing to one among them.

    Made of gamma quantiles of ``u``, g_j = Γ⁻¹(u_j; c w_j), g / Σ g, so that one uniform number
    drives each weight. The mean is w, the variance w (1 - w) / (c + 1). A weight of 0 stays 0.
    """
    result = np.zeros(u.shape)
    for places in siblings:
        shape = concentration * weights[places] / weights[places].sum()
        found = gammaincinv(np.where(shape > 0, shape, 1.0), np.clip(u[:, places], EDGE, 1 - EDGE))
        found = np.where(shape > 0, found, 0.0)
        result[:, places] = found / found.sum(axis=1, keepdims=True)
    return result
