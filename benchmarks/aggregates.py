"""A percentile table and a round's tables, beside plain numpy.

Run as ``python -m benchmarks.aggregates ROWS SEED``; prints one JSON object. The percentile table
ranks every row in its group, ties at mid-rank; plain numpy sorts and searches group by group. A
round's tables are all cells of region × industry × size of one publication, worked out in memory;
the baseline is one sort of the same columns.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

GROUPS = 400
CELL_ROWS = 3_000
PROVINCES, CITIES, DIVISIONS = 31, 11, 97


def by_numpy(groups: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The same percentiles written out: per group a sort and two searches."""
    found = np.empty(len(values))
    order = np.argsort(groups, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(groups))[:-1]):
        own = values[rows]
        ordered = np.sort(own)
        below = np.searchsorted(ordered, own, "left")
        upto = np.searchsorted(ordered, own, "right")
        found[rows] = 100 * (below + (upto - below - 1) / 2) / (len(rows) - 1)
    return found


def percentile_table(rows: int, seed: int) -> dict[str, Any]:
    from scoring.numbers import percentiles

    luck = np.random.default_rng(seed)
    groups = luck.integers(0, GROUPS, rows)
    values = luck.normal(50, 15, rows).round(1)
    plain, expected = timed(lambda: by_numpy(groups, values))
    ours, found = timed(lambda: percentiles(groups, values))
    assert np.allclose(found, expected)
    return {
        "rows": rows,
        "groups": GROUPS,
        "numpy_seconds": round(plain, 4),
        "seconds": round(ours, 4),
        "ratio_to_numpy": round(ours / plain, 2),
    }


def tables(rows: int, seed: int) -> dict[str, Any]:
    """All cells of ``rows`` enterprises with a total, ten nodes and levels."""
    from scoring.columns import Column, Scored
    from scoring.publishing import publish

    luck = np.random.default_rng(seed)
    ways = _ways()
    kinds = [[key for key, way in ways[axis].items() if len(way) == most]
             for axis, most in enumerate((3, 3, 2))]  # fmt: skip
    places = [luck.choice(len(k), rows, p=luck.dirichlet(np.full(len(k), 1.0))) for k in kinds]
    keys = [tuple(kinds[axis][n] for axis, n in enumerate(one))
            for one in zip(*(p.tolist() for p in places), strict=True)]  # fmt: skip
    columns = [Column("total", "total", luck.uniform(0, 100, rows).round(2))]
    columns += [Column(f"n{n}", "node", luck.uniform(0, 100, rows).round(1)) for n in range(10)]
    levels = luck.integers(0, 5, rows).tolist()
    known = Scored(keys, levels, columns, np.zeros(rows, dtype=bool), [1] * rows)
    plain, _ = timed(lambda: [np.sort(column.values) for column in columns], 1)
    ours, (cells, _) = timed(lambda: publish(known, ways, 5, {}, 1), 1)
    return {
        "enterprises": rows,
        "cells": len(cells),
        "shown": sum("counted" in shown.statistics for shown in cells.values()),
        "numpy_sort_seconds": round(plain, 4),
        "seconds": round(ours, 2),
    }


def _ways() -> tuple[dict[str, tuple[str, ...]], ...]:
    regions = {"CN": ("CN",)}
    for p in range(PROVINCES):
        regions[f"{p}"] = (f"{p}", "CN")
        regions |= {f"{p}.{c}": (f"{p}.{c}", f"{p}", "CN") for c in range(CITIES)}
    sections = {chr(65 + n): (chr(65 + n), "") for n in range(19)}
    industries = {"": ("",), **sections}
    industries |= {f"{chr(65 + d % 19)}{d}": (f"{chr(65 + d % 19)}{d}", chr(65 + d % 19), "")
                   for d in range(DIVISIONS)}  # fmt: skip
    sizes = {"": ("",)} | {s: (s, "") for s in ("large", "medium", "small", "micro")}
    return regions, industries, sizes


def timed(run: Callable[[], Any], repeats: int = 5) -> tuple[float, Any]:
    """The shortest of some runs, and what came out."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        found = run()
        times.append(time.perf_counter() - start)
    return min(times), found


if __name__ == "__main__":
    rows, seed = int(sys.argv[1]), int(sys.argv[2])
    cells = int(sys.argv[3]) if len(sys.argv) > 3 else CELL_ROWS
    print(json.dumps({"percentiles": percentile_table(rows, seed), "tables": tables(cells, seed)}))
