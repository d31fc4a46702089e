"""How closely sums that were published bound those that were withheld, by linear programming.

Unknown are the sums of the atoms (a finest cell's enterprises of one date). Each lies between as
many lowest and as many highest values as the atom has enterprises; each published row is an
equation. What a reader can say of a secret is the least and the greatest value of its sum.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

NARROW = 0.05  # of the scale: a mean bounded within less counts as known
PROBES = 6  # pairs of opposite corners looked at before every secret is asked after by itself
STILL = 1e-9


@dataclass(frozen=True)
class System:
    """Published rows over atoms. ``rows``: the atoms of each; ``sums``: what was published."""

    rows: Sequence[Collection[int]]
    sums: np.ndarray
    sizes: np.ndarray  # enterprises of each atom
    low: float
    high: float

    def pinned(self, secrets: Sequence[Collection[int]]) -> list[tuple[int, np.ndarray]]:
        """Secrets whose mean is known to within ``NARROW``, each with the rows that bound it.

        Every solution is a possible world: what the secrets are in it widens all their ranges, so
        that few have to be asked after by themselves.
        """
        if not len(self.rows) or not len(secrets):
            return []
        seen = _Seen(
            _matrix(secrets, len(self.sizes)),
            NARROW * (self.high - self.low) * self._sizes(secrets) - STILL,
        )
        matrix = _matrix(self.rows, len(self.sizes))
        luck = np.random.default_rng(4754)
        for _ in range(PROBES):
            narrow = seen.narrow()
            if not narrow.size:
                return []
            aim = seen.secrets[narrow].T @ luck.standard_normal(narrow.size)
            for sign in (1.0, -1.0):
                seen.add(self._solve(matrix, sign * aim).x)
        found = []
        for place in seen.narrow():
            if not seen.is_narrow(place):
                continue
            aim = seen.secrets[[place]].toarray()[0]
            ends = [self._solve(matrix, sign * aim) for sign in (1.0, -1.0)]
            for end in ends:
                seen.add(end.x)
            if seen.is_narrow(place):
                prices = sum(np.abs(end.eqlin.marginals) for end in ends)
                found.append((int(place), np.flatnonzero(prices > STILL)))
        return found

    def _sizes(self, secrets: Sequence[Collection[int]]) -> np.ndarray:
        return np.array([self.sizes[list(one)].sum() for one in secrets], dtype=float)

    def _solve(self, matrix: csr_array, aim: np.ndarray) -> linprog:
        bounds = np.column_stack([self.sizes * self.low, self.sizes * self.high])
        found = linprog(aim, A_eq=matrix, b_eq=self.sums, bounds=bounds, method="highs")
        if found.status != 0:
            raise ArithmeticError(found.message)
        return found


class _Seen:
    """The least and the greatest value of each secret over the worlds looked at."""

    def __init__(self, secrets: csr_array, needed: np.ndarray) -> None:
        self.secrets, self.needed = secrets, needed
        self.least = np.full(len(needed), np.inf)
        self.most = np.full(len(needed), -np.inf)

    def add(self, world: np.ndarray) -> None:
        values = self.secrets @ world
        self.least = np.minimum(self.least, values)
        self.most = np.maximum(self.most, values)

    def narrow(self) -> np.ndarray:
        return np.flatnonzero(self.most - self.least < self.needed)

    def is_narrow(self, place: int) -> bool:
        return bool(self.most[place] - self.least[place] < self.needed[place])


def _matrix(rows: Sequence[Collection[int]], width: int) -> csr_array:
    lengths = [len(row) for row in rows]
    columns = [atom for row in rows for atom in row]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), width))
