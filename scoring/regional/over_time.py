"""How each region moved over the years; nothing is computed across a break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from scoring.index.build import Build
from scoring.index.panel import Series, breaks_of_nodes, growth, trend


def over_time(built: Build, breaks: Mapping[str, Iterable[int]]) -> list[dict[str, Any]]:
    """One entry a region: the series of its score, the change over it, and the trend.

    A break of one indicator is a break of the whole: how much of a change came from the new
    definition is not known.
    """
    root = built.recipe.tree.root
    years_broken = breaks_of_nodes(built.recipe.tree, breaks)[root]
    return [{"region": region, **_moved(series)} for region, series in _series(built, years_broken)]


def _series(built: Build, broken: frozenset[int]) -> list[tuple[str, Series]]:
    times = np.array([int(time) for time in built.table.times or ()])
    found = []
    for region in dict.fromkeys(built.table.units):
        rows = np.flatnonzero([unit == region for unit in built.table.units])
        rows = rows[np.argsort(times[rows])]
        values = tuple(float(built.scores[row, -1]) for row in rows)
        found.append((region, Series(tuple(int(times[row]) for row in rows), values, broken)))
    return found


def _moved(series: Series) -> dict[str, Any]:
    known = series.known()
    first, last = (known[0][0], known[-1][0]) if known else (0, 0)
    return {
        "years": list(series.years),
        "scores": [None if value != value else value for value in series.values],
        "breaks": sorted(year for year in series.breaks if first < year <= last),
        "growth": asdict(growth(series, first, last)),
        "trend": asdict(trend(series)),
    }
