"""Variance-based sensitivity: which uncertain input moves the result (Sobol' 1993).

A and B are two tables of uniform numbers, A_B⁽ⁱ⁾ is A with the columns of input i from B.

first order  S_i = mean f(B) (f(A_B⁽ⁱ⁾) - f(A)) / V   (Saltelli et al. 2010, table 2 (b))
total        T_i = mean (f(A) - f(A_B⁽ⁱ⁾))² / 2V      (Jansen 1999, table 2 (f))

V is the variance of f over A and B together. S_i is the share of the variance that would go if
input i were known; T_i the share that would stay if all others were. Inputs of several columns (all
weights of a level) are taken as one group, for which both hold as well. f is centred first: that
leaves both what they estimate and takes noise from the first. Intervals are percentiles of a
bootstrap over rows (Archer, Saltelli & Sobol' 1997). Estimates may fall a little below 0; they are
not cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Floats, Ints, divided
from scoring.index.uncertainty.draws import BOOTSTRAP, FIRST_BASE, SECOND_BASE, generator, uniforms

RESAMPLES, LOW, HIGH = 500, 2.5, 97.5


@dataclass(frozen=True)
class Indices:
    """Estimate and 95 % interval, (inputs, outputs) each; NaN where the output does not vary."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Sobol:
    base: int  # rows of A
    first: Indices
    total: Indices


def analyse(
    function: Callable[[Floats], Floats], groups: Sequence[Ints], width: int, base: int, seed: int
) -> Sobol:
    """Indices of ``function``: (rows, width) uniform numbers → (rows, outputs).

    ``groups`` are the columns of each input. Calls for (inputs + 2) × ``base`` rows.
    """
    a = uniforms(seed, FIRST_BASE, base, width)
    b = uniforms(seed, SECOND_BASE, base, width)
    mixed = []
    for columns in groups:
        rows = a.copy()
        rows[:, columns] = b[:, columns]
        mixed.append(function(rows))
    return estimate(function(a), function(b), np.stack(mixed), seed)


def estimate(f_a: Floats, f_b: Floats, f_ab: Floats, seed: int) -> Sobol:
    """From f(A), f(B) (base, outputs) and f(A_B) (inputs, base, outputs)."""
    base = len(f_a)
    middle = (f_a.mean(axis=0) + f_b.mean(axis=0)) / 2
    f_a, f_b, f_ab = f_a - middle, f_b - middle, f_ab - middle
    parts = (f_b * (f_ab - f_a), 0.5 * (f_a - f_ab) ** 2)
    moments = (f_a + f_b, f_a**2 + f_b**2)
    counts = generator(seed, BOOTSTRAP).multinomial(base, np.full(base, 1 / base), size=RESAMPLES)
    weights = np.vstack([np.ones(base), counts.astype(np.float64)])
    variance = _variance(weights, *moments, base)
    return Sobol(base, *(_indices(weights, part, variance) for part in parts))


def _variance(weights: Floats, sums: Floats, squares: Floats, base: int) -> Floats:
    """Of A and B together, (1 + resamples, outputs); 0 where only rounding is left."""
    mean, square = weights @ sums / (2 * base), weights @ squares / (2 * base)
    found = square - mean**2
    return np.where(found > 1e-14 * np.maximum(square, 1e-300), found, 0.0)


def _indices(weights: Floats, part: Floats, variance: Floats) -> Indices:
    inputs, base, outputs = part.shape
    flat = np.moveaxis(part, 0, 1).reshape(base, inputs * outputs)
    means = (weights @ flat / base).reshape(-1, inputs, outputs)
    found = divided(means, variance[:, None, :])
    low, high = _interval(found[1:])
    return Indices(found[0], low, high)


def _interval(resampled: Floats) -> tuple[Floats, Floats]:
    if np.isnan(resampled).any():
        low, high = np.full((2, *resampled.shape[1:]), np.nan)
        known = ~np.isnan(resampled).any(axis=0)
        low[known], high[known] = np.percentile(resampled[:, known], [LOW, HIGH], axis=0)
        return low, high
    low, high = np.percentile(resampled, [LOW, HIGH], axis=0)
    return low, high
