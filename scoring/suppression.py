"""Which cells of a round must not be published, so that no few firms' values can be worked out.

A cell is (region, industry, size), "" meaning all. It is *small* when fewer than ``minimum``
enterprises stand behind it. Means and counts of published cells can be added and subtracted, also
with those of earlier publications, so hiding small cells is not enough. Further cells are hidden
(*complementary*), or go on showing what they last showed (*waiting*), so that

1. in every sum (a region and the regions below it, a section and its divisions, all sizes and each)
   what a published total counts and its parts do not show comes from at least two cells and
   ``minimum`` enterprises, and so does what joined it since its last publication;
2. nothing small — a cell as of any date, or what joined it between any two — follows from all that
   is and was published by any chain of additions and subtractions (scoring/audit.py).

Wider cells have the right of way: all enterprises, then one dimension named (a region, a section, a
size), then two, then three; among these the larger. The pattern is worked out once for the whole
round, so every page, table and drill-down agrees. Rounds of a nation leave out finer cells
from the start unless these are well above the minimum (``TIMES``): the rest is checked sooner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scoring.audit import Audit
from scoring.cube import Cube, Key, Sum, build, cells_of
from scoring.sums import Past, Room, Tables, sums_of

__all__ = ["COMPLEMENTARY", "SMALL", "WAITING", "Cube", "Key", "Room", "Sum", "build", "cells_of",
           "hidden"]  # fmt: skip

SMALL, COMPLEMENTARY, WAITING = "small", "complementary", "waiting"
LARGE = 1500  # atoms beyond which only what grows slowly with their number is worked out
FEW = 400  # cells up to which each is tried by itself
HUGE = 10_000  # atoms beyond which finer cells are left out from the start unless they have …
TIMES = {0: 4, 1: 2}  # … so many times the minimum, by how many of their dimensions are of all


def hidden(
    cube: Cube,
    minimum: int,
    start: Mapping[Key, str] | None = None,
    past: Past | None = None,
    also: Iterable[Key] = (),
    room: Room | None = None,
) -> dict[Key, str]:
    """Every cell that must not be published now, and why.

    ``start`` holds cells that are hidden anyway, ``also`` cells that must not be worked out though
    they are not small, ``room`` the values where their sums could tell too much. A cell that was
    published before keeps showing that: ``waiting``.
    """
    more = tuple(also)
    found = {**(start or {}), **dict.fromkeys(more, COMPLEMENTARY)}
    tables = Tables(cube, minimum, past or {}, found, room)
    for cell, n in cube.counts.items():
        if n < minimum:
            found[cell] = SMALL
        elif 0 < tables.joined(cell) < minimum:
            found.setdefault(cell, WAITING)
        elif len(cube.atom_keys) > HUGE and n < minimum * TIMES.get(cube.alls[cell], 1):
            found.setdefault(cell, WAITING if tables.past.get(cell) else COMPLEMENTARY)
    _Search(tables, Audit(cube, minimum, tables.past, more)).run()
    return found


class _Search:
    """Looks for what has to be held back beside the small cells."""

    def __init__(self, tables: Tables, audit: Audit) -> None:
        self.tables, self.audit, self.cube = tables, audit, tables.cube
        self.cost = {cell: (self.cube.alls[cell], n) for cell, n in self.cube.counts.items()}
        self.sums = sums_of(self.cube)
        self.free = self._by_cost(cell for cell in self.cube.counts if cell not in tables.found)
        self.may = frozenset(self.free)

    def run(self) -> None:
        """Hold back until all is safe; then show again what can be, the widest cells first."""
        if len(self.free) <= FEW:
            self._hold(self.free)
        else:
            self._narrow()
        again = [cell for cell in self.free if cell in self.tables.found]
        if len(self.free) > FEW:
            again = [cell for cell in again if self.cube.alls[cell] >= 2]
        if len(self.cube.atom_keys) <= HUGE:
            self._show(again)

    def _by_cost(self, cells: Iterable[Key]) -> list[Key]:
        """The most useful first."""
        return sorted(cells, key=lambda cell: (*(-part for part in self.cost[cell]), cell))

    def _hold(self, cells: Iterable[Key]) -> None:
        for cell in cells:
            self.tables.found[cell] = WAITING if self.tables.past.get(cell) else COMPLEMENTARY

    def _narrow(self) -> None:
        """Hold back the least useful cell that helps, wherever a rule asks for one."""
        pending = {id(one): one for one in self.cube.sums}
        while True:
            while pending:
                _, one = pending.popitem()
                if not self.tables.is_safe(one):
                    cell = min(self.tables.to_hold(one), key=lambda c: (*self.cost[c], c))
                    self._hold([cell])
                    pending |= {id(other): other for other in self.sums[cell]}
            more = self.audit.to_hold(self.tables.found, self.cost)
            if not more:
                return
            self._hold(more)
            pending = {id(one): one for cell in sorted(more) for one in self.sums[cell]}

    def _show(self, cells: Sequence[Key]) -> bool:
        """Show as many as is safe, the first first: all at once, or else by halves."""
        if not cells or self._shows(cells):
            return True
        if len(cells) > 1:
            middle = len(cells) // 2
            self._show(cells[:middle])
            self._show(cells[middle:])
        return False

    def _shows(self, cells: Iterable[Key]) -> bool:
        """Show all of the cells, and what follows from them by one sum, unless that is not safe."""
        found = self.tables.found
        were: dict[Key, str] = {}
        coming = [cell for cell in cells if cell in found]
        sums: dict[int, Sum] = {}
        while coming:
            were |= {cell: found.pop(cell) for cell in coming if cell in found}
            touched = {id(one): one for cell in coming for one in self.sums[cell]}
            sums |= touched
            alone = (self._only_hidden(one) for one in touched.values())
            coming = [cell for cell in alone if cell in self.may]
        safe = all(map(self.tables.is_safe, sums.values())) and self.audit.passes(found)
        if not safe:
            found.update(were)
        return safe

    def _only_hidden(self, one: Sum) -> Key | None:
        """The part that follows from a published total because all others are published."""
        if one.total in self.tables.found or one.rest:
            return None
        held = [part for part in one.parts if part in self.tables.found]
        return held[0] if len(held) == 1 else None
