"""How the same enterprises changed, apart from who came and went. Pure numpy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

import numpy as np

from scoring.estimates import intervals


@dataclass(frozen=True)
class Change:
    """Mean of the ``n`` differences later − earlier with its 95 % interval (None with n < 2)."""

    n: int
    mean: float
    low: float | None
    high: float | None
    rose: int
    fell: int


def paired(earlier: np.ndarray, later: np.ndarray) -> Change | None:
    """The paired change, by Student's t on the differences; None without any.

    A value unknown (NaN) at either time leaves the enterprise out.
    """
    differences = later - earlier
    differences = differences[~np.isnan(differences)]
    n = len(differences)
    if not n:
        return None
    low: float | None = None
    high: float | None = None
    mean = float(differences.mean())
    if n > 1:
        low, high = intervals.of_mean(mean, float(differences.var(ddof=1)) / n, n - 1)
    return Change(n, mean, low, high, int((differences > 0).sum()), int((differences < 0).sum()))


@dataclass(frozen=True)
class Parts:
    """``difference`` of the two means = ``matched`` + ``entrants`` + ``leavers``."""

    difference: float
    matched: float
    entrants: float
    leavers: float


@dataclass(frozen=True)
class Group:
    """How many of a round, and their mean; the mean of none is never read."""

    n: int
    mean: float


def decompose(before: Group, after: Group, leavers: Group, entrants: Group) -> Parts:
    """What the difference of two cross-sections' means is made of.

    ``before`` and ``after`` are the same enterprises at both times. Melitz and Polanec (2015),
    RAND Journal of Economics 46: the matched enterprises' own change, plus the entrants' share
    times how far they stand above the matched, plus the leavers' share times how far below.
    """
    matched = after.mean - before.mean
    came = _weight(entrants, after) * (entrants.mean - after.mean) if entrants.n else 0.0
    left = _weight(leavers, before) * (before.mean - leavers.mean) if leavers.n else 0.0
    return Parts(_whole(after, entrants) - _whole(before, leavers), matched, came, left)


def _weight(part: Group, rest: Group) -> float:
    return part.n / (part.n + rest.n)


def _whole(matched: Group, others: Group) -> float:
    together = matched.n * matched.mean + (others.n * others.mean if others.n else 0.0)
    return together / (matched.n + others.n)


def rounded(parts: Sequence[float], places: int) -> list[Decimal]:
    """Parts rounded so that they still add up to their rounded sum (largest remainder)."""
    unit = Decimal(1).scaleb(-places)
    exact = [Decimal(repr(part)) for part in parts]
    down = [part.quantize(unit, ROUND_FLOOR) for part in exact]
    missing = round((Decimal(repr(math.fsum(parts))).quantize(unit) - sum(down)) / unit)
    by_rest = sorted(range(len(exact)), key=lambda at: exact[at] - down[at], reverse=True)
    for at in by_rest[:missing]:
        down[at] += unit
    return down
