"""Which sums follow from known sums: membership in the span of sparse 0/1 rows.

A row lies in the span of others exactly when it is at right angles to everything they are at right
angles to. One random vector of that kind settles it for all rows at once; it comes from conjugate
gradients, so the cost grows with the ones in the rows and not with the square of their number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TOLERANCE = 1e-11
MOST_STEPS = 5000
ZERO = 1e-6  # of a product that would otherwise be of the size of one


@dataclass(frozen=True)
class Rows:
    """Rows of zeros and ones, each scaled to length one. ``row`` and ``column`` place the ones."""

    row: np.ndarray
    column: np.ndarray
    value: np.ndarray
    height: int
    width: int

    @classmethod
    def of(cls, sets: list[set[int]], width: int) -> Rows:
        """A row for each set of columns; none may be empty."""
        lengths = np.array([len(one) for one in sets])
        row = np.repeat(np.arange(len(sets)), lengths)
        column = np.array([place for one in sets for place in one], dtype=int)
        return cls(row, column, 1 / np.sqrt(lengths[row]), len(sets), width)

    def spanned(self, secrets: list[list[int]]) -> list[int]:
        """Places of the secret rows that lie in the span."""
        _, aside = self.solve(np.random.default_rng(2017).standard_normal(self.width))
        return [
            place
            for place, secret in enumerate(secrets)
            if abs(aside[secret].sum()) <= ZERO * np.sqrt(len(secret))
        ]

    def used(self, secrets: list[list[int]]) -> np.ndarray:
        """Rows that take part in a combination giving the spanned ``secrets``, mixed at random."""
        luck = np.random.default_rng(2018)
        target = np.zeros(self.width)
        for secret in secrets:
            target[secret] += luck.uniform(0.5, 1.5)
        weights, _ = self.solve(target)
        return np.flatnonzero(np.abs(weights) > ZERO)

    def solve(self, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The shortest weights whose combination comes closest to ``target``, and the rest."""
        weights = np.zeros(self.height)
        rest = target.astype(float)
        step = slope = self._times(rest)
        size = first = float(slope @ slope)
        for _ in range(MOST_STEPS):
            if size <= TOLERANCE**2 * max(first, 1.0):
                break
            moved = self._combined(step)
            far = size / float(moved @ moved)
            weights = weights + far * step
            rest = rest - far * moved
            slope = self._times(rest)
            size, before = float(slope @ slope), size
            step = slope + size / before * step
        return weights, rest

    def _times(self, vector: np.ndarray) -> np.ndarray:
        return np.bincount(self.row, self.value * vector[self.column], self.height)

    def _combined(self, weights: np.ndarray) -> np.ndarray:
        return np.bincount(self.column, self.value * weights[self.row], self.width)
