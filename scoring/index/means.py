"""Weighted means of children, for whole batches at once.

Arguments: ``children`` a sequence of k arrays that broadcast together to (..., units), ``weights``
(..., k), not negative. NaN children are left out and the weights of the others count as if they
summed to one; a unit without any child that has weight gets NaN. Sums run child by child in one
fixed order, so that equal units get equal scores to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scoring.index.arrays import Floats, divided


def _weighted(
    children: Sequence[Floats], weights: Floats, form: Callable[[Floats], Floats]
) -> Floats:
    """Σ w·form(x) / Σ w over the known children, (..., units)."""
    above: Floats = np.zeros(())
    below: Floats = np.zeros(())
    for j, child in enumerate(children):
        known = ~np.isnan(child)
        weight = weights[..., j, None]
        above = above + weight * np.where(known, form(child), 0.0)
        below = below + weight * known
    return divided(above, below)


def arithmetic(children: Sequence[Floats], weights: Floats) -> Floats:
    """Σ w·x / Σ w."""
    return _weighted(children, weights, lambda x: x)


def geometric(children: Sequence[Floats], weights: Floats) -> Floats:
    """exp(Σ w·ln x / Σ w); every known x must be positive (the caller sees to it)."""
    return np.exp(_weighted(children, weights, np.log))


def harmonic(children: Sequence[Floats], weights: Floats) -> Floats:
    """Σ w / Σ (w/x); every known x must be positive (the caller sees to it)."""
    return divided(np.ones(()), _weighted(children, weights, lambda x: 1.0 / x))


def median(children: Sequence[Floats], weights: Floats) -> Floats:
    """The weighted median: the value at which the sorted weights first pass half of their sum.

    Where they come to exactly half, the mean of that value and the next one with weight, so that
    equal weights give the ordinary median.
    """
    values = np.stack(np.broadcast_arrays(*children), axis=-1)
    spread = np.broadcast_to(weights[..., None, :], (*weights.shape[:-1], *values.shape[-2:]))
    values = np.broadcast_to(values, spread.shape)
    shares = np.where(np.isnan(values), 0.0, spread)
    order = np.argsort(np.where(shares > 0, values, np.inf), axis=-1, kind="stable")
    values = np.take_along_axis(values, order, axis=-1)
    running = np.cumsum(np.take_along_axis(shares, order, axis=-1), axis=-1)
    half = running[..., -1:] / 2
    rounding = 1e-12 * half
    lower = np.argmax(running >= half - rounding, axis=-1)[..., None]
    upper = np.argmax(running > half + rounding, axis=-1)[..., None]
    pair = [np.take_along_axis(values, place, axis=-1)[..., 0] for place in (lower, upper)]
    middle = np.where(lower[..., 0] == upper[..., 0], pair[0], (pair[0] + pair[1]) / 2)
    return np.where(half[..., 0] > 0, middle, np.nan)
