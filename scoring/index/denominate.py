"""Before step 5: sizes out of the indicators, so that a large unit is not good for being large."""

from __future__ import annotations

import numpy as np

from scoring.index.arrays import Floats
from scoring.index.faults import Impossible


def denominate(values: Floats, denominators: Floats, scales: Floats) -> Floats:
    """x / (denominator / scale), (units, indicators); COINr ``Denominate`` with ``ScaleFactor``.

    ``denominators`` (units, indicators) holds 1 where an indicator is not denominated, NaN where
    the denominator is not known: the result is not known either. ``scales`` (indicators,).
    Raises Impossible ("zero-denominator": row, column).
    """
    zeros = np.argwhere(denominators == 0)
    if zeros.size:
        row, column = (int(place) for place in zeros[0])
        raise Impossible("zero-denominator", row=row, column=column, count=len(zeros))
    return np.asarray(values / (denominators / scales))
