"""The tile grid of one column: 34 equal squares, shaded by quarter, each with its value."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.regional.provinces import NOT_COVERED, TILES, short_name
from questionnaires.regional.table import Cell, Table, Text
from questionnaires.texts import localized

QUARTERS = 4


@dataclass(frozen=True)
class Tile:
    """``shade``: 1 (lowest quarter of the values) to 4, 0 for a gap, −1 for not covered."""

    area: str
    name: str
    row: int
    column: int
    cell: Cell
    shade: int


def tiles(table: Table, place: int, names: dict[str, Text]) -> list[Tile]:
    """The grid of the column at ``place``, in the order of the codes."""
    cells = {row.area: row.cells[place] for row in table.rows}
    values = sorted(cell.value for cell in cells.values() if cell.value is not None)
    made = []
    for area, (row, column) in sorted(TILES.items()):
        cell = cells.get(area, Cell())
        if cell.value is not None:
            below = sum(value < cell.value for value in values)
            shade = 1 + below * QUARTERS // len(values)
        else:
            shade = -1 if area in NOT_COVERED else 0
        name = short_name(localized(names.get(area)) or area)
        made.append(Tile(area, name, row + 1, column + 1, cell, shade))
    return made
