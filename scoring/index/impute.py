"""Step 3 of the handbook: values for what is missing, one indicator at a time.

A missing value is replaced by the mean or median of the known values of the same indicator, over
all units or over those of the same group (COINr ``i_mean``, ``i_median``, ``i_mean_grp``,
``i_median_grp``). What cannot be replaced stays missing: an indicator nobody has, a group without a
known value, a unit without a group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Bools, Floats, mean

METHODS = ("none", "mean", "median", "group_mean", "group_median")


@dataclass(frozen=True)
class Imputation:
    values: Floats  # (units, indicators)
    imputed: Bools  # where a value was put in
    missing: Bools  # where none could be


def impute(
    values: Floats, method: str = "none", groups: Sequence[str | None] | None = None
) -> Imputation:
    """Fill (units, indicators). ``groups`` (units,), None for a unit without a group."""
    gaps = np.isnan(values)
    result = values.copy()
    if method != "none":
        for members in _groups(len(values), method, groups):
            part = values[members]
            centre = median(part) if method.endswith("median") else mean(part)
            result[members] = np.where(np.isnan(part), centre, part)
    return Imputation(result, gaps & ~np.isnan(result), np.isnan(result))


def median(values: Floats) -> Floats:
    """Median of the known values a column; the mean of the two middle ones when n is even."""
    ordered = np.sort(values, axis=0)  # unknown last
    count = (~np.isnan(values)).sum(axis=0)
    pair = [
        np.take_along_axis(ordered, np.clip(place, 0, None)[None], axis=0)[0]
        for place in ((count - 1) // 2, count // 2)
    ]
    return np.where(count > 0, (pair[0] + pair[1]) / 2, np.nan) if len(values) else mean(values)


def _groups(count: int, method: str, groups: Sequence[str | None] | None) -> list[Bools]:
    if not method.startswith("group_"):
        return [np.ones(count, dtype=np.bool_)]
    given = groups or []
    names = dict.fromkeys(name for name in given if name is not None)
    return [np.array([other == name for other in given], dtype=np.bool_) for name in names]
