"""Post-stratified means and shares with their variance. Pure numpy; docs/estimates.md.

Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), 7.6, and Lohr, Sampling:
Design and Analysis, on poststratification: with W_h = N_h / N,

    mean      = Σ W_h · mean_h
    variance  = Σ W_h² · (1 − n_h / N_h) · s_h² / n_h        (given the n_h)

which takes the n_h of a stratum for a simple random sample of its N_h. Nobody drew that sample:
whoever reads the interval has to be told so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.estimates import intervals


@dataclass(frozen=True)
class Group:
    """The known values of one stratum's respondents (at least two), and its enterprises."""

    population: int
    values: np.ndarray


@dataclass(frozen=True)
class Estimate:
    """``value`` with its 95 % interval, in the unit of the values (shares: 0 … 1).

    ``design_effect`` is Kish's 1 + cv² of the weights, ``effective_n`` = n / design effect.
    """

    n: int
    population: int
    value: float
    standard_error: float
    low: float
    high: float
    design_effect: float
    effective_n: float

    def times(self, factor: float) -> Estimate:
        """The same in another unit: a total is the mean times the population."""
        return Estimate(
            self.n,
            self.population,
            self.value * factor,
            self.standard_error * factor,
            self.low * factor,
            self.high * factor,
            self.design_effect,
            self.effective_n,
        )


def weights(groups: Sequence[Group]) -> np.ndarray:
    """How many enterprises each respondent stands for: N_h / n_h, stratum by stratum."""
    return np.concatenate([np.full(len(g.values), g.population / len(g.values)) for g in groups])


def design_effect(found: np.ndarray) -> float:
    """Kish, Survey Sampling (1965): n Σw² / (Σw)²; 1 for equal weights."""
    return float(len(found) * (found**2).sum() / found.sum() ** 2)


def mean(groups: Sequence[Group], low: float = -math.inf, high: float = math.inf) -> Estimate:
    """The mean of the population; its interval is cut off at ``low`` and ``high``."""
    value, parts = _moments(groups)
    variance = sum(parts)
    bounds = intervals.of_mean(value, variance, freedom(parts, groups), low, high)
    return _estimate(groups, value, variance, bounds)


def share(groups: Sequence[Group]) -> Estimate:
    """The share of enterprises whose value is 1; values are 0 or 1."""
    value, parts = _moments(groups)
    variance = sum(parts)
    value = min(max(value, 0.0), 1.0)
    bounds = intervals.of_share(value, _behind_share(groups, value, variance))
    return _estimate(groups, value, variance, bounds)


def freedom(parts: Sequence[float], groups: Sequence[Group]) -> float:
    """Degrees of freedom by Satterthwaite (1946); n less strata where nothing varies."""
    together = sum(parts)
    if together <= 0:
        return float(sum(len(group.values) - 1 for group in groups))
    pairs = zip(parts, groups, strict=True)
    return 1 / sum((part / together) ** 2 / (len(group.values) - 1) for part, group in pairs)


def _moments(groups: Sequence[Group]) -> tuple[float, list[float]]:
    """The estimate and each stratum's part of its variance."""
    whole = sum(group.population for group in groups)
    value, parts = 0.0, []
    for group in groups:
        n, part = len(group.values), group.population / whole
        value += part * float(group.values.mean())
        spread = float(group.values.var(ddof=1))
        parts.append(part**2 * (1 - n / group.population) * spread / n)
    return value, parts


def _behind_share(groups: Sequence[Group], value: float, variance: float) -> float:
    """How many enterprises drawn at random would tell as much about a share.

    Never more than the respondents there are, but for the population being finite: strata that
    all say the same would otherwise give an interval of no width.
    """
    n = sum(len(group.values) for group in groups)
    left = 1 - n / sum(group.population for group in groups)
    if left <= 0:
        return math.inf
    most = n / left
    if not 0 < value < 1:
        return most / design_effect(weights(groups))
    return min(value * (1 - value) / variance, most) if variance > 0 else most


def _estimate(
    groups: Sequence[Group], value: float, variance: float, bounds: intervals.Interval
) -> Estimate:
    found = weights(groups)
    effect = design_effect(found)
    whole = sum(group.population for group in groups)
    error = math.sqrt(variance)
    return Estimate(len(found), whole, value, error, *bounds, effect, len(found) / effect)
