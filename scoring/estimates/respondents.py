"""The scored enterprises of a round as an estimate needs them, and what its tables show already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from assessment.models import Round
from scoring import cells, suppression
from scoring.cells import Chains
from scoring.estimates.columns import Column
from scoring.estimates.guard import Atoms
from scoring.models import RoundAggregate
from scoring.suppression import Key

LEVELS = "levels"  # the name of the level reached, beside "total" and codes
KINDS = {"node": "nodes", "indicator": "indicators"}


@dataclass(frozen=True)
class Respondents:
    """Enterprises inside the round's region: keys, the finest cell of each by number, columns."""

    keys: list[Key]
    atom: np.ndarray
    columns: list[Column]
    synthetic: np.ndarray

    def of_region(self, region: str, ways: Chains) -> np.ndarray:
        """Places of the enterprises of a region and of all below it."""
        inside = [region in ways[0][key[0]] for key in self.keys]
        return np.flatnonzero(np.array(inside, dtype=bool))


def read(round: Round, ways: Chains, until: datetime) -> Respondents:
    """Every result there was at ``until``; the levels reached come as one more column."""
    known = cells.scored(round, until)
    rows = [
        place
        for place, key in enumerate(known.keys)
        if all(value in way for value, way in zip(key, ways, strict=True))
    ]
    places = np.array(rows, dtype=int)
    keys = [known.keys[row] for row in rows]
    numbers: dict[Key, int] = {}
    atom = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=int)
    reached = [known.levels[row] for row in rows]
    levels = np.array([np.nan if one is None else one for one in reached], dtype=float)
    columns = [Column(c.code, c.kind, c.values[places]) for c in known.columns]
    columns.append(Column(LEVELS, LEVELS, levels))
    return Respondents(keys, atom, columns, known.synthetic[places])


class Published:
    """Which cells of a round's tables show which quantity, and of how many enterprises."""

    def __init__(self, round: Round, ways: Chains) -> None:
        self.ways = ways
        self.n: dict[str, dict[Key, int]] = defaultdict(dict)
        self._made: dict[bytes, tuple[dict[Key, int], dict[Key, Atoms]]] = {}
        rows = RoundAggregate.objects.filter(round=round)
        for cell in rows.only("region", "industry", "size", "statistics").iterator(500):
            for name, n in _shown(cell.statistics):
                self.n[name][cell.region, cell.industry, cell.size] = n

    def sides(
        self, name: str, found: Respondents, given: np.ndarray, minimum: int
    ) -> tuple[dict[Key, Atoms], list[Atoms]]:
        """The cells that show a quantity, and those that fewer than ``minimum`` gave, as atoms.

        A cell that shows what an earlier day counted is no help to a reader of today's sums.
        """
        key = found.atom[given].tobytes()  # most quantities are known of the same enterprises
        if key not in self._made:
            self._made[key] = self._cells(found, given)
        counts, atoms = self._made[key]
        stored = self.n[name]
        shown = {cell: atoms[cell] for cell, n in counts.items() if stored.get(cell) == n}
        return shown, [atoms[cell] for cell, n in counts.items() if n < minimum]

    def _cells(
        self, found: Respondents, given: np.ndarray
    ) -> tuple[dict[Key, int], dict[Key, Atoms]]:
        counts: dict[Key, int] = defaultdict(int)
        atoms: dict[Key, set[int]] = defaultdict(set)
        numbers, first, n = np.unique(found.atom[given], return_index=True, return_counts=True)
        places = np.flatnonzero(given)[first]
        for number, place, many in zip(numbers, places, n, strict=True):
            for cell in suppression.cells_of(found.keys[int(place)], self.ways):
                counts[cell] += int(many)
                atoms[cell].add(int(number))
        return counts, {cell: frozenset(members) for cell, members in atoms.items()}


def _shown(statistics: dict[str, Any]) -> list[tuple[str, int]]:
    """Names of the quantities a cell shows, and how many enterprises each is of."""
    if "withheld" in statistics:
        return []
    entries = {"total": statistics.get("total") or {}}
    for kind, group in KINDS.items():
        found = statistics.get(group, {})
        entries |= {f"{kind}:{code}": entry for code, entry in found.items()}
    names = [(name, int(entry["n"])) for name, entry in entries.items() if "n" in entry]
    levels = statistics.get(LEVELS)
    if isinstance(levels, dict) and levels and "withheld" not in levels:
        names.append((LEVELS, sum(levels.values())))
    return names
