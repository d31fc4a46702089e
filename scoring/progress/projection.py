"""When a target will be met if the trend goes on: least squares, with what it does not know.

The only floats of this package. The trend is ordinary least squares of the value (linear) or of its
logarithm (compound) on time; the interval for the moment is the inverse of the prediction band:
the moments at which the target lies within the band of a single new observation (Draper and Smith,
Applied Regression Analysis, 3rd ed., section 3.2; Fieller). It is bounded only if the slope differs
from zero at the same level, and withheld otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scipy.special import stdtrit

from scoring.progress.operators import goal, surely_reaches
from scoring.progress.shapes import Aim, PathKind, Series

FEWEST = 3
LEVEL = 0.90
FARTHEST = 50  # years after the latest observation


@dataclass(frozen=True)
class Trend:
    """A fitted line; ``spread`` is the residual standard deviation on ``n`` − 2 degrees."""

    n: int
    mean_at: float
    mean_value: float
    slope: float
    spread: float
    squares: float  # of the moments about their mean

    def value(self, at: float) -> float:
        return self.mean_value + self.slope * (at - self.mean_at)

    def half_width(self, at: float, level: float) -> float:
        """Of the prediction interval of one new value at a moment."""
        share = 1 + 1 / self.n + (at - self.mean_at) ** 2 / self.squares
        return self.quantile(level) * self.spread * math.sqrt(share)

    def quantile(self, level: float) -> float:
        return float(stdtrit(self.n - 2, (1 + level) / 2))


@dataclass(frozen=True)
class Projection:
    """``met_at`` with its interval and the value expected at the due moment with its own; or, in
    ``withheld``, why there is no moment: too_few, broken (too few of
    one source), logarithm, points_away, unbounded, too_far.

    ``assumes``: linear or compound. Moments are in years (ends of years), values in the unit.
    """

    assumes: PathKind
    level: float
    n: int
    withheld: str = ""
    met_at: float | None = None
    earliest: float | None = None
    latest: float | None = None
    at_due: float | None = None
    at_due_low: float | None = None
    at_due_high: float | None = None


def fit(moments: Sequence[float], values: Sequence[float]) -> Trend:
    """Least squares; ValueError with fewer than three values or all at one moment."""
    n = len(moments)
    if n < FEWEST or max(moments) == min(moments):
        raise ValueError("a trend needs three observations at different moments")
    at, value = math.fsum(moments) / n, math.fsum(values) / n
    squares = math.fsum((t - at) ** 2 for t in moments)
    slope = (
        math.fsum((t - at) * (v - value) for t, v in zip(moments, values, strict=True)) / squares
    )
    residuals = (v - value - slope * (t - at) for t, v in zip(moments, values, strict=True))
    spread = math.sqrt(math.fsum(r * r for r in residuals) / (n - 2))
    return Trend(n, at, value, slope, spread, squares)


def crossing(trend: Trend, wanted: float, level: float) -> tuple[float, float] | None:
    """The moments between which a new value may be ``wanted``; None where they have no end."""
    away = wanted - trend.mean_value
    reach = (trend.quantile(level) * trend.spread) ** 2
    lead = trend.slope**2 - reach / trend.squares
    if lead <= 0:
        return None
    inside = reach * (away**2 / trend.squares + lead * (1 + 1 / trend.n))
    ends = [(trend.slope * away + sign * math.sqrt(inside)) / lead for sign in (-1, 1)]
    return trend.mean_at + ends[0], trend.mean_at + ends[1]


def project(
    moments: Sequence[float], values: Sequence[float], wanted: float, due: float,
    *, kind: PathKind = "linear", level: float = LEVEL,
) -> Projection:  # fmt: skip
    """When the trend of the observations (in order of time) comes to ``wanted``.

    The target is not met yet, so no moment before the latest observation is given.
    """
    n = len(moments)
    if n < FEWEST:
        return Projection(kind, level, n, "too_few")
    if kind == "compound" and min(*values, wanted) <= 0:
        return Projection(kind, level, n, "logarithm")
    told = [math.log(v) for v in values] if kind == "compound" else list(values)
    goal = math.log(wanted) if kind == "compound" else wanted
    trend = fit(moments, told)
    then = _expected(trend, due, kind, level)
    ahead = (goal - told[-1]) * trend.slope > 0
    ends = crossing(trend, goal, level)
    if not ahead or ends is None:
        return Projection(
            kind, level, n, "unbounded" if ahead else "points_away", None, None, None, *then
        )
    met = max(trend.mean_at + (goal - trend.mean_value) / trend.slope, moments[-1])
    if met - moments[-1] > FARTHEST:
        return Projection(kind, level, n, "too_far", None, None, None, *then)
    return Projection(kind, level, n, "", met, max(ends[0], moments[-1]), max(ends[1], met), *then)


def _expected(trend: Trend, due: float, kind: PathKind, level: float) -> tuple[float, float, float]:
    """Value at the due moment, with the prediction interval's lower and upper end."""
    middle, half = trend.value(due), trend.half_width(due, level)
    ends = (middle, middle - half, middle + half)
    if kind == "linear":
        return ends
    return math.exp(ends[0]), math.exp(ends[1]), math.exp(ends[2])


def of_series(series: Series, aim: Aim, kind: PathKind, level: float = LEVEL) -> Projection | None:
    """Project one target of a series; None once it is met or where nothing at all was observed.

    The trend runs over exact observations of one source, that of the latest: it is never laid
    across a break. Fewer than three of them withhold it, even if other sources have more.
    """
    seen = [point for point in series.seen if point.is_exact]
    if aim.starts is not None:
        seen = [point for point in seen if aim.starts < point.at <= aim.at]
    if not seen or surely_reaches(seen[-1], aim, series.direction):
        return None
    line = [point for point in seen if point.source == seen[-1].source]
    moments, values = [float(p.at) for p in line], [float(p.value) for p in line]
    wanted = goal(aim, series.direction, seen[-1].value)
    found = project(moments, values, float(wanted), float(aim.at), kind=kind, level=level)
    if found.withheld == "too_few" and len(seen) > len(line):
        return replace(found, withheld="broken")
    return found
