"""A panel (units, years, columns) as one table (units × years, columns), and back.

Every step of the index that looks at a column (treat, normalise, weights from data) is run on the
stacked table. So the scale is one for all years: a score of 60 means the same in the first year
and in the last, and a unit that improves rises even when all others do too. Only ranks are taken
year by year.
"""

from __future__ import annotations

import numpy as np

from scoring.index.arrays import Floats
from scoring.index.ranks import ranks


def stack(panel: Floats) -> Floats:
    """(units, years, columns) → (units × years, columns), a unit's years one after another."""
    return panel.reshape(-1, panel.shape[2])


def unstack(table: Floats, units: int) -> Floats:
    """What ``stack`` did, undone; ``table`` may have other columns by now."""
    return table.reshape(units, -1, table.shape[1])


def ranks_by_year(panel: Floats) -> Floats:
    """Ranks (units, years, columns) among the units of the same year; 1 is the highest."""
    return np.swapaxes(ranks(np.swapaxes(panel, 0, 1)), 0, 1)
