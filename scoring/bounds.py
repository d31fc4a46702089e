"""How closely sums that were published bound those that were withheld, by linear programming.

Unknown are the sums of the atoms (a finest cell's enterprises of one date). Each lies between as
many lowest and as many highest values as the atom has enterprises; each published row is an
equation. What a reader can say of a secret is the least and the greatest value of its sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from scoring.spans import zeros_and_ones

NARROW = 0.05  # of the scale: a mean bounded within less counts as known
ASKED = 0.1  # what is left open of it by means, so that quantiles, too, do not close it
PROBES = 6  # pairs of opposite corners looked at before every secret is asked after by itself
ENOUGH = 12  # secrets found to be known before something is held back and all are asked anew
STILL = 1e-9


@dataclass(frozen=True)
class Scale:
    """A quantity's sum in each atom, as it is, and the ends between which every value lies."""

    sums: np.ndarray
    low: float
    high: float


class Ranges:
    """What readers can say of some secrets, while published rows are taken back one by one.

    A secret stays secret when at least one scale leaves its mean open by ``ASKED``. Every world
    that agrees with the rows still agrees when there are fewer, so what was seen stays seen.
    """

    def __init__(
        self, secrets: Sequence[Collection[int]], sizes: np.ndarray, scales: Sequence[Scale]
    ) -> None:
        self.sizes, self.scales = sizes, scales
        self.secrets = zeros_and_ones(secrets, len(sizes))
        many = self.secrets @ sizes
        self.seen = [
            _Seen(self.secrets, ASKED * (scale.high - scale.low) * many - STILL) for scale in scales
        ]
        for scale, seen in zip(scales, self.seen, strict=True):
            seen.add(scale.sums)
        self.lost = np.zeros(len(many), dtype=bool)  # by rows that cannot be taken back

    def blamed(self, rows: Sequence[Collection[int]], new: np.ndarray) -> list[np.ndarray]:
        """Of some secrets that are known, each time the new rows that bound it."""
        if not len(rows):
            return []
        matrix = zeros_and_ones(rows, len(self.sizes))
        self._probe(matrix)
        found: list[np.ndarray] = []
        for place in self._narrow():
            bounding = [n for n in self._bounding(matrix, int(place)) if new[n]]
            if bounding:
                found.append(np.array(bounding))
            elif self._is_narrow(int(place)):
                self.lost[place] = True
            if len(found) == ENOUGH:
                break
        return found

    def _probe(self, matrix: csr_array) -> None:
        """Look at corners of what is possible that move many secrets at once."""
        luck = np.random.default_rng(4754)
        for _ in range(PROBES):
            for scale, seen in zip(self.scales, self.seen, strict=True):
                narrow = self._narrow()
                if not narrow.size:
                    return
                aim = self.secrets[narrow].T @ luck.standard_normal(narrow.size)
                for sign in (1.0, -1.0):
                    seen.add(self._solve(matrix, scale, sign * aim).x)

    def _bounding(self, matrix: csr_array, place: int) -> Iterator[int]:
        """The rows that bound a secret on every scale; none when it is open on one."""
        prices = np.zeros(matrix.shape[0])
        aim = self.secrets[[place]].toarray()[0]
        for scale, seen in zip(self.scales, self.seen, strict=True):
            if not self._is_narrow(place):
                return
            for sign in (1.0, -1.0):
                end = self._solve(matrix, scale, sign * aim)
                seen.add(end.x)
                prices += np.abs(end.eqlin.marginals)
        if self._is_narrow(place):
            yield from map(int, np.flatnonzero(prices > STILL))

    def _narrow(self) -> np.ndarray:
        """Places of the secrets that no world looked at leaves open."""
        open_ = np.logical_or.reduce([seen.open() for seen in self.seen])
        found: np.ndarray = np.flatnonzero(~open_ & ~self.lost)
        return found

    def _is_narrow(self, place: int) -> bool:
        return not any(seen.open()[place] for seen in self.seen)

    def _solve(self, matrix: csr_array, scale: Scale, aim: np.ndarray) -> linprog:
        ends = np.column_stack([self.sizes * scale.low, self.sizes * scale.high])
        found = linprog(aim, A_eq=matrix, b_eq=matrix @ scale.sums, bounds=ends, method="highs")
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

    def open(self) -> np.ndarray:
        found: np.ndarray = self.most - self.least >= self.needed
        return found
