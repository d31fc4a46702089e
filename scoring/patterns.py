"""What is held back of one quantity, on top of what the round holds back of everybody.

Fewer enterprises may have given it, and its values may lie so close to one end of their scale that
a sum tells nearly all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scoring.audit import rows_of, small_sets
from scoring.bounds import Ranges, Scale
from scoring.columns import LEVELS, Column, Scored, name_of
from scoring.cube import Cube, Key, Ways, build, cells_of
from scoring.shown import EVERYBODY, Tables, past_of
from scoring.suppression import COMPLEMENTARY, LARGE, WAITING, Room, hidden

ROOM = 0.1  # of the scale: see ``close_to_an_end``


@dataclass
class Patterns:
    """What is held back of each quantity; equal cases are worked out once."""

    known: Scored
    ways: Ways
    minimum: int
    before: Tables
    now: int
    base: Mapping[Key, str]
    cube: Cube
    cubes: dict[Any, Cube] = field(default_factory=dict)
    done: dict[Any, Mapping[Key, str]] = field(default_factory=dict)

    def of(self, column: Column, tight: frozenset[Key]) -> Mapping[Key, str]:
        given = np.flatnonzero(~np.isnan(column.values))
        own = _own_history(self.before, name_of(column))
        case = (given.tobytes(), own)
        if case not in self.cubes:
            whole = len(given) == len(self.known.keys)
            self.cubes[case] = self.cube if whole else self._cube_of(given)
        cube = self.cubes[case]
        if len(cube.atom_keys) <= LARGE:
            return self._exactly(column, given, cube, tight)
        if (case, tight) not in self.done:
            self.done[case, tight] = self._by_counts(column, cube, tight, own)
        return self.done[case, tight]

    def _cube_of(self, given: np.ndarray) -> Cube:
        keys = [self.known.keys[place] for place in given]
        return build(keys, self.ways, [self.known.dates[place] for place in given], self.now)

    def _by_counts(
        self, column: Column, cube: Cube, tight: frozenset[Key], own: object
    ) -> Mapping[Key, str]:
        """Without the values of what remains: a large round's rule."""
        if cube is self.cube and not tight and not own:
            return self.base
        found, past, more = self._start(column, cube, tight)
        return {**self.base, **hidden(cube, self.minimum, found, past, more)}

    def _exactly(
        self, column: Column, given: np.ndarray, cube: Cube, tight: frozenset[Key]
    ) -> Mapping[Key, str]:
        found, past, more = self._start(column, cube, tight)
        room = room_of(column, given, self.known, self.ways, self.minimum)
        ranges = ranges_of(column, given, self.known, cube, self.minimum)
        while True:
            found = hidden(cube, self.minimum, found, past, more, room)
            # What is held back already shows only what it did: it cannot be taken back again.
            held = narrowed(cube, ranges, past, found) - found.keys()
            if not held:
                return {**self.base, **found}
            found |= {key: WAITING if past.get(key) else COMPLEMENTARY for key in held}

    def _start(
        self, column: Column, cube: Cube, tight: frozenset[Key]
    ) -> tuple[dict[Key, str], dict[Key, list[int]], list[Key]]:
        found = {key: why for key, why in self.base.items() if key in cube.counts}
        past = past_of(self.before, name_of(column))
        past = {key: dates for key, dates in past.items() if key in cube.counts}
        return found, past, sorted(key for key in tight if key in cube.counts)


def _own_history(before: Tables, name: str) -> frozenset[tuple[Key, tuple[int, ...]]]:
    """Where a quantity was not published when its cell was."""
    return frozenset((k, tuple(s.history[name])) for k, s in before.items() if name in s.history)


def ranges_of(column: Column, given: np.ndarray, known: Scored, cube: Cube, minimum: int) -> Ranges:
    """What is to stay open of everything small. Exact, and so only up to ``LARGE`` atoms."""
    place = {atom: n for n, atom in enumerate(cube.atom_keys)}
    at = [place[known.keys[p], known.dates[p]] for p in given]
    scales = [
        Scale(np.bincount(at, values, len(cube.atom_counts)), low, high)
        for values, low, high in _scales(column, given)
    ]
    return Ranges(sorted(set(small_sets(cube, minimum))), np.array(cube.atom_counts), scales)


def narrowed(
    cube: Cube, ranges: Ranges, past: Mapping[Key, list[int]], found: Mapping[Key, str]
) -> set[Key]:
    """Cells to hold back because what is shown would bound something small too closely."""
    rows = list(rows_of(cube, past, found))
    new = np.array([row.new for row in rows], dtype=bool)
    if not new.any():
        return set()
    blamed = ranges.blamed([row.atoms for row in rows], new)
    return {_cheapest(cube, [rows[n].cell for n in some]) for some in blamed}


def _cheapest(cube: Cube, cells: list[Key]) -> Key:
    """The cell whose loss costs least: many dimensions named, few enterprises."""
    return min(cells, key=lambda cell: (cube.alls[cell], cube.counts[cell], cell))


def _scales(column: Column, given: np.ndarray) -> Iterable[tuple[np.ndarray, float, float]]:
    """The column itself; levels rank by rank, as who is at it and who is not."""
    values = column.values[given]
    if column.kind != LEVELS:
        return [(values, column.low, column.high)]
    return [((values == rank).astype(float), 0.0, 1.0) for rank in np.unique(values)]


def room_of(
    column: Column, given: np.ndarray, known: Scored, ways: Ways, minimum: int
) -> Room | None:
    """How far the column's values stand off its ends; None for levels, which have none."""
    if column.kind == LEVELS:
        return None
    sums: dict[Key, dict[int, tuple[float, float]]] = defaultdict(dict)
    for place in given:
        value, date = float(column.values[place]), known.dates[place]
        for cell in cells_of(known.keys[place], ways):
            low, high = sums[cell].get(date, (0.0, 0.0))
            sums[cell][date] = (low + value - column.low, high + column.high - value)
    return Room(sums, ROOM * (minimum - 1) * (column.high - column.low))


def too_close(
    known: Scored,
    columns: list[Column],
    matrix: np.ndarray,
    rows: Mapping[Key, np.ndarray],
    candidates: Iterable[Key],
    before: Tables,
    minimum: int,
) -> list[frozenset[Key]]:
    """For each column the cells whose sum, or what joined it, lies too close to an end."""
    low, high = (np.array([getattr(c, end) for c in columns]) for end in ("low", "high"))
    dates = np.array(known.dates)
    found: list[set[Key]] = [set() for _ in columns]
    for key in candidates:
        past = before[key].dates(EVERYBODY) if key in before else []
        parts = [rows[key]]
        if past:
            parts.append(rows[key][dates[rows[key]] > past[-1]])
        for part in parts:
            if not len(part):
                continue
            close = close_to_an_end(matrix[part], low, high, minimum)
            close[-1] = _nearly_one_level(matrix[part, -1])
            for place in np.flatnonzero(close):
                found[place].add(key)
    return [frozenset(cells) for cells in found]


def _nearly_one_level(levels: np.ndarray) -> bool:
    """Whether all, or all but one, reached the same level."""
    known = levels[~np.isnan(levels)]
    if not len(known):
        return False
    return bool(len(known) - np.unique(known, return_counts=True)[1].max() < 2)


def close_to_an_end(values: np.ndarray, low: np.ndarray, high: np.ndarray, minimum: int) -> Any:
    """Whether each column's sum tells nearly every value, because nearly all are at one end.

    With the largest contributor left out (who knows its own share), what the others stand off
    either end of the scale must leave ``minimum`` − 1 of them a tenth of the scale each.
    """
    with np.errstate(invalid="ignore"):
        above, below = values - low, high - values
        room = [
            np.nansum(part, axis=0) - np.max(np.nan_to_num(part), axis=0, initial=0.0)
            for part in (above, below)
        ]
    given = (~np.isnan(values)).any(axis=0)
    return given & (np.minimum(*room) < ROOM * (minimum - 1) * (high - low) - 1e-9)
