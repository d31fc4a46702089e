"""A straight line through a series, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtrit

from scoring.index.arrays import Floats, divided
from scoring.index.panel.series import Series, segments

FEWEST = 3  # with two points the line always fits: no interval


@dataclass(frozen=True)
class Trend:
    """Ordinary least squares over ``n`` years; ``slope`` is per year, in the series' unit.

    All None, with the reason, when it is withheld: "too-few" points, or a "break" between them.
    """

    n: int
    slope: float | None = None
    low: float | None = None
    high: float | None = None
    start: int | None = None
    end: int | None = None
    reason: str = ""
    broken: int | None = None


def trend(series: Series, confidence: float = 0.95) -> Trend:
    """Slope of the whole series; none across a break, see ``trend_by_segment``."""
    known = series.known()
    years = np.array([year for year, _ in known])
    if len(known) < FEWEST:
        return Trend(len(known), reason="too-few")
    first, last = known[0][0], known[-1][0]
    broken = series.break_between(first, last)
    if broken is not None:
        return Trend(len(known), start=first, end=last, reason="break", broken=broken)
    values = np.array([value for _, value in known])
    slope, low, high = (float(one) for one in slopes(years, values, confidence))
    return Trend(len(known), slope, low, high, first, last)


def trend_by_segment(series: Series, confidence: float = 0.95) -> tuple[Trend, ...]:
    """One trend for each stretch between breaks."""
    return tuple(trend(one, confidence) for one in segments(series))


def slopes(years: Any, values: Floats, confidence: float = 0.95) -> tuple[Floats, Floats, Floats]:
    """Slope and the ends of its interval of many series, ``values`` (..., years); NaN is left out.

    b = Σ(t - t̄)(x - x̄) / Σ(t - t̄)², b ± t(n - 2) √(Σ residual² / (n - 2) / Σ(t - t̄)²).
    The interval assumes a straight line with independent errors of one spread; yearly values often
    go together, and it is too narrow then. NaN with fewer than three known values.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=-1).astype(np.float64)
    n = np.where(n >= FEWEST, n, np.nan)
    t = _centred(np.broadcast_to(np.asarray(years, dtype=np.float64), values.shape), known, n)
    x = _centred(np.where(known, values, 0.0), known, n)
    squares = (t * t).sum(axis=-1)
    slope = divided((t * x).sum(axis=-1), squares)
    left = x - slope[..., None] * t
    error = np.sqrt(divided((left * left).sum(axis=-1) / (n - 2), squares))
    reach = stdtrit(n - 2, (1 + confidence) / 2) * error
    return slope, slope - reach, slope + reach


def _centred(values: Floats, known: Any, n: Floats) -> Floats:
    middle = (np.where(known, values, 0.0).sum(axis=-1) / n)[..., None]
    return np.where(known, values - middle, 0.0)
