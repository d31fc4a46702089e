"""Results as CSV: full precision, nothing where nothing is known."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scoring.index.arrays import Floats
from scoring.index.build import Build
from scoring.index.uncertainty import Uncertainty
from scoring.index.uncertainty import columns as of_units
from scoring.index_files.specs import Columns


def scores_csv(built: Build, columns: Columns, found: Uncertainty | None = None) -> str:
    """Unit (and time), ``CODE`` of every node, ``CODE_rank`` of every node, ranges of the root."""
    tree = built.recipe.tree
    ranges = [] if found is None else list(_ranges(found).items())
    header = [*_first(built, columns), *tree.nodes, *(f"{node}_rank" for node in tree.nodes),
              *(f"{tree.root}_{name}" for name, _values in ranges)]  # fmt: skip
    rows = (
        [*start, *map(number, built.scores[row]), *map(rank, built.ranks[row]),
         *(number(values[row]) for _name, values in ranges)]
        for row, start in enumerate(_starts(built))
    )  # fmt: skip
    return _csv(header, rows)


def _ranges(found: Uncertainty) -> dict[str, Floats]:
    """Percentiles of the root's rank and score; its nominal rank has a column already."""
    return {name: values for name, values in of_units(found).items() if name != "nominal_rank"}


def stage_csv(built: Build, stage: str, columns: Columns) -> str:
    """Unit (and time) and every indicator, as the values were after that stage."""
    header = [*_first(built, columns), *built.recipe.tree.indicators]
    rows = (
        [*start, *map(number, values)]
        for start, values in zip(_starts(built), built.stages[stage], strict=True)
    )
    return _csv(header, rows)


def _first(built: Build, columns: Columns) -> list[str]:
    return [columns.unit, *([columns.time] if columns.time else [])]


def _starts(built: Build) -> Iterable[list[str]]:
    times = built.table.times
    for row, unit in enumerate(built.table.units):
        yield [unit] if times is None else [unit, times[row]]


def number(value: float) -> str:
    """The shortest digits that read back as the same number; empty for NaN."""
    return "" if math.isnan(value) else repr(float(value))


def rank(value: float) -> str:
    return "" if math.isnan(value) else str(int(value))


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def known(value: float) -> float | None:
    """For JSON."""
    return None if math.isnan(value) else float(value)


def by_code(codes: Sequence[str], values: Floats) -> dict[str, float | None]:
    return {code: known(value) for code, value in zip(codes, values, strict=True)}


def plain(content: Any) -> Any:
    """``content`` for JSON, which has no word for NaN: unknown numbers become null."""
    if isinstance(content, Mapping):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [plain(value) for value in content]
    if isinstance(content, float):
        return content if math.isfinite(content) else None
    return content
