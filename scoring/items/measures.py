"""Difficulty and discrimination of items, on shares of the points each can earn.

A matrix is firms × items, every value between 0 and 1; NaN marks an item that does not count for a
firm (not asked, or left out by the questionnaire's own rule).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Vector = np.ndarray
Matrix = np.ndarray
TAIL = 0.27  # Kelley (1939): the upper and lower groups that tell most


@dataclass(frozen=True)
class Totals:
    """Of each firm: the sum of its shares, and of how many items."""

    sums: Vector
    counts: Vector

    @classmethod
    def of(cls, shares: Matrix) -> Totals:
        return cls(np.nansum(shares, axis=1), (~np.isnan(shares)).sum(axis=1))

    @property
    def mean(self) -> Vector:
        """The mean share of all items of each firm; NaN without any."""
        return _divided(self.sums, self.counts)

    def rest(self, item: Vector) -> Vector:
        """The mean share of the other items; NaN without any."""
        there = ~np.isnan(item)
        return _divided(self.sums - np.where(there, item, 0.0), self.counts - there)


def correlation(x: Vector, y: Vector) -> float | None:
    """Pearson's r of two vectors without gaps; None with fewer than three firms or no spread."""
    if len(x) < 3:
        return None
    a, b = x - x.mean(), y - y.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    if spread < 1e-12 * len(x):
        return None
    return float(np.clip((a @ b) / spread, -1.0, 1.0))


def upper_lower(x: Vector, score: Vector, tail: float = TAIL) -> float:
    """Mean of ``x`` in the firms with the highest scores minus that in those with the lowest.

    Each group is ``tail`` of all firms; firms that tie at its edge count in part, all alike, so the
    order of the rows makes no difference. Between −1 and 1.
    """
    size = tail * len(x)
    return _tail_mean(x, score, size) - _tail_mean(x, -score, size)


def _tail_mean(x: Vector, score: Vector, size: float) -> float:
    """Mean of ``x`` over the ``size`` firms of the highest scores."""
    place = len(score) - int(np.ceil(size))
    edge = np.partition(score, place)[place]
    above, at = score > edge, score == edge
    part = (size - above.sum()) / at.sum()
    return float((x[above].sum() + part * x[at].sum()) / size)


def _divided(sums: Vector, counts: Vector) -> Vector:
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Vector = np.where(counts > 0, sums / counts, np.nan)
    return found
