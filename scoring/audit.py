"""Whether anything small follows from all published sums by adding and subtracting them.

Three steps, each leaving less to the next. Atoms that stand in the same sums are one unknown: what
divides such a group follows from no sum. A sum with one unknown gives it away: such unknowns are
peeled off one after another. What is left is a matter of linear algebra (scoring/spans.py), up to
``EXACT`` atoms; beyond, finer cells need more enterprises instead (scoring/suppression.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from scoring.cube import Atoms, Cube, Key
from scoring.spans import Rows, zeros_and_ones

Past = Mapping[Key, Sequence[int]]
EXACT = 10_000  # atoms beyond which the last step, linear algebra, would take hours


@dataclass(frozen=True)
class Row:
    """What one publication of a cell added to what was known of it."""

    cell: Key
    atoms: Atoms
    new: bool  # not published yet: it can still be held back


class Audit:
    """What must not follow from a cube's published sums."""

    def __init__(self, cube: Cube, minimum: int, past: Past, also: Iterable[Key] = ()) -> None:
        self.cube, self.past = cube, past
        self.exact = len(cube.atom_counts) <= EXACT
        secrets = {*small_sets(cube, minimum), *(cube.atoms[c] for c in also if c in cube.atoms)}
        self.secrets = zeros_and_ones(sorted(secrets), len(cube.atom_counts))
        self.sizes = np.diff(self.secrets.indptr)
        # what was given away before is not brought back by holding anything back now
        self.lost = self._broken(self._known(dict.fromkeys(cube.counts, "")))

    def passes(self, found: Mapping[Key, str]) -> bool:
        """Whether nothing small follows when the cells of ``found`` are held back."""
        return not self._new(self._broken(self._known(found))).size

    def to_hold(self, found: Mapping[Key, str], cost: Mapping[Key, tuple[int, int]]) -> set[Key]:
        """Cells to hold back because something small follows from them; empty when nothing does.

        Of the sums that take part, the cheapest that touches each secret.
        """
        known = self._known(found)
        broken = self._new(self._broken(known))
        if not broken.size:
            return set()
        secrets = self.secrets[broken]
        taking_part = (
            Rows.scaled(known.matrix).used_of(secrets) if self.exact else range(len(known.rows))
        )
        weighty = [n for n in taking_part if known.rows[n].new]
        used = np.array(sorted(weighty, key=lambda n: (*cost[(c := known.rows[n].cell)], c)), int)
        if not used.size:
            return set()
        touching = (secrets @ known.matrix[used].T.tocsr()).tocsr()
        touching.sort_indices()
        first = {
            int(touching.indices[low]) if high > low else 0
            for low, high in pairwise(touching.indptr)
        }
        return {known.rows[used[n]].cell for n in first}

    def _known(self, found: Mapping[Key, str]) -> _Known:
        rows = list(rows_of(self.cube, self.past, found))
        matrix = zeros_and_ones([row.atoms for row in rows], len(self.cube.atom_counts))
        return _Known(rows, matrix)

    def _new(self, broken: np.ndarray) -> np.ndarray:
        lost = getattr(self, "lost", np.empty(0, int))
        return np.setdiff1d(broken, lost) if lost.size else broken

    def _broken(self, known: _Known) -> np.ndarray:
        """Places of the secrets that follow."""
        if not known.rows or not self.sizes.size:
            return np.empty(0, int)
        group_of, group_sizes = _groups(known.matrix)
        rows, secrets = (
            _merged(m, group_of, len(group_sizes)) for m in (known.matrix, self.secrets)
        )
        whole = (secrets @ group_sizes) == self.sizes  # no part of a group, and all of it known
        open_ = _peeled(rows)
        left = secrets @ open_.astype(float)
        broken, doubtful = whole & (left == 0), np.flatnonzero(whole & (left > 0))
        if doubtful.size and self.exact:
            keep = np.flatnonzero(open_)
            there = rows[:, keep].tocsr()
            there = there[np.flatnonzero(np.diff(there.indptr))]
            some = secrets[doubtful][:, keep].tocsr()
            broken[doubtful[Rows.scaled(there).spanned_of(some)]] = True
        found: np.ndarray = np.flatnonzero(broken)
        return found


@dataclass(frozen=True)
class _Known:
    rows: list[Row]
    matrix: csr_array


def rows_of(cube: Cube, past: Past, found: Mapping[Key, str]) -> Iterator[Row]:
    """The publications of every cell, each less the one before."""
    for cell, atoms in cube.atoms.items():
        dates = list(past.get(cell, ()))
        if cell not in found and (not dates or dates[-1] < cube.now):
            dates.append(cube.now)
        if not dates:
            continue
        if dates == [cube.now] and len(cube.grown[cell]) == 1:
            yield Row(cell, atoms, True)
            continue
        steps: dict[int, list[int]] = defaultdict(list)
        for atom in atoms:
            steps[bisect_left(dates, cube.date_of(atom))].append(atom)
        for place, date in enumerate(dates):
            if steps[place]:
                fresh = date == cube.now and cell not in found
                yield Row(cell, tuple(steps[place]), fresh)


def small_sets(cube: Cube, minimum: int) -> Iterator[Atoms]:
    """Every cell as of a date, and what joined it between two, of fewer than ``minimum``."""
    for cell, grown in cube.grown.items():
        if len(grown) == 1:
            if cube.counts[cell] < minimum:
                yield cube.atoms[cell]
            continue
        dates = sorted(grown)
        for first in range(len(dates)):
            together = 0
            for last in range(first, len(dates)):
                together += grown[dates[last]]
                if together >= minimum:
                    break
                low, high = dates[first], dates[last]
                yield tuple(a for a in cube.atoms[cell] if low <= cube.date_of(a) <= high)


def _groups(known: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """The group of each atom, and how many atoms each group has; 0 for atoms in no row.

    A group is told by the sum of a random number for each row its atoms stand in.
    """
    luck = np.random.default_rng(2016).integers(1, 2**62, known.shape[0], dtype=np.int64)
    marks = np.zeros(known.shape[1], dtype=np.int64)
    np.add.at(marks, known.indices, np.repeat(luck, np.diff(known.indptr)))
    names, group_of = np.unique(marks, return_inverse=True)
    sizes = np.bincount(group_of, minlength=len(names)).astype(float)
    sizes[names == 0] = 0
    return group_of, sizes


def _merged(matrix: csr_array, group_of: np.ndarray, width: int) -> csr_array:
    """The same rows over groups of columns, each a one."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    pairs = np.unique(rows * width + group_of[matrix.indices])
    starts = np.searchsorted(pairs // width, np.arange(matrix.shape[0] + 1))
    return csr_array((np.ones(len(pairs)), pairs % width, starts), shape=(matrix.shape[0], width))


def _peeled(rows: csr_array) -> np.ndarray:
    """Which unknowns are left when those that stand alone in a sum are taken out, again and again.

    An unknown that stands in no sum is left, too.
    """
    left = np.ones(rows.shape[1], dtype=bool)
    place = np.arange(rows.shape[1], dtype=float)
    while True:
        alone = (rows @ left.astype(float)) == 1
        told = (rows[np.flatnonzero(alone)] @ (left * place)).astype(int)
        if not told.size:
            return left
        left[told] = False
