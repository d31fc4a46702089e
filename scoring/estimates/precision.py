"""When an interval is too wide to mean anything."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.estimates.poststratify import Estimate

MEAN, SHARE, TOTAL = "mean", "share", "total"


@dataclass(frozen=True)
class Limits:
    """``points``: widest half of a share's interval, in percentage points; ``percent``: widest half
    of a mean's or total's interval, in percent of the value; ``respondents``: fewest in a stratum.
    """

    points: float = 10.0
    percent: float = 25.0
    respondents: int = 5


def too_wide(kind: str, found: Estimate, limits: Limits) -> bool:
    """Whether an estimate is withheld. Shares are in percent here."""
    half = (found.high - found.low) / 2
    if kind == SHARE:
        return half > limits.points
    return 100 * half > limits.percent * abs(found.value)
