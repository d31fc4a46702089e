"""Cronbach's alpha: do the children of a node measure one thing?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Floats
from scoring.index.correlation import pearson
from scoring.index.normalise import deviation
from scoring.index.tree import Tree


@dataclass(frozen=True)
class Reliability:
    """Alpha of one node's children; where it is not defined, None with the ``reason``."""

    node: str
    children: int
    alpha: float | None
    standardised: float | None
    reason: str = ""  # "one-child", "undefined-correlation", "no-variance"


def reliabilities(tree: Tree, scores: Floats) -> tuple[Reliability, ...]:
    """One a node. ``scores`` (units, codes): normalised indicators, then ``aggregate``'s."""
    return tuple(
        cronbach(scores[:, places], node)
        for node, places in zip(tree.nodes, tree.children, strict=True)
    )


def cronbach(matrix: Floats, node: str = "") -> Reliability:
    """α = k/(k - 1) · (1 - Σ_j s_j² / Σ_jl c_jl) of (units, k), Cronbach 1951, Psychometrika 16.

    With missing values s_j is of the units that have j, and c_jl = r_jl s_j s_l with r of the units
    that have both (pairwise complete). So alpha never exceeds 1, which it could if covariances were
    taken pair by pair as well. Complete data give the usual alpha. The standardised one puts
    correlations for covariances: k r̄ / (1 + (k - 1) r̄). Alpha may be negative: children that pull
    against each other.
    """
    k = matrix.shape[1]
    if k < 2:
        return Reliability(node, k, None, None, "one-child")
    correlation, spread = pearson(matrix), deviation(matrix)
    if np.isnan(correlation).any():
        return Reliability(node, k, None, None, "undefined-correlation")
    alpha = _alpha(correlation * np.outer(spread, spread))
    return Reliability(
        node, k, alpha, _alpha(correlation), "" if alpha is not None else "no-variance"
    )


def _alpha(covariance: Floats) -> float | None:
    total, own, k = float(covariance.sum()), float(np.trace(covariance)), len(covariance)
    # Children that cancel out leave a sum without variance: rounding is no denominator.
    if total <= 1e-12 * own:
        return None
    return k / (k - 1) * (1 - own / total)
