"""From which level to which the same enterprises moved. Pure; small cells are withheld.

The table's cells are (region, level before, level after), "" meaning all, so that the pattern of
``scoring.suppression`` holds for all regions, row totals and column totals at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring import suppression

Move = tuple[str, str, str]  # region, level before, level after
Ways = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Table:
    """Counts of one region by (level before, level after); None is withheld, absent is 0."""

    counts: Mapping[tuple[str, str], int | None]

    def count(self, before: str, after: str) -> int | None:
        return self.counts.get((before, after), 0)

    def share(self, before: str, after: str) -> float | None:
        """Percent of the row; None where either count is withheld or nobody was there."""
        part, whole = self.count(before, after), self.count(before, "")
        return None if part is None or not whole else 100 * part / whole


def tables(moves: Iterable[Move], regions: Ways, minimum: int) -> dict[str, Table]:
    """The table of every region; ``regions`` gives each one's way up to the topmost.

    No count below ``minimum`` is shown, nor what would give one away by adding and subtracting
    rows, columns and regions. A cell that nobody is in shows 0.
    """
    moves = list(moves)
    levels = {level for _, before, after in moves for level in (before, after)}
    ways = {level: (level, "") for level in levels} | {"": ("",)}
    cube = suppression.build(moves, (regions, ways, ways))
    hidden = suppression.hidden(cube, minimum)
    found: dict[str, dict[tuple[str, str], int | None]] = {}
    for cell, n in cube.counts.items():
        region, before, after = cell
        found.setdefault(region, {})[before, after] = None if cell in hidden else n
    return {region: Table(counts) for region, counts in found.items()}
