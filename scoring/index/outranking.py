"""Aggregates that compare units with each other: TOPSIS and Copeland.

Arguments as in ``means``. Unlike means, a unit's score depends on the other units of the table.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.index.arrays import Floats, divided

PAIRS_AT_ONCE = 20_000_000  # replications × units × units held in memory


def topsis(children: Sequence[Floats], weights: Floats, scaled: bool = False) -> Floats:
    """Nearness to the ideal, d⁻/(d⁺ + d⁻) in 0…1.

    Hwang and Yoon, Multiple Attribute Decision Making (1981). With v = w·x and weights that sum to
    one over the children a unit has, d⁺ and d⁻ are the Euclidean distances of v from the best and
    the worst x of each child. ``scaled`` first divides each child by √Σx² over the units, their
    vector normalisation; without it x is taken as it is normalised already. NaN where all units
    are the same in all children.
    """
    far: Floats = np.zeros(())
    near: Floats = np.zeros(())
    total = _known_weight(children, weights)
    for j, child in enumerate(children):
        x = _vector(child) if scaled else child
        known = ~np.isnan(x)
        best = np.max(x, axis=-1, keepdims=True, where=known, initial=-np.inf)
        worst = np.min(x, axis=-1, keepdims=True, where=known, initial=np.inf)
        weight = divided(weights[..., j, None], total)
        with np.errstate(invalid="ignore"):
            far = far + np.where(known, (weight * (best - x)) ** 2, 0.0)
            near = near + np.where(known, (weight * (x - worst)) ** 2, 0.0)
    result = divided(np.sqrt(near), np.sqrt(near) + np.sqrt(far))
    return np.where(np.isnan(total), np.nan, result)


def topsis_vector(children: Sequence[Floats], weights: Floats) -> Floats:
    """TOPSIS with vector normalisation of the children, as in the textbook."""
    return topsis(children, weights, scaled=True)


def _vector(child: Floats) -> Floats:
    squares = np.where(np.isnan(child), 0.0, child) ** 2
    return divided(child, np.sqrt(squares.sum(axis=-1, keepdims=True)))


def _known_weight(children: Sequence[Floats], weights: Floats) -> Floats:
    """Weight of the children a unit has, (..., units); NaN where that is nothing."""
    total: Floats = np.zeros(())
    for j, child in enumerate(children):
        total = total + weights[..., j, None] * ~np.isnan(child)
    return np.where(total > 0, total, np.nan)


def copeland(children: Sequence[Floats], weights: Floats) -> Floats:
    """Row sums of the outranking matrix, as COINr's ``a_copeland``; 0…units − 1.

    Unit a beats unit b by the weight of the children in which a is higher plus half of those in
    which they are equal, over the weight of the children both have; a pair that shares none counts
    one half each.
    """
    return _over_replications(children, weights, wins_only=False)


def copeland_wins(children: Sequence[Floats], weights: Floats) -> Floats:
    """Pairs won minus pairs lost, the rule of the voting literature; −(units − 1)…units − 1.

    A pair is won with more than half of the weight of the children both have.
    """
    return _over_replications(children, weights, wins_only=True)


def _over_replications(children: Sequence[Floats], weights: Floats, wins_only: bool) -> Floats:
    shape = np.broadcast_shapes(weights.shape[:-1], *(child.shape[:-1] for child in children))
    units = children[0].shape[-1]
    if not shape:
        return _copeland(children, weights, wins_only)
    weights = np.broadcast_to(weights, (*shape, len(children)))
    children = [np.broadcast_to(child, (*shape, units)) for child in children]
    step = max(1, PAIRS_AT_ONCE // max(1, units * units))
    parts = [
        _copeland([child[start : start + step] for child in children],
                  weights[start : start + step], wins_only)
        for start in range(0, shape[0], step)
    ]  # fmt: skip
    return np.concatenate(parts)


def _copeland(children: Sequence[Floats], weights: Floats, wins_only: bool) -> Floats:
    above: Floats = np.zeros(())
    shared: Floats = np.zeros(())
    present = np.zeros((), dtype=np.bool_)
    for j, child in enumerate(children):
        known = ~np.isnan(child)
        both = known[..., :, None] & known[..., None, :]
        higher = np.greater(child[..., :, None], child[..., None, :])
        lower = np.less(child[..., :, None], child[..., None, :])
        weight = weights[..., j, None, None]
        above = above + weight * (0.5 * both + 0.5 * higher - 0.5 * lower)
        shared = shared + weight * both
        present = present | known
    won = np.where(shared > 0, divided(above, shared), 0.5)
    if wins_only:
        won = np.where(np.abs(won - 0.5) <= 1e-12, 0.0, np.sign(won - 0.5))
    pairs = present[..., :, None] & present[..., None, :] & ~np.eye(won.shape[-1], dtype=np.bool_)
    return np.where(present, np.where(pairs, won, 0.0).sum(axis=-1), np.nan)
