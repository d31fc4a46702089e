"""Distributions: quartiles, means and standing. docs/statistics.md defines each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

Text = dict[str, str]
PLACES = 6


@dataclass(frozen=True)
class Stats:
    """The distribution of one quantity over the ``n`` enterprises that gave a value."""

    n: int
    mean: Decimal
    q1: Decimal
    median: Decimal
    q3: Decimal
    p90: Decimal
    share: Decimal = Decimal(0)  # percent of the n whose value is above 0

    def as_json(self) -> dict[str, Any]:
        """Numbers as JSON numbers, at most six places."""
        return {key: float(v) if key != "n" else v for key, v in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Stats:
        names = ("mean", "q1", "median", "q3", "p90", "share")
        numbers = {key: decimal(data[key]) for key in names}
        return cls(n=int(data["n"]), **numbers)


def decimal(value: float | int | str | Decimal) -> Decimal:
    """A number as an exact decimal of at most six places, without trailing zeros."""
    number = Decimal(str(value)).quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral() else number


SHARES = (0.25, 0.5, 0.75, 0.9)


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
    rows = [mean, *(quantile(ordered, n, share) for share in SHARES), share]
    return [
        Stats(int(count), *(decimal(float(row[place])) for row in rows)) if count else None
        for place, count in enumerate(n)
    ]


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
