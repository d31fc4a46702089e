"""Step 3 of the handbook: outliers. Winsorise up to k points, and take logs if that is not enough.

An indicator is in order while |skewness| < 2 or kurtosis < 3.5 (thresholds are parameters), so it
fails when it has both. Winsorising gives the most extreme value the next one's, at the high end
while skewness is ≥ 0 and at the low end otherwise, and looks again, until the indicator is in order
or k points have been given another value. All points that share the extreme value move together, so
ties may take the count beyond k. If it still fails, the log of the values *as they were* is taken,
and kept whether or not it helps. This is COINr's ``Treat`` with its defaults (``winsorise``,
``log_CT``, ``check_SkewKurt``), the rule of the JRC's own audits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Bools, Floats, Ints, high, low
from scoring.index.moments import moments

SHIFT = 0.01  # of the range, so that the lowest value has a log


def log_ct(values: Floats) -> Floats:
    """ln(x − min + 0.01·(max − min)); COINr ``log_CT``."""
    bottom = low(values)
    return _log(values - bottom + SHIFT * (high(values) - bottom))


def log_ct_plus(values: Floats) -> Floats:
    """``log_ct``; where skewness is negative −ln(max − x + 0.01·(max − min)). ``log_CT_plus``."""
    mirrored = -_log(high(values) - values + SHIFT * (high(values) - low(values)))
    return np.where(moments(values)[0] < 0, mirrored, log_ct(values))


def log_ct_orig(values: Floats) -> Floats:
    """ln(x − min + 1); COINr ``log_CT_orig``."""
    return _log(values - low(values) + 1)


def log_gii(values: Floats) -> Floats:
    """ln((max − 1)(x − min)/(max − min) + 1), the Global Innovation Index of 2020; ``log_GII``.

    It turns the direction round when the largest value is below 1, and is NaN when it is not above
    0; kept for comparison only.
    """
    bottom, top = low(values), high(values)
    return _log((top - 1) * (values - bottom) / (top - bottom) + 1)


def _log(values: Floats) -> Floats:
    return np.log(np.where(values > 0, values, np.nan))


LOGS: dict[str, Callable[[Floats], Floats]] = {
    "log_ct": log_ct, "log_ct_plus": log_ct_plus, "log_ct_orig": log_ct_orig, "log_gii": log_gii,
}  # fmt: skip


@dataclass(frozen=True)
class Treatment:
    """What ``treat`` did. Arrays are (indicators,); a moment that does not exist is NaN."""

    values: Floats  # (units, indicators)
    skewness_before: Floats
    kurtosis_before: Floats
    skewness_after: Floats
    kurtosis_after: Floats
    untestable: Bools  # fewer than four known values, or all equal: left as they were
    failed: Bools  # the rule asked for treatment
    high_points: Ints  # points given a lower value; 0 where the log replaced winsorising
    low_points: Ints
    logged: Bools
    mended: Bools  # failed, and in order afterwards


def in_order(skew: Floats, kurt: Floats, skew_limit: float = 2.0, kurt_limit: float = 3.5) -> Bools:
    """|skew| < limit or kurtosis < limit; moments that do not exist need no treatment."""
    untestable = np.isnan(skew) | np.isnan(kurt)
    return untestable | (np.abs(skew) < skew_limit) | (kurt < kurt_limit)


def treat(
    values: Floats,
    points: int | None = 5,
    skew_limit: float = 2.0,
    kurt_limit: float = 3.5,
    log: str | None = "log_ct",
    log_winsorised: bool = False,
) -> Treatment:
    """Treat every indicator of (units, indicators) that fails the rule.

    ``points`` 0 skips winsorising and None sets no limit; ``log`` None skips the log.
    ``log_winsorised`` takes the log of the winsorised values instead of the original ones.
    """
    skew, kurt = moments(values)
    failed = ~in_order(skew, kurt, skew_limit, kurt_limit)
    limits = (skew_limit, kurt_limit)
    result = values.copy()
    logged = np.zeros(values.shape[1], dtype=np.bool_)
    counts = np.zeros((2, values.shape[1]), dtype=np.intp)
    chosen = np.flatnonzero(failed)
    if chosen.size:
        mended, *ends = winsorise(values[:, chosen], points, *limits)
        counts[:, chosen] = ends
        result[:, chosen] = mended
        bad = ~in_order(*moments(mended), *limits)
        if log is not None and bad.any():
            again = chosen[bad]
            source = result if log_winsorised else values
            result[:, again] = LOGS[log](source[:, again])
            logged[again] = True
            counts[:, again] *= log_winsorised
    after = moments(result)
    return Treatment(
        result, skew, kurt, *after,
        untestable=np.isnan(skew) | np.isnan(kurt), failed=failed,
        high_points=counts[0], low_points=counts[1], logged=logged,
        mended=failed & in_order(*after, *limits),
    )  # fmt: skip


def winsorise(
    values: Floats, points: int | None = 5, skew_limit: float = 2.0, kurt_limit: float = 3.5
) -> tuple[Floats, Ints, Ints]:
    """Winsorised values (units, indicators), and points moved at the high and the low end.

    Stops before it would make all values of an indicator equal.
    """
    result = values.copy()
    counts = np.zeros((2, values.shape[1]), dtype=np.intp)
    active = np.arange(values.shape[1])
    while True:
        skew, kurt = moments(result[:, active])
        below = True if points is None else counts[:, active].sum(axis=0) < points
        going = ~in_order(skew, kurt, skew_limit, kurt_limit) & below
        active, skew = active[going], skew[going]
        if not active.size:
            return result, counts[0], counts[1]
        moved, count, possible = _step(result[:, active], np.where(skew >= 0, 1.0, -1.0))
        active, side = active[possible], np.where(skew[possible] >= 0, 0, 1)
        result[:, active] = moved[:, possible]
        counts[side, active] = count[possible]


def _step(values: Floats, side: Floats) -> tuple[Floats, Ints, Bools]:
    """Move the extreme at the high (side 1) or low (−1) end; how many points, and whether it may.

    Counts all points that now share the extreme, earlier ones with it, as COINr counts.
    """
    turned = values * side
    top = high(turned)
    extreme = turned == top
    following = high(np.where(extreme, np.nan, turned))
    moved = np.where(extreme, following, turned)
    possible = following > low(turned)
    return moved * side, extreme.sum(axis=0), possible
