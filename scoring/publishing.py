"""What the cells of a round say at its next publication, given what they said before. No database.

A publication never withdraws: a cell that must not be published anew goes on showing what it
showed. Which cells those are, and which say nothing at all, is worked out for every quantity by
itself on top of the round's own pattern (scoring/suppression.py). docs/statistics.md has the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scoring.coarse import coarsened
from scoring.columns import LEVELS, Column, Scored, name_of
from scoring.cube import Cube, Key, Ways, build, cells_of
from scoring.numbers import distribution, summarise_columns
from scoring.patterns import Patterns, too_close
from scoring.shown import EVERYBODY, Shown, Tables, past_of
from scoring.suppression import LARGE, hidden

TOTAL_GRID, GRID = 1001, 101  # different values up to which a distribution is kept exactly


def publish(
    known: Scored, ways: Ways, minimum: int, before: Tables, now: int
) -> tuple[dict[Key, Shown], Cube]:
    """Every cell's statistics at date ``now``, and the cube that decided them.

    ``known.dates`` says when each enterprise was first counted; ``now`` for the new ones.
    """
    cube = build(known.keys, ways, known.dates, now)
    rows = _rows_of(known.keys, ways)
    columns = [*known.columns, _levels_column(known)]
    matrix = np.column_stack([column.values for column in columns])
    base = hidden(cube, minimum, past=past_of(before, EVERYBODY))
    candidates = [key for key in cube.counts if key not in base]
    tight = too_close(known, columns, matrix, rows, candidates, before, minimum)
    if len(cube.atom_keys) > LARGE:  # one pattern for all quantities, at the price of a few cells
        tight = [frozenset().union(*tight)] * len(columns)
    patterns = Patterns(known, ways, minimum, before, now, base, cube)
    hides = [patterns.of(c, t) for c, t in zip(columns, tight, strict=True)]
    found: dict[Key, Shown] = {}
    for key in cube.counts:
        synthetic = int(known.synthetic[rows[key]].sum())
        shown = _carried(before.get(key), base.get(key, ""))
        if key not in base:
            marks = [pattern.get(key, "") for pattern in hides]
            shown = _described(
                columns, matrix[rows[key]], marks, before.get(key), cube, key, minimum
            )
        elif not shown.history:  # for the rank among several rounds, which shows no distribution
            shown.distributions = {"total": distribution(matrix[rows[key], 0], TOTAL_GRID)}
        shown.statistics |= {"minimum": minimum, "synthetic": synthetic}
        found[key] = shown
    return found, cube


def _levels_column(known: Scored) -> Column:
    """Levels as a column, so that who has none hides what it must."""
    values = [np.nan if level is None else float(level) for level in known.levels]
    return Column(LEVELS, LEVELS, np.array(values, dtype=float))


def _rows_of(keys: Sequence[Key], ways: Ways) -> dict[Key, np.ndarray]:
    rows: dict[Key, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        for cell in cells_of(key, ways):
            rows[cell].append(number)
    return {cell: np.array(numbers) for cell, numbers in rows.items()}


def _carried(before: Shown | None, why: str) -> Shown:
    """A cell that is not published now: what it showed, or why it shows nothing."""
    if before is None or not before.dates(EVERYBODY):
        return Shown({"withheld": why})
    kept = {**before.statistics, "waiting": True}
    return Shown(kept, dict(before.distributions), dict(before.history))


def _described(
    columns: list[Column],
    matrix: np.ndarray,
    marks: list[str],
    before: Shown | None,
    cube: Cube,
    key: Key,
    minimum: int,
) -> Shown:
    """A cell published now: the distribution of each column, or what it showed, or why not."""
    shown = Shown({"nodes": {}, "indicators": {}, "counted": cube.counts[key]})
    base = _with_date(before.dates(EVERYBODY) if before else [], cube, key)
    shown.history[EVERYBODY] = base
    for place, stats in enumerate(summarise_columns(matrix)):
        column = columns[place]
        name, past = name_of(column), before.dates(name_of(column)) if before else []
        if stats is None:
            continue
        if not marks[place]:
            dates = _with_date(past, cube, key)
            values = matrix[:, place]
            told = coarsened(stats, column, minimum)
            entry = _levels(values) if column.kind == LEVELS else told.as_json()
            grid = TOTAL_GRID if column.kind == "total" else GRID
            kept = distribution(values, grid)
        elif past and before and (old := _entry(before.statistics, column)) is not None:
            dates, entry, kept = past, old, before.distributions.get(name, [])
        else:
            dates, entry, kept = [], {"withheld": marks[place]}, []
        _put(shown.statistics, column, entry)
        if column.kind != LEVELS and kept:
            shown.distributions[name] = kept
        if dates != base:
            shown.history[name] = dates
    return shown


def _with_date(past: list[int], cube: Cube, key: Key) -> list[int]:
    """The dates of a cell with today's, if today's publication counts anybody new."""
    if past and cube.as_of(key, past[-1]) == cube.counts[key]:
        return past
    return [*past, cube.now]


def _levels(values: np.ndarray) -> dict[str, int]:
    ranks, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    return {str(int(rank)): int(n) for rank, n in zip(ranks, counts, strict=True)}


def _entry(statistics: Mapping[str, Any], column: Column) -> Any:
    if column.kind in ("total", LEVELS):
        return statistics.get(column.kind)
    return statistics.get(f"{column.kind}s", {}).get(column.code)


def _put(statistics: dict[str, Any], column: Column, entry: Any) -> None:
    if column.kind in ("total", LEVELS):
        statistics[column.kind] = entry
    else:
        statistics[f"{column.kind}s"][column.code] = entry
