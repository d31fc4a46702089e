"""Which sums follow from known sums: membership in the span of sparse 0/1 rows.

A row lies in the span of others exactly when it is at right angles to everything they are at right
angles to. One random vector of that kind settles it for all rows at once; it comes from conjugate
gradients, so the cost grows with the ones in the rows and not with the square of their number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

TOLERANCE = 1e-11
MOST_STEPS = 5000
ZERO = 1e-6  # of a product that would otherwise be of the size of one
WIDE = 10_000  # unknowns beyond which several rough answers take the place of a fine one
ROUGH, ROUGH_ZERO, DRAWS = 1e-7, 1e-3, 3


@dataclass(frozen=True)
class Rows:
    """Rows of zeros and ones, each scaled to length one, and the same turned round."""

    matrix: csr_array
    turned: csr_array

    @classmethod
    def of(cls, sets: Sequence[Collection[int]], width: int) -> Rows:
        """A row for each set of columns; none may be empty."""
        return cls.scaled(zeros_and_ones(sets, width))

    @classmethod
    def scaled(cls, ones: csr_array) -> Rows:
        """The same from a matrix of zeros and ones."""
        lengths = np.diff(ones.indptr)
        data = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths)
        matrix = csr_array((data, ones.indices, ones.indptr), shape=ones.shape)
        return cls(matrix, matrix.T.tocsr())

    def spanned(self, secrets: Sequence[Collection[int]]) -> list[int]:
        """Places of the secret rows that lie in the span."""
        return [int(n) for n in self.spanned_of(zeros_and_ones(secrets, self.matrix.shape[1]))]

    def spanned_of(self, secrets: csr_array) -> np.ndarray:
        """The same from a matrix of zeros and ones."""
        lengths = np.sqrt(np.diff(secrets.indptr))
        luck = np.random.default_rng(2017)
        if self.matrix.shape[1] <= WIDE:
            return self._beside(secrets, luck, TOLERANCE, ZERO * lengths)
        found = np.arange(secrets.shape[0])
        for _ in range(DRAWS):
            found = found[self._beside(secrets[found], luck, ROUGH, ROUGH_ZERO * lengths[found])]
            if not found.size:
                break
        return found

    def _beside(
        self, secrets: csr_array, luck: np.random.Generator, tolerance: float, zero: np.ndarray
    ) -> np.ndarray:
        """Places of the secrets at right angles to one vector that all rows are at right angles to.

        Of a sum of rows with weights of length w it is off by ``tolerance`` times w at most.
        """
        _, aside = self.solve(luck.standard_normal(self.matrix.shape[1]), tolerance)
        found: np.ndarray = np.flatnonzero(np.abs(secrets @ aside) <= zero)
        return found

    def used(self, secrets: Sequence[Collection[int]]) -> np.ndarray:
        """Rows that take part in a combination giving the spanned ``secrets``, mixed at random."""
        return self.used_of(zeros_and_ones(secrets, self.matrix.shape[1]))

    def used_of(self, secrets: csr_array) -> np.ndarray:
        """The same from a matrix of zeros and ones."""
        luck = np.random.default_rng(2018).uniform(0.5, 1.5, secrets.shape[0])
        wide = self.matrix.shape[1] > WIDE
        weights, _ = self.solve(secrets.T @ luck, ROUGH if wide else TOLERANCE)
        found: np.ndarray = np.flatnonzero(np.abs(weights) > (ROUGH_ZERO if wide else ZERO))
        return found

    def solve(
        self, target: np.ndarray, tolerance: float = TOLERANCE
    ) -> tuple[np.ndarray, np.ndarray]:
        """The shortest weights whose combination comes closest to ``target``, and the rest."""
        weights = np.zeros(self.matrix.shape[0])
        rest = target.astype(float)
        step = slope = self.matrix @ rest
        size = first = float(slope @ slope)
        for _ in range(MOST_STEPS):
            if size <= tolerance**2 * max(first, 1.0):
                break
            moved = self.turned @ step
            far = size / float(moved @ moved)
            weights = weights + far * step
            rest = rest - far * moved
            slope = self.matrix @ rest
            size, before = float(slope @ slope), size
            step = slope + size / before * step
        return weights, rest


def zeros_and_ones(sets: Sequence[Collection[int]], width: int) -> csr_array:
    """A matrix with a row for each set of columns."""
    lengths = [len(one) for one in sets]
    columns = np.fromiter((n for one in sets for n in one), dtype=np.int64, count=sum(lengths))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(lengths), width))
