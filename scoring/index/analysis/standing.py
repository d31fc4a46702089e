"""Strengths and weaknesses of a unit: the indicators in which it ranks best and worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Floats, Ints, high, low
from scoring.index.impute import median
from scoring.index.ranks import ranks
from scoring.index.tree import Tree


@dataclass(frozen=True)
class Standing:
    """One indicator of one unit beside the others. ``value`` and ``median`` are in its own unit."""

    indicator: str
    rank: int  # 1 is the best; ties share the better rank
    of: int  # units that have a value
    value: float
    median: float


Pair = tuple[tuple[Standing, ...], tuple[Standing, ...]]  # strengths, weaknesses


def strengths_and_weaknesses(
    tree: Tree, normalised: Floats, values: Floats, unit: int, n: int = 5
) -> Pair:
    """The best and the worst ``n`` indicators of the unit in row ``unit``.

    Ranked by ``normalised`` (units, indicators), where more is better; ``values`` of the same shape
    are shown. Ordered by (rank - 1) / (of - 1), since indicators are not known for equally many
    units; then by the order of the tree. An indicator the unit lacks, or only it has, or that is
    the same everywhere, is neither. None is both: with fewer than 2n, strengths are taken first.
    """
    return _Field(tree, normalised, values).pair(unit, n)


def all_strengths_and_weaknesses(
    tree: Tree, normalised: Floats, values: Floats, n: int = 5
) -> list[Pair]:
    """As ``strengths_and_weaknesses``, of every row."""
    field = _Field(tree, normalised, values)
    return [field.pair(row, n) for row in range(len(normalised))]


class _Field:
    """What is the same for all units: ranks, counts, medians."""

    def __init__(self, tree: Tree, normalised: Floats, values: Floats) -> None:
        self.codes, self.values = tree.indicators, values
        self.places = ranks(normalised)
        self.known: Ints = (~np.isnan(normalised)).sum(axis=0)
        self.differs = high(normalised) > low(normalised)
        self.medians = median(values)

    def pair(self, row: int, n: int) -> Pair:
        usable = np.flatnonzero(~np.isnan(self.places[row]) & self.differs)
        share = (self.places[row, usable] - 1) / (self.known[usable] - 1)
        found = [self._one(row, int(place)) for place in usable[np.argsort(share, kind="stable")]]
        return tuple(found[:n]), tuple(found[n:][::-1][:n])

    def _one(self, row: int, place: int) -> Standing:
        return Standing(
            self.codes[place],
            int(self.places[row, place]),
            int(self.known[place]),
            float(self.values[row, place]),
            float(self.medians[place]),
        )
