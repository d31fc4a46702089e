"""What the steps did to units and indicators, as plain data for the record."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.index.arrays import Ints
from scoring.index.build import Build
from scoring.index.treat import Treatment
from scoring.index_files.results import known
from scoring.index_files.tables import Data

_NONE: Ints = np.empty(0, dtype=np.intp)


def row_of(built: Build, row: int) -> dict[str, Any]:
    table = built.table
    return {
        "unit": table.units[row],
        **({} if table.names is None else {"name": table.names[row]}),
        **({} if table.times is None else {"time": table.times[row]}),
    }


def screened(data: Data, built: Build) -> list[dict[str, Any]]:
    """Units left out, with the shares and the reason."""
    found, table = built.screening, data.table
    return [
        {"unit": table.units[row],
         **({} if table.times is None else {"time": table.times[row]}),
         "available": known(found.available[row]),
         "nonzero": known(found.nonzero[row]),
         "why": _why(bool(found.low_data[row]), bool(found.low_nonzero[row]))}
        for row in np.flatnonzero(~found.kept)
    ]  # fmt: skip


def _why(low_data: bool, low_nonzero: bool) -> list[str]:
    reasons = [*(["available"] * low_data), *(["nonzero"] * low_nonzero)]
    return reasons or ["excluded"]


def imputed(built: Build) -> list[dict[str, Any]]:
    codes = built.recipe.tree.indicators
    values = built.stages["imputed"]
    return [
        {**row_of(built, int(row)), "indicator": codes[column], "value": float(values[row, column])}
        for row, column in np.argwhere(built.imputation.imputed)
    ]


def treated(built: Build) -> list[dict[str, Any]]:
    """Indicators that failed the rule, what was done, and which points were moved."""
    found = built.treatment
    if found is None:
        return []
    return [_treated_one(built, found, int(column)) for column in np.flatnonzero(found.failed)]


def _treated_one(built: Build, found: Treatment, column: int) -> dict[str, Any]:
    before, after = built.stages["imputed"][:, column], built.stages["treated"][:, column]
    logged = bool(found.logged[column])
    moved = np.flatnonzero((before != after) & ~np.isnan(before)) if not logged else _NONE
    return {
        "indicator": built.recipe.tree.indicators[column],
        "skewness": [known(found.skewness_before[column]), known(found.skewness_after[column])],
        "kurtosis": [known(found.kurtosis_before[column]), known(found.kurtosis_after[column])],
        "winsorised_high": int(found.high_points[column]),
        "winsorised_low": int(found.low_points[column]),
        "logged": logged,
        "in_order_now": bool(found.mended[column]),
        "points": [
            {**row_of(built, int(row)), "from": float(before[row]), "to": float(after[row])}
            for row in moved
        ],
    }  # fmt: skip


def no_spread(built: Build) -> list[str]:
    """Indicators that got no score although values were known: all the same, or no target scale."""
    values, scores = built.stages["treated"], built.stages["normalised"]
    empty = np.isnan(scores).all(axis=0) & ~np.isnan(values).all(axis=0)
    return [built.recipe.tree.indicators[column] for column in np.flatnonzero(empty)]
