"""Whether what a published total counts and its published parts do not is enough, now and since.

The first of the rules in scoring/suppression.py, sum by sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.cube import Cube, Key, Sum

EXACT = 1e-6  # sums of floats
Past = Mapping[Key, Sequence[int]]  # when each cell was published, ascending


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
class Tables:
    """What readers are shown while the pattern is worked out; ``found`` changes."""

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
        return self.joined(cell) if cell in self.found else 0

    def joined(self, cell: Key) -> int:
        """Enterprises that the cell's publication now would add."""
        before = self.past.get(cell)
        return self.cube.counts[cell] - (self.cube.as_of(cell, before[-1]) if before else 0)

    def seen_at(self, cell: Key, date: int) -> bool:
        """Whether readers know the cell as it was at an earlier date."""
        earlier = [when for when in self.past.get(cell, ()) if when <= date]
        known = self.cube.as_of(cell, earlier[-1]) if earlier else 0
        return known == self.cube.as_of(cell, date)

    def is_safe(self, one: Sum) -> bool:
        """Whether a sum's remainder, and what joined it, come from enough."""
        return one.total in self.found or (self._is_safe_now(one) and self._is_safe_since(one))

    def to_hold(self, one: Sum) -> tuple[Key, ...]:
        """Among which cells to hold one back, where a sum is not safe."""
        if not self._is_safe_now(one):
            shown = [part for part in one.parts if self._tells(part)]
            return tuple(shown) or (one.total,)
        before = self.past[one.total][-1]
        shown = [part for part in self._seen_parts(one, before) if self._tells(part)]
        return tuple(shown) or (one.total,)

    def _tells(self, cell: Key) -> bool:
        return cell not in self.found and self.joined(cell) > 0

    def _is_safe_now(self, one: Sum) -> bool:
        below = [n for n in map(self.unseen, one.parts) if n]
        members = len(below) + (one.rest > 0)
        if members == 0:
            return True
        enough = sum(below) + one.rest >= self.minimum and self._has_room(one, one.parts, 0)
        return enough and (members > 1 or not below)

    def _is_safe_since(self, one: Sum) -> bool:
        before = self.past.get(one.total)
        if not before:
            return True
        date, cube = before[-1], self.cube
        shown = self._seen_parts(one, date)
        told = sum(cube.counts[part] - cube.as_of(part, date) for part in shown)
        left = self.joined(one.total) - told
        return left == 0 or (left >= self.minimum and self._has_room(one, shown, date))

    def _seen_parts(self, one: Sum, date: int) -> list[Key]:
        return [p for p in one.parts if p not in self.found and self.seen_at(p, date)]

    def _has_room(self, one: Sum, parts: Iterable[Key], after: int) -> bool:
        """Whether the values a total has beyond its parts, of dates after one, stay open."""
        if self.room is None:
            return True
        total = self.room.of(one.total, after, self.cube.now)
        below = (self.room.of(part, after, self.last(part)) for part in parts)
        return self.room.is_enough(total, below)


def sums_of(cube: Cube) -> Mapping[Key, Sequence[Sum]]:
    """The sums each cell stands in, as total or part."""
    found: dict[Key, list[Sum]] = defaultdict(list)
    for one in cube.sums:
        for cell in (one.total, *one.parts):
            found[cell].append(one)
    return found
