"""95 % confidence intervals of means and shares. No Django.

Means by Student's t. Shares by Wilson (1927), JASA 22, with an effective sample size as in Korn and
Graubard (1998), Survey Methodology 24: such an interval stays within 0 and 1 and holds the share.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from scipy.special import stdtrit

CONFIDENCE = 0.95
POINT = 0.5 + CONFIDENCE / 2
Z = NormalDist().inv_cdf(POINT)
Interval = tuple[float, float]


def t_quantile(df: float) -> float:
    """The two-sided 95 % point of Student's t with ``df`` > 0 degrees of freedom."""
    return Z if math.isinf(df) else float(stdtrit(df, POINT))


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
