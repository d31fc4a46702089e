"""Weights that need no model: equal ones, and the standard deviation's."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.index.faults import Impossible
from scoring.index.normalise import deviation
from scoring.index.weights.result import Weights, constant_notes, matrix_of, shares, varying


def equal(k: int) -> Weights:
    """1/k each (OECD/JRC 2008, section 6: equal weighting)."""
    if k < 1:
        raise Impossible("shape", k=k)
    return Weights("equal", np.full(k, 1 / k))


def standard_deviation(values: Any) -> Weights:
    """Each child's standard deviation as a share of their sum.

    w_j = s_j / Σ s (the "SD method" of Diakoulaki et al. 1995), s with n - 1 in the denominator
    over the units that have a value. It depends on the scale of the columns, so they must
    be normalised alike. Constant columns weigh 0.
    """
    matrix = matrix_of(values)
    varies = varying(matrix)
    spread = np.where(varies, deviation(matrix), 0.0)
    details = {"deviation": spread.tolist()}
    return shares("standard_deviation", spread, constant_notes(varies), details)
