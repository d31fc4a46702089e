"""Distributions: quartiles, means and standing. docs/statistics.md defines each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

Text = dict[str, str]
PLACES = 6
FOR_A_TENTH = 10  # values without which a decile would be one enterprise's own
TAILS = ("p10", "p90")


@dataclass(frozen=True)
class Stats:
    """The distribution of one quantity over the ``n`` enterprises that gave a value."""

    n: int
    mean: Decimal
    q1: Decimal
    median: Decimal
    q3: Decimal
    p90: Decimal | None  # None below ``FOR_A_TENTH`` values: there is no best tenth of nine
    share: Decimal = Decimal(0)  # percent of the n whose value is above 0
    p10: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """Numbers as JSON numbers, at most six places."""
        return {
            key: value if value is None or key == "n" else float(value)
            for key, value in vars(self).items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Stats:
        names = ("mean", "q1", "median", "q3", "share")
        numbers = {key: decimal(data[key]) for key in names}
        tails = [None if data.get(key) is None else decimal(data[key]) for key in TAILS]
        return cls(n=int(data["n"]), **numbers, p10=tails[0], p90=tails[1])

    def best(self, *, falling: bool = False) -> Decimal | None:
        """Where the best tenth begins: the last decile where less is better, else the first."""
        return self.p10 if falling else self.p90


def decimal(value: float | int | str | Decimal) -> Decimal:
    """A number as an exact decimal of at most six places, without trailing zeros."""
    number = Decimal(str(value)).quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral() else number


SHARES = {"q1": 0.25, "median": 0.5, "q3": 0.75, "p90": 0.9, "p10": 0.1}


def summarise(values: Sequence[float] | np.ndarray) -> Stats | None:
    """The distribution of the values that are known (NaN is not known); None without any."""
    return summarise_columns(np.asarray(values, dtype=float)[:, None])[0]


def summarise_columns(matrix: np.ndarray) -> list[Stats | None]:
    """``summarise`` of every column of a matrix (enterprises × quantities)."""
    ordered = np.sort(matrix, axis=0)  # NaN last
    n = (~np.isnan(matrix)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        mean = np.nansum(matrix, axis=0) / np.maximum(n, 1)
        share = 100 * (matrix > 0).sum(axis=0) / np.maximum(n, 1)
    rows = {"mean": mean, "share": share}
    rows |= {name: quantile(ordered, n, at) for name, at in SHARES.items()}
    return [_stats(int(count), rows, place) for place, count in enumerate(n)]


def _stats(n: int, rows: Mapping[str, np.ndarray], place: int) -> Stats | None:
    """The distribution of one column; deciles only where a whole enterprise stands beyond."""
    if not n:
        return None
    few = n < FOR_A_TENTH
    values = {
        name: None if few and name in TAILS else decimal(float(row[place]))
        for name, row in rows.items()
    }
    return Stats(n=n, **values)  # type: ignore[arg-type]


def quantile(ordered: np.ndarray, n: np.ndarray, share: float) -> np.ndarray:
    """Quantile of each sorted column's first ``n`` values, by linear interpolation.

    Between the order statistics around (n − 1)·share: Hyndman and Fan's type 7.
    """
    place = np.maximum(n - 1, 0) * share
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, np.maximum(n - 1, 0))
    columns = np.arange(ordered.shape[1])
    below, above = ordered[low, columns], ordered[high, columns]
    found: np.ndarray = below + (place - low) * (above - below)
    return found


def mid_rank(below: float, equal: float, n: float) -> Decimal | None:
    """Percent of ``n`` others that stand lower, ties counted half; None without others."""
    if n <= 0:
        return None
    share = 100 * (below + equal / 2) / n
    return decimal(round(min(max(share, 0.0), 100.0), PLACES))


def percentiles(groups: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Percent of the *others* in its group that each value is above, ties counted half.

    ``groups`` are whole numbers from 0; NaN values are nobody's and get NaN, and so does a value
    that is alone in its group. One sort, whatever the number of groups.
    """
    known = np.flatnonzero(~np.isnan(values))
    found = np.full(len(values), np.nan)
    if not len(known):
        return found
    group, value = groups[known], values[known]
    order = np.argsort(value)
    order = order[np.argsort(group[order], kind="stable")]
    group, value = group[order], value[order]
    place = np.arange(len(order))
    new_group = np.r_[True, group[1:] != group[:-1]]
    new_tie = new_group | np.r_[True, value[1:] != value[:-1]]
    start, size = _runs(new_group)
    tie, equal = _runs(new_tie)
    below = place[tie] - place[start]
    others = size - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        found[known[order]] = 100 * (below + (equal - 1) / 2) / np.where(others, others, np.nan)
    return found


def _runs(starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each place the first place of its run, and how long that run is."""
    first = np.flatnonzero(starts)
    lengths = np.diff(np.r_[first, len(starts)])
    return np.repeat(first, lengths), np.repeat(lengths, lengths)


def distribution(values: np.ndarray, grid: int) -> list[list[float]]:
    """Different values with how many have each; beyond ``grid`` values, as many quantiles.

    A quantile of the grid stands for its share of all, so a rank is off by half of 1/grid of the
    others, and by as much again for rounding: 0.1 % at 1,001.
    """
    values = np.sort(values[~np.isnan(values)])
    if not len(values):
        return []
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    different, counts = values[starts], np.diff(np.r_[starts, len(values)])
    if len(different) > grid:
        different = np.quantile(values, (np.arange(grid) + 0.5) / grid, method="linear")
        counts = np.full(grid, len(values) / grid)
    pairs: list[list[float]] = np.column_stack([different, counts]).round(PLACES).tolist()
    return pairs
