"""95 % confidence intervals of means and shares. No Django, no arrays.

Student's t by the expansion of Abramowitz and Stegun, Handbook of Mathematical Functions (1964),
26.7.5: right to three decimals from 4 degrees of freedom on. Shares by Wilson (1927), JASA 22, with
an effective sample size as in Korn and Graubard (1998), Survey Methodology 24: such an interval
stays within 0 and 1 and holds the share itself.
"""

from __future__ import annotations

import math
from statistics import NormalDist

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
Interval = tuple[float, float]


def t_quantile(df: float) -> float:
    """The two-sided 95 % point of Student's t with ``df`` > 0 degrees of freedom."""
    if math.isinf(df):
        return Z
    terms = (
        (Z**3 + Z) / 4,
        (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
        (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
        (79 * Z**9 + 776 * Z**7 + 1482 * Z**5 - 1920 * Z**3 - 945 * Z) / 92160,
    )
    return Z + sum(term / df**power for power, term in enumerate(terms, start=1))


def of_mean(
    value: float, variance: float, df: float, low: float = -math.inf, high: float = math.inf
) -> Interval:
    """``value`` ± t · standard error, cut off at the least and greatest possible value."""
    half = t_quantile(df) * math.sqrt(variance)
    return min(max(value - half, low), value), max(min(value + half, high), value)


def of_share(share: float, effective_n: float, df: float = math.inf) -> Interval:
    """Wilson's interval of a share (0 … 1) seen in ``effective_n`` enterprises."""
    if math.isinf(effective_n):
        return share, share
    z2 = t_quantile(df) ** 2 / effective_n
    middle = (share + z2 / 2) / (1 + z2)
    half = math.sqrt(z2 * share * (1 - share) + z2**2 / 4) / (1 + z2)
    return min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share)
