"""An uncertainty analysis as columns of a table and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

import numpy as np

from scoring.index.arrays import Floats
from scoring.index.uncertainty.factors import Factor
from scoring.index.uncertainty.running import Uncertainty
from scoring.index.uncertainty.sobol import Indices
from scoring.index.uncertainty.summary import not_told_apart

COLUMNS = (
    "nominal_rank", "rank_p5", "rank_median", "rank_p95", "score_p5", "score_median", "score_p95",
)  # fmt: skip


def columns(found: Uncertainty) -> dict[str, Floats]:
    """COLUMNS by name, (units,) each; NaN is unknown."""
    rank, score = found.rank, found.score
    parts = (found.nominal_rank, rank.p5, rank.median, rank.p95, score.p5, score.median, score.p95)
    return dict(zip(COLUMNS, parts, strict=True))


def plain(found: Uncertainty, units: Sequence[str]) -> dict[str, Any]:
    """Everything as dictionaries, lists, numbers and None; ``units`` name the rows."""
    return {
        "replications": found.replications,
        "seed": found.seed,
        "inputs": [_factor(factor, found) for factor in found.factors],
        "mean_rank_shift": _number(found.mean_shift),
        "score_replications": found.score_replications,
        "first": found.options.first,
        "units": _units(found, units),
        "not_told_apart": _pairs(found, units),
        "sobol": _sobol(found),
        "left_out": [
            {
                "code": one.code,
                "mean_rank_shift": _number(one.mean_shift),
                "largest_rank_shift": _number(one.largest_shift),
                "ranks": [_number(place) for place in one.ranks],
                "reason": one.reason,
            }
            for one in found.left_out
        ],
    }


def _factor(factor: Factor, found: Uncertainty) -> dict[str, Any]:
    if factor.level is not None:
        noise = found.options.noise
        return {"name": factor.name, "draw": noise.draw, "amount": noise.of(factor.level)}
    return {"name": factor.name, "alternatives": [_setting(one) for one in factor.alternatives]}


def _setting(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _setting(asdict(value))
    if isinstance(value, Mapping):
        return {name: _setting(one) for name, one in value.items()}
    return [_setting(one) for one in value] if isinstance(value, tuple | list) else value


def _units(found: Uncertainty, units: Sequence[str]) -> list[dict[str, Any]]:
    table = {**columns(found), "share_in_first": found.in_first}
    return [
        {"unit": unit, **{name: _number(column[row]) for name, column in table.items()}}
        for row, unit in enumerate(units)
    ]


def _pairs(found: Uncertainty, units: Sequence[str]) -> list[dict[str, Any]] | None:
    """Each pair once, the unit that is nominally better first; None for too many units."""
    if found.above is None:
        return None
    open_pairs = np.argwhere(np.triu(not_told_apart(found.above), 1))
    listed = []
    for one, other in open_pairs.tolist():
        if found.nominal_rank[other] < found.nominal_rank[one]:
            one, other = other, one
        share = float(found.above[one, other])
        listed.append({"above": units[one], "below": units[other], "share": share})
    return listed


def _sobol(found: Uncertainty) -> dict[str, Any] | None:
    if found.sobol is None:
        return None
    return {
        "base": found.sobol.base,
        "outputs": [
            {
                "output": output,
                "inputs": [
                    {
                        "name": factor.name,
                        "first": _index(found.sobol.first, row, column),
                        "total": _index(found.sobol.total, row, column),
                    }
                    for row, factor in enumerate(found.factors)
                ],
            }
            for column, output in enumerate(found.outputs)
        ],
    }


def _index(indices: Indices, row: int, column: int) -> dict[str, float | None]:
    parts = {"value": indices.value, "low": indices.low, "high": indices.high}
    return {name: _number(array[row, column]) for name, array in parts.items()}


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
