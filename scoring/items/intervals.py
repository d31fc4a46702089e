"""Ninety-five percent intervals of shares and correlations."""

from __future__ import annotations

from math import atanh, sqrt, tanh

from scipy import stats

Interval = tuple[float, float]
SURE = 0.999999  # a correlation of one has no finite Fisher transform


def share_interval(share: float, n: int, level: float = 0.95) -> Interval:
    """Wilson (1927), for a share or a mean of values between 0 and 1.

    Of all such values a yes or no spreads most, so for a mean of points it is rather too wide.
    """
    z = float(stats.norm.ppf((1 + level) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def correlation_interval(r: float, n: int, level: float = 0.95) -> Interval | None:
    """Fisher (1921), by the inverse hyperbolic tangent; None with fewer than four firms."""
    if n < 4:
        return None
    z = float(stats.norm.ppf((1 + level) / 2))
    middle, half = atanh(min(max(r, -SURE), SURE)), z / sqrt(n - 3)
    return tanh(middle - half), tanh(middle + half)
