"""A reader who keeps every public table and bounds what was withheld by linear programming.

The reader knows the rules, the scale of every quantity, how many enterprises of each kind took part
at each date and how many gave a value (participation is public), and every number shown at any
date. Unknown are the sums of the *atoms*: a finest cell's enterprises of one date. Each published
mean is an equation in them; each published quantile bounds how many values lie on either side.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from scoring.coarse import step
from scoring.columns import Column, Scored
from scoring.cube import cells_of
from scoring.publishing import publish

CITIES, DIVISIONS, SIZES = ("1", "2", "3", "4"), ("C1", "C2", "I1"), ("small", "large")
WAYS = (
    {city: (city, "P") for city in CITIES} | {"P": ("P",)},
    {d: (d, d[0], "") for d in DIVISIONS} | {s: (s, "") for s in "CI"} | {"": ("",)},
    {size: (size, "") for size in SIZES} | {"": ("",)},
)
MINIMUM = 5
ROUNDED = 1e-6  # what is published has six places
QUANTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75, "p90": 0.9, "p10": 0.1}


@dataclass(frozen=True)
class World:
    """A population, and all that was published of it, date by date."""

    known: Scored
    tables: list[dict]  # at each date: cell → Shown


def population(seed: int, most: int = 60, dates: int = 2) -> World:
    """A seeded population with uneven cells, joining over some dates, published at each."""
    luck = np.random.default_rng(seed)
    n = int(luck.integers(6, most))
    shares = [luck.dirichlet(np.full(len(v), 0.7)) for v in (CITIES, DIVISIONS, SIZES)]
    kinds = list(zip((CITIES, DIVISIONS, SIZES), shares, strict=True))
    keys = [tuple(str(luck.choice(v, p=share)) for v, share in kinds) for _ in range(n)]
    when = np.sort(luck.integers(1, dates + 1, n)).tolist()
    yes = (luck.random(n) < luck.uniform(0.1, 0.9)).astype(float)
    yes[luck.random(n) < 0.2] = np.nan
    columns = [
        Column("total", "total", luck.uniform(0, 50, n).round(1), 0.0, 50.0),
        Column("node", "node", luck.choice([0.0, 25, 50, 100], n, p=luck.dirichlet([1] * 4))),
        Column("yes", "indicator", yes, 0.0, 1.0),
    ]
    levels = [int(level) for level in luck.choice(4, n, p=luck.dirichlet([1] * 4))]
    return published(Scored(keys, levels, columns, np.zeros(n, dtype=bool), when))


def published(known: Scored, minimum: int = MINIMUM) -> World:
    """The tables of every date, each made with what was shown before it."""
    tables: list[dict] = []
    for date in sorted(set(known.dates)):
        there = known.only([place for place, when in enumerate(known.dates) if when <= date])
        tables.append(publish(there, WAYS, minimum, tables[-1] if tables else {}, date)[0])
    return World(known, tables)


def coarseness(n: int, share: float, column: Column) -> float:
    """What readers know of the rounding of quantiles."""
    return 0.0 if n * min(share, 1 - share) >= MINIMUM else step(column, 0.0)


@dataclass(frozen=True)
class Fact:
    """One published entry: the enterprises behind it (rows of the population), what it says."""

    rows: frozenset[int]
    entry: dict


class Reader:
    """All that is known of one column."""

    def __init__(self, world: World, column: Column, *, quantiles: bool = False) -> None:
        self.column = column
        given = np.flatnonzero(~np.isnan(column.values))
        self.cells: dict = defaultdict(set)
        self.atoms: dict = defaultdict(list)
        for row in given:
            key, date = world.known.keys[row], world.known.dates[row]
            self.atoms[key, date].append(int(row))
            for cell in cells_of(key, WAYS):
                self.cells[cell].add(int(row))
        self.dates = world.known.dates
        self.place = {row: n for n, rows in enumerate(self.atoms.values()) for row in rows}
        self.sizes = np.array([len(rows) for rows in self.atoms.values()])
        self.facts = list(self._facts(world))
        self._build(quantiles)

    def _facts(self, world: World):
        name = self.column.code if self.column.kind in ("total", "levels") else (
            f"{self.column.kind}:{self.column.code}"
        )  # fmt: skip
        for table in world.tables:
            for cell, shown in table.items():
                entry = self._entry(shown.statistics)
                if entry and "withheld" not in entry:
                    date = shown.dates(name)[-1]
                    rows = {row for row in self.cells[cell] if self.dates[row] <= date}
                    yield Fact(frozenset(rows), entry)

    def _entry(self, statistics: dict):
        if self.column.kind in ("total", "levels"):
            return statistics.get(self.column.kind)
        return statistics.get(f"{self.column.kind}s", {}).get(self.column.code)

    def sum_of(self, fact: Fact) -> float:
        if self.column.kind == "levels":
            return fact.entry.get(self.column.code, 0)
        assert fact.entry["n"] == len(fact.rows)
        return fact.entry["mean"] * fact.entry["n"]

    def around(self, fact: Fact, name: str) -> tuple[float, ...]:
        """Between which values a published quantile lies; nothing where it is not told."""
        value = fact.entry.get(name)
        if value is None:
            return ()
        step = coarseness(len(fact.rows), QUANTILES[name], self.column)
        return (value - step / 2, value + step / 2)

    def secrets(self) -> set[frozenset[int]]:
        """Cells of fewer than the minimum at any date, and what joined a cell between two."""
        found = set()
        for rows in self.cells.values():
            dates = sorted({self.dates[row] for row in rows})
            for low in dates:
                for high in dates:
                    some = frozenset(r for r in rows if low <= self.dates[r] <= high)
                    if 0 < len(some) < MINIMUM:
                        found.add(some)
        return found

    def _build(self, quantiles: bool) -> None:
        """Bins between the published quantiles: how many values of each atom lie there, and their
        sum. Without quantiles there is one bin, the whole scale."""
        low, high = self.column.low, self.column.high
        marks = sorted({mark for fact in self.facts for name in QUANTILES
                        for mark in self.around(fact, name)}) if quantiles else []  # fmt: skip
        points = [low, *marks, high]
        self.bins = [(points[0], points[1])]
        for before, after in pairwise(points[1:]):
            self.bins += [(before, before), (before, after)]
        self.width = len(self.bins)
        self.half = len(self.sizes) * self.width  # counts first, then sums
        self.equal, self.at_most = _Rows(2 * self.half), _Rows(2 * self.half)
        for atom, size in enumerate(self.sizes):
            counts = range(atom * self.width, (atom + 1) * self.width)
            self.equal.add(dict.fromkeys(counts, 1.0), size)
            for n, (bottom, top) in zip(counts, self.bins, strict=True):
                self.at_most.add({n: bottom - ROUNDED, self.half + n: -1.0}, 0)
                self.at_most.add({n: -top - ROUNDED, self.half + n: 1.0}, 0)
        for fact in set(self.facts_once()):
            self._tell(fact, quantiles)

    def facts_once(self):
        once = {}
        for fact in self.facts:
            once.setdefault(fact.rows, _Once(fact.rows, tuple(sorted(fact.entry.items()))))
        return once.values()

    def _tell(self, once: _Once, quantiles: bool) -> None:
        fact = Fact(once.rows, dict(once.entry))
        total, slack = self.sum_of(fact), ROUNDED * len(fact.rows)
        whole = self._of(fact.rows, range(self.width), self.half)
        self.at_most.add(whole, total + slack)
        self.at_most.add({n: -v for n, v in whole.items()}, slack - total)
        for name, share in QUANTILES.items() if quantiles else ():
            marks = self.around(fact, name)
            if not marks:
                continue
            under, over = (self.bins.index((mark, mark)) for mark in marks)
            n = len(fact.rows)
            place = (n - 1) * share
            lowest, highest = int(np.floor(place + 1e-9)), int(np.ceil(place - 1e-9))
            below = self._of(fact.rows, range(over + 1), 0)
            above = self._of(fact.rows, range(under, self.width), 0)
            self.at_most.add({k: -v for k, v in below.items()}, -(lowest + 1))
            self.at_most.add({k: -v for k, v in above.items()}, -(n - highest))

    def _of(self, rows, bins, start: int) -> dict[int, float]:
        """The variables of the atoms that some enterprises make up."""
        atoms = {self.place[row] for row in rows}
        assert sum(self.sizes[atom] for atom in atoms) == len(rows)
        return {start + atom * self.width + n: 1.0 for atom in atoms for n in bins}

    def bounds(self, rows: frozenset[int]) -> tuple[float, float]:
        """The lowest and highest mean of some enterprises that agree with all that was shown."""
        aim = np.zeros(2 * self.half)
        aim[list(self._of(rows, range(self.width), self.half))] = 1
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * aim, self.at_most.matrix(), self.at_most.right,
                self.equal.matrix(), self.equal.right,
                bounds=[(0, None)] * self.half + [(None, None)] * self.half,
            )  # fmt: skip
            assert found.status == 0, found.message
            ends.append(sign * found.fun / len(rows))
        return ends[0], ends[1]


@dataclass(frozen=True)
class _Once:
    rows: frozenset[int]
    entry: tuple


class _Rows:
    """Sparse rows of a linear programme."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.row, self.column, self.value, self.right = [], [], [], []

    def add(self, terms: dict[int, float], right: float) -> None:
        self.row += [len(self.right)] * len(terms)
        self.column += terms
        self.value += terms.values()
        self.right.append(right)

    def matrix(self):
        shape = (len(self.right), self.width)
        return coo_array((self.value, (self.row, self.column)), shape=shape).tocsr()
