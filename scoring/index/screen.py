"""Step 2 of the handbook: units that have too little data to be scored.

COINr ``Screen``: a unit is left out when the share of indicators it has is below ``available``, or
when the share of its known values that are not zero is below ``nonzero``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Bools, Floats, divided


@dataclass(frozen=True)
class Screening:
    """All arrays (units,)."""

    kept: Bools
    available: Floats  # share of indicators that are known
    nonzero: Floats  # share of known values that are not zero; NaN for a unit without any
    low_data: Bools
    low_nonzero: Bools


def screen(
    values: Floats,
    available: float | None = None,
    nonzero: float | None = None,
    include: Bools | None = None,
    exclude: Bools | None = None,
) -> Screening:
    """Which units of (units, indicators) stay. A threshold of None does not screen.

    ``include`` and ``exclude`` (units,) overrule the thresholds; excluding comes last.
    """
    known = ~np.isnan(values)
    count = known.sum(axis=1).astype(np.float64)
    share = count / max(1, values.shape[1])
    filled = divided((known & (values != 0)).sum(axis=1).astype(np.float64), count)
    nothing = np.zeros(len(values), dtype=np.bool_)
    low_data = nothing if available is None else share < available
    low_nonzero = nothing if nonzero is None else filled < nonzero
    kept = ~(low_data | low_nonzero)
    if include is not None:
        kept = kept | include
    if exclude is not None:
        kept = kept & ~exclude
    return Screening(kept, share, filled, low_data, low_nonzero)
