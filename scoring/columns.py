"""Scored enterprises as columns: where each belongs, when it was first counted, what it scored."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scoring.cube import Key

LEVELS = "levels"


@dataclass(frozen=True)
class Column:
    """One quantity of every scored enterprise; NaN is not known.

    ``low`` and ``high`` are the ends of its scale as everybody knows them.
    """

    code: str
    kind: str  # total, node, indicator, levels
    values: np.ndarray
    low: float = 0.0
    high: float = 100.0

    def of(self, rows: np.ndarray) -> Column:
        return replace(self, values=self.values[rows])


def name_of(column: Column) -> str:
    return column.code if column.kind in ("total", LEVELS) else f"{column.kind}:{column.code}"


def on_whole_scale(column: Column) -> Column:
    """The column on a scale that holds every value; an indicator's ends where its values do."""
    known = column.values[~np.isnan(column.values)]
    if not len(known):
        return column
    low, high = min(column.low, float(known.min())), max(column.high, float(known.max()))
    return replace(column, low=low, high=high)


@dataclass
class Scored:
    """Scored enterprises of a round, in one order.

    ``dates``: the number of the publication that first counted each; 0 = none yet.
    """

    keys: list[Key]
    levels: list[int | None]
    columns: list[Column]
    synthetic: np.ndarray
    dates: list[int]

    def only(self, rows: list[int]) -> Scored:
        """The enterprises at these places."""
        if len(rows) == len(self.keys):
            return self
        places = np.array(rows, dtype=int)
        return Scored(
            [self.keys[row] for row in rows],
            [self.levels[row] for row in rows],
            [column.of(places) for column in self.columns],
            self.synthetic[places],
            [self.dates[row] for row in rows],
        )
