"""Types shared by all steps, and the few sums numpy has no quiet form of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]


def as_floats(values: Floats | Sequence[Sequence[float]] | Sequence[float]) -> Floats:
    return np.asarray(values, dtype=np.float64)


def low(values: Floats) -> Floats:
    """Smallest known value a column, (columns,); NaN when none is known."""
    known = ~np.isnan(values)
    smallest: Floats = np.min(np.where(known, values, np.inf), axis=0, initial=np.inf)
    return np.where(known.any(axis=0), smallest, np.nan)


def high(values: Floats) -> Floats:
    """Largest known value a column, (columns,); NaN when none is known."""
    return -low(-values)


def divided(above: Floats, below: Floats) -> Floats:
    """``above / below``; NaN, without a warning, where ``below`` is zero or unknown."""
    below = np.asarray(below, dtype=np.float64)
    safe = np.where(below == 0, np.nan, below)
    return np.asarray(above / safe, dtype=np.float64)


def mean(values: Floats) -> Floats:
    """Mean of the known values a column, (columns,)."""
    known = ~np.isnan(values)
    return divided(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64))
