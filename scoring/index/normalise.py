"""Step 5 of the handbook: indicators on one scale. A higher score is always the better one.

Every function takes ``values`` (units, indicators) and ``direction`` (indicators,), 1 where more is
better and -1 where less is better, and returns scores of the same shape; unknown stays unknown.
Unless said otherwise a formula is applied to x·direction, as COINr's ``Normalise`` does. An
indicator without spread (all known values equal) has no score by minmax, zscore and best: NaN.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scoring.index.arrays import Floats, divided, high, low, mean

TIES = ("min", "average", "max")


def none(values: Floats, direction: Floats) -> Floats:
    """x·direction."""
    return np.asarray(values * direction)


def minmax(
    values: Floats, direction: Floats, lowest: float = 0.0, highest: float = 100.0
) -> Floats:
    """(x − min)/(max − min)·(highest − lowest) + lowest; COINr ``n_minmax``."""
    turned = values * direction
    bottom = low(turned)
    share = divided(turned - bottom, high(turned) - bottom)
    return share * (highest - lowest) + lowest


def zscore(values: Floats, direction: Floats, centre: float = 0.0, spread: float = 1.0) -> Floats:
    """(x − mean)/sd·spread + centre, sd with n − 1; COINr ``n_zscore``."""
    turned = values * direction
    return divided(turned - mean(turned), deviation(turned)) * spread + centre


def deviation(values: Floats) -> Floats:
    """Standard deviation with n − 1 of the known values a column; 0 when all are equal."""
    known = ~np.isnan(values)
    apart = np.where(known, values - mean(values), 0.0)
    count = known.sum(axis=0).astype(np.float64)
    result = np.sqrt(divided((apart**2).sum(axis=0), count - 1))
    return np.where(high(values) == low(values), 0.0, result)


def rank(values: Floats, direction: Floats, ties: str = "min") -> Floats:
    """1 for the worst up to n for the best; COINr ``n_rank`` (ties "min": the lower number)."""
    return _places(values * direction, ties)


def borda(values: Floats, direction: Floats, ties: str = "min") -> Floats:
    """rank − 1; COINr ``n_borda``."""
    return rank(values, direction, ties) - 1


def percentile_rank(
    values: Floats, direction: Floats, ties: str = "min", scale: float = 1.0
) -> Floats:
    """(rank − 1)/(n − 1)·scale over the n known values; COINr ``n_prank``. NaN when n is 1."""
    count = (~np.isnan(values)).sum(axis=0).astype(np.float64)
    return divided(borda(values, direction, ties), count - 1) * scale


def best(values: Floats, direction: Floats, scale: float = 1.0) -> Floats:
    """Distance to the best value: (1 − (max − x)/(max − min))·scale; COINr ``n_dist2max``."""
    turned = values * direction
    top = high(turned)
    return (1 - divided(top - turned, top - low(turned))) * scale


def target(
    values: Floats,
    direction: Floats,
    targets: Floats,
    cap: bool = False,
    scale: float = 1.0,
) -> Floats:
    """Distance to a target: (x − min)/(t − min), or (max − x)/(max − t) where less is better.

    COINr ``n_dist2targ``. ``targets`` (indicators,) in the indicators' own units. With ``cap``
    nothing beyond the target earns more than 1 (times ``scale``). A target at or below the worst
    value gives no sensible scale: NaN when equal, and scores below 0 when beyond it.
    """
    turned = values * direction
    bottom = low(turned)
    share = divided(turned - bottom, targets * direction - bottom)
    return (np.minimum(share, 1.0) if cap else share) * scale


def goalposts(
    values: Floats,
    direction: Floats,
    lower: Floats,
    upper: Floats,
    cap: bool = True,
    scale: float = 1.0,
) -> Floats:
    """(x − lower)/(upper − lower), or (upper − x)/(upper − lower) where less is better.

    COINr ``n_goalposts``. ``lower`` < ``upper`` (indicators,) in the indicators' own units, for
    either direction. With ``cap`` the share is cut to 0…1 before it is multiplied by ``scale``.
    """
    upwards = divided(values - lower, upper - lower)
    downwards = divided(values - upper, lower - upper)
    share = np.where(direction < 0, downwards, upwards)
    return (np.clip(share, 0.0, 1.0) if cap else share) * scale


def _places(values: Floats, ties: str) -> Floats:
    """Ascending places from 1 down each column of (units, indicators); unknown has none."""
    if ties == "average":
        return (_places(values, "min") + _places(values, "max")) / 2
    if ties == "max":
        count = (~np.isnan(values)).sum(axis=0)
        return np.asarray(count + 1 - _places(-values, "min"))
    if not len(values):
        return values.copy()
    order = np.argsort(values, axis=0, kind="stable")  # unknown last
    sorted_values = np.take_along_axis(values, order, axis=0)
    number = np.arange(1, len(values) + 1, dtype=np.float64)[:, None]
    fresh = np.vstack([np.ones((1, values.shape[1]), bool), np.diff(sorted_values, axis=0) != 0])
    first = np.maximum.accumulate(np.where(fresh, number, 0.0), axis=0)
    result = np.empty_like(values)
    np.put_along_axis(result, order, first, axis=0)
    return np.where(np.isnan(values), np.nan, result)


METHODS: dict[str, Callable[..., Floats]] = {
    "none": none, "minmax": minmax, "zscore": zscore, "rank": rank, "borda": borda,
    "percentile_rank": percentile_rank, "best": best, "target": target, "goalposts": goalposts,
}  # fmt: skip
