"""Which cells of a round must not be published, so that no few firms' values can be worked out.

A cell is (region, industry, size), "" meaning all. It is *small* when fewer than ``minimum``
enterprises stand behind it. Means and counts of published cells can be added and subtracted, also
with those of earlier publications, so hiding small cells is not enough. Further cells are hidden
(*complementary*), or go on showing what they last showed (*waiting*), until

1. in every sum (a region and the regions below it, a section and its divisions, all sizes and each)
   what a published total counts and its parts do not show comes from at least two cells and
   ``minimum`` enterprises, and so does what joined it since its last publication;
2. nothing small — a cell as of any date, or what joined it between any two — follows from all that
   is and was published by any chain of additions and subtractions (scoring/audit.py).

The pattern is worked out once for the whole round, so every page, table and drill-down agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.audit import given_away
from scoring.cube import Cube, Key, Sum, build, cells_of

__all__ = ["COMPLEMENTARY", "SMALL", "WAITING", "Cube", "Key", "Sum", "build", "cells_of", "hidden"]

SMALL, COMPLEMENTARY, WAITING = "small", "complementary", "waiting"
EXACT = 1e-6  # sums of floats
LARGE = 1500  # atoms beyond which only what grows slowly with their number is worked out
Past = Mapping[Key, Sequence[int]]  # when each cell was published, ascending


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
    published before keeps showing that: ``waiting``. Each smaller minimum is met first, so that
    raising it only ever adds to what is hidden; not in large rounds, for the time it takes.
    """
    found = {**(start or {}), **dict.fromkeys(also, COMPLEMENTARY)}
    lowest = 2 if len(cube.atom_keys) <= LARGE else minimum
    for threshold in range(lowest, minimum + 1):
        _meet(_Tables(cube, threshold, past or {}, found, room), tuple(also))
    return found


@dataclass(frozen=True)
class Room:
    """How far a quantity's values stand off both ends of its scale, summed by cell and date.

    Where a remainder stands off by less than ``least``, its sum tells nearly every value in it.
    """

    sums: Mapping[Key, Mapping[int, tuple[float, float]]]
    least: float

    def of(self, cell: Key, after: int, until: int) -> tuple[float, float]:
        """Of the cell's enterprises of the dates after one and up to another."""
        some = [pair for date, pair in self.sums[cell].items() if after < date <= until]
        return sum(low for low, _ in some), sum(high for _, high in some)

    def is_enough(self, total: tuple[float, float], parts: Iterable[tuple[float, float]]) -> bool:
        """Whether what is left of a total without some parts stands off both ends."""
        below = list(parts)
        return all(
            total[end] - sum(part[end] for part in below) >= self.least - EXACT for end in (0, 1)
        )


@dataclass(frozen=True)
class _Tables:
    """What readers are shown while the pattern is worked out; ``found`` grows."""

    cube: Cube
    minimum: int
    past: Past
    found: dict[Key, str]
    room: Room | None = None

    def last(self, cell: Key) -> int:
        """When a reader last saw the cell; 0 = never."""
        if cell not in self.found:
            return self.cube.now
        return self.past[cell][-1] if self.past.get(cell) else 0

    def unseen(self, cell: Key) -> int:
        """Enterprises of the cell that nothing a reader saw of it counts."""
        if cell not in self.found:
            return 0
        before = self.past.get(cell)
        return self.cube.counts[cell] - (self.cube.as_of(cell, before[-1]) if before else 0)

    def joined(self, cell: Key) -> int:
        """Enterprises that the cell's publication now would add."""
        before = self.past.get(cell)
        return self.cube.counts[cell] - (self.cube.as_of(cell, before[-1]) if before else 0)

    def seen_at(self, cell: Key, date: int) -> bool:
        """Whether readers know the cell as it was at an earlier date."""
        earlier = [when for when in self.past.get(cell, ()) if when <= date]
        known = self.cube.as_of(cell, earlier[-1]) if earlier else 0
        return known == self.cube.as_of(cell, date)

    def hold(self, cell: Key) -> None:
        self.found[cell] = WAITING if self.past.get(cell) else COMPLEMENTARY


def _meet(tables: _Tables, also: Sequence[Key]) -> None:
    """Hide more until both rules hold."""
    for cell, n in tables.cube.counts.items():
        if n < tables.minimum:
            tables.found[cell] = SMALL
        elif 0 < tables.joined(cell) < tables.minimum:
            tables.found.setdefault(cell, WAITING)
    while True:
        _close_sums(tables)
        more = given_away(tables.cube, tables.minimum, tables.past, tables.found, also)
        for cell in more:
            tables.hold(cell)
        if not more:
            return


def _close_sums(tables: _Tables) -> None:
    """Apply rule 1 until it asks for nothing more."""
    changed = True
    while changed:
        changed = False
        for one in tables.cube.sums:
            more = _needed(tables, one) or _needed_since(tables, one)
            if more is not None:
                tables.hold(more)
                changed = True


def _needed(tables: _Tables, one: Sum) -> Key | None:
    """The cell that must be held back as well, or None when the sum is safe today."""
    below = [n for n in map(tables.unseen, one.parts) if n]
    members = len(below) + (one.rest > 0)
    if one.total in tables.found:
        enough = True
        safe = members > 0  # with every part published the total would follow from them
    else:
        enough = members == 0 or (
            sum(below) + one.rest >= tables.minimum and _has_room(tables, one, one.parts, 0)
        )
        safe = members == 0 or (enough and (members > 1 or not below))
    if safe:
        return None
    return _smallest(tables, one.parts) or (None if enough else _smallest(tables, [one.total]))


def _needed_since(tables: _Tables, one: Sum) -> Key | None:
    """The same for what joined the total since it was last published."""
    before = tables.past.get(one.total)
    if not before or one.total in tables.found:
        return None
    date, cube = before[-1], tables.cube
    shown = [p for p in one.parts if p not in tables.found and tables.seen_at(p, date)]
    told = sum(cube.counts[part] - cube.as_of(part, date) for part in shown)
    left = tables.joined(one.total) - told
    enough = left >= tables.minimum and _has_room(tables, one, shown, date)
    if left == 0 or enough:
        return None
    return _smallest(tables, shown) or _smallest(tables, [one.total])


def _has_room(tables: _Tables, one: Sum, parts: Iterable[Key], after: int) -> bool:
    """Whether the values a total has beyond its parts, of dates after one, stay open."""
    room = tables.room
    if room is None:
        return True
    total = room.of(one.total, after, tables.cube.now)
    return room.is_enough(total, (room.of(part, after, tables.last(part)) for part in parts))


def _smallest(tables: _Tables, cells: Iterable[Key]) -> Key | None:
    """The smallest of the cells whose publication would tell anything new."""
    shown = [cell for cell in cells if cell not in tables.found and tables.joined(cell)]
    return min(shown, key=lambda cell: (tables.cube.counts[cell], cell), default=None)
