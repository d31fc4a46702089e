"""Strengths and weaknesses of one unit: the indicators in which it ranks best and worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Floats, Ints, high, low
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


def strengths_and_weaknesses(
    tree: Tree, normalised: Floats, values: Floats, unit: int, n: int = 5
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """The best and the worst ``n`` indicators of the unit in row ``unit``.

    Ranked by ``normalised`` (units, indicators), where more is better; ``values`` of the same shape
    are shown. Ordered by (rank - 1) / (of - 1), since indicators are not known for equally many
    units; then by the order of the tree. An indicator the unit lacks, or only it has, or that is
    the same everywhere, is neither. None is both: with fewer than 2n, strengths are taken first.
    """
    places = ranks(normalised)[unit]
    known = (~np.isnan(normalised)).sum(axis=0)
    differ = high(normalised) > low(normalised)
    usable = np.flatnonzero(~np.isnan(places) & differ)
    share = (places[usable] - 1) / (known[usable] - 1)
    order = usable[np.argsort(share, kind="stable")]
    found = [_standing(tree, int(place), places, known, values, unit) for place in order]
    return tuple(found[:n]), tuple(found[n:][::-1][:n])


def _standing(
    tree: Tree, place: int, places: Floats, known: Ints, values: Floats, unit: int
) -> Standing:
    return Standing(
        tree.codes[place],
        int(places[place]),
        int(known[place]),
        float(values[unit, place]),
        float(np.nanmedian(values[:, place])),
    )
