"""What an index says about itself, as plain data: correlations, alpha, strengths, series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from scoring.index.analysis import (
    Standing,
    all_strengths_and_weaknesses,
    groups,
    links,
    reliabilities,
)
from scoring.index.build import Build
from scoring.index.panel import Series, breaks_of_nodes, growth, trend, trend_by_segment
from scoring.index_files.doings import row_of


def analysis(built: Build) -> dict[str, Any]:
    """Of the rows that were kept; correlations in a panel are of units in years."""
    tree = built.recipe.tree
    scores = np.hstack([built.stages["normalised"], built.scores])
    return {
        "groups": [
            {
                "node": group.node,
                "codes": list(group.codes),
                "correlation": group.correlation.tolist(),
                "flags": [
                    {"one": one, "other": other, "flag": flag, "r": r}
                    for one, other, flag, r in group.flags
                ],
            }
            for group in groups(tree, scores)
        ],
        "links": [asdict(link) for link in links(tree, scores)],
        "reliability": [asdict(one) for one in reliabilities(tree, scores)],
        "units": _units(built),
    }


def _units(built: Build) -> list[dict[str, Any]]:
    """Strengths and weaknesses of each row, among the rows of the same time."""
    count = len(built.table.units)
    times = np.array(built.table.times or [""] * count)
    found: list[dict[str, Any]] = [{}] * count
    for time in np.unique(times):
        rows = np.flatnonzero(times == time)
        scaled, raw = (built.stages[name][rows] for name in ("normalised", "denominated"))
        pairs = all_strengths_and_weaknesses(built.recipe.tree, scaled, raw)
        for row, (best, worst) in zip(rows.tolist(), pairs, strict=True):
            own = {"strengths": _plain(best), "weaknesses": _plain(worst)}
            found[row] = {**row_of(built, row), **own}
    return found


def _plain(standings: tuple[Standing, ...]) -> list[dict[str, Any]]:
    return [asdict(one) for one in standings]


def series(built: Build, breaks: Mapping[str, Iterable[int]]) -> list[dict[str, Any]] | None:
    """The root's scores of each unit over the years; None unless times are years.

    A break of an indicator is one of the root. Growth is from the first to the last known year.
    """
    times = built.table.times
    if times is None or not all(time.isascii() and time.isdigit() for time in times):
        return None
    tree = built.recipe.tree
    broken = breaks_of_nodes(tree, breaks)[tree.root]
    found: dict[str, dict[int, float]] = {}
    for unit, time, score in zip(built.table.units, times, built.scores[:, -1], strict=True):
        found.setdefault(unit, {})[int(time)] = float(score)
    return [
        {"unit": unit, **_over_time(Series(*_sorted(scores), broken))}
        for unit, scores in found.items()
    ]


def _sorted(scores: Mapping[int, float]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    years = tuple(sorted(scores))
    return years, tuple(scores[year] for year in years)


def _over_time(line: Series) -> dict[str, Any]:
    known = line.known()
    ends = (known[0][0], known[-1][0]) if known else (0, 0)
    return {
        "years": list(line.years),
        "scores": list(line.values),
        "breaks": sorted(line.breaks),
        "growth": asdict(growth(line, *ends)),
        "trend": asdict(trend(line)),
        "segments": [asdict(one) for one in trend_by_segment(line)],
    }
