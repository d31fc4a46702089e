"""What is estimated of a column: its mean, the share with a value above 0, the total."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.estimates import poststratify
from scoring.estimates.columns import Column
from scoring.estimates.poststratify import Estimate, Group
from scoring.estimates.precision import MEAN, SHARE, TOTAL, Limits, too_wide
from scoring.numbers import PLACES

ROLL_UPS = {"mean_of_firms": MEAN, "share_of_firms": SHARE, "sum": TOTAL}


@dataclass(frozen=True)
class Measure:
    """``kind``: mean, share (in percent) or total; ``low`` and ``high`` bound single values."""

    name: str
    kind: str
    values: np.ndarray
    low: float = -math.inf
    high: float = math.inf


def measures_of(
    column: Column, roll_ups: Mapping[str, str], most: float, ranks: Sequence[int]
) -> list[Measure]:
    """The measures of a column; of levels, one for each rank: the share at or above it."""
    values = column.values
    if column.kind == "levels":
        return [Measure(f"level:{rank}", SHARE, _at_least(values, rank)) for rank in ranks if rank]
    if column.kind == "total":
        return [Measure(column.name, MEAN, values, 0, most)]
    if column.kind == "node":
        return [Measure(column.name, MEAN, values, 0, 100)]
    kind = ROLL_UPS.get(roll_ups.get(column.code, ""), MEAN)
    if kind == SHARE:
        return [Measure(column.name, SHARE, _above_zero(values))]
    lowest = 0.0 if np.all(np.isnan(values) | (values >= 0)) else -math.inf
    return [Measure(column.name, kind, values, lowest)]


def estimate(measure: Measure, strata: Sequence[tuple[int, np.ndarray]]) -> Estimate:
    """``strata``: enterprises and the places of the respondents of each."""
    groups = [Group(population, measure.values[places]) for population, places in strata]
    if measure.kind == SHARE:
        return poststratify.share(groups).times(100)
    found = poststratify.mean(groups, measure.low, measure.high)
    return found.times(found.population) if measure.kind == TOTAL else found


def entry(measure: Measure, found: Estimate, limits: Limits) -> dict[str, Any]:
    """What is kept: the estimate, or that it is too wide to mean anything."""
    if too_wide(measure.kind, found, limits):
        return withheld(measure.kind, found.n, "wide")
    return {
        "kind": measure.kind,
        "n": found.n,
        "value": round(found.value, PLACES),
        "low": round(found.low, PLACES),
        "high": round(found.high, PLACES),
        "error": round(found.standard_error, PLACES),
        "design_effect": round(found.design_effect, PLACES),
        "effective_n": round(found.effective_n, PLACES),
    }


def withheld(kind: str, n: int, why: str) -> dict[str, Any]:
    """``why``: small, wide, or strata (no stratum is usable)."""
    return {"kind": kind, "n": n, "withheld": why}


def _at_least(values: np.ndarray, rank: float) -> np.ndarray:
    return np.where(np.isnan(values), np.nan, (values >= rank).astype(float))


def _above_zero(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), np.nan, (values > 0).astype(float))
