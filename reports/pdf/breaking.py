"""Breaking a shaped text into lines, and lines into pieces that can be drawn.

A mark that must not begin a line is never hung into the margin: a full-width mark is first
trimmed to its ink (half an em), and where that does not fit, the character before goes down
with it (推出).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from reports.pdf.shaping import BREAK, LATIN, NO_START, OPEN, SPACE, Shaped

SLACK = 0.01  # points; sums of floats are not exact
MOST_STRETCH = 0.22  # em between two characters of a justified line
GOOD_FORCED = frozenset("-/@_.,&=?")


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    stop: int
    width: float  # points of ink
    final: bool  # the last of its paragraph: never stretched


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters drawn in one go at ``x`` with ``tracking`` added after each."""

    x: float
    text: str
    bold: bool
    tracking: float


class Breaker:
    """Greedy line breaking of one text."""

    def __init__(self, shaped: Shaped) -> None:
        self.shaped = shaped
        self.sums = [0.0, *accumulate(shaped.advance)]

    def width(self, start: int, stop: int) -> float:
        """Ink of ``text[start:stop]`` set as a line of its own."""
        if stop <= start:
            return 0.0
        trimmed = self.shaped.size / 2 if self.shaped.kinds[start] == OPEN else 0.0
        return self.sums[stop - 1] - self.sums[start] + self.shaped.end[stop - 1] - trimmed

    def lines(self, room: float) -> list[Line]:
        kinds, total = self.shaped.kinds, len(self.shaped.text)
        if BREAK not in kinds and total and kinds[0] != SPACE != kinds[-1]:
            width = self.width(0, total)
            if width <= room + SLACK:  # most cells of a table
                return [Line(0, total, width, True)]
        found: list[Line] = []
        start = 0
        while start < total:
            while start < total and kinds[start] == SPACE:
                start += 1
            if start == total and found:
                break
            found.append(self._line(start, room))
            start = found[-1].stop
            if start < total and kinds[start] == BREAK:
                start += 1
        return found

    @cached_property
    def _stops(self) -> list[int]:
        """Where a line may end, in order; the text's end and every given line end included."""
        kinds = self.shaped.kinds
        allowed = enumerate(self.shaped.may_start)
        stops = [at for at, may in allowed if may or kinds[at] == BREAK]
        return [*stops, len(kinds)]

    def _line(self, start: int, room: float) -> Line:
        """The longest line from ``start`` that fits."""
        kinds, total = self.shaped.kinds, len(self.shaped.text)
        if start == total or kinds[start] == BREAK:
            return Line(start, start, 0.0, True)
        best = None
        for place in range(bisect_right(self._stops, start), len(self._stops)):
            at = self._stops[place]
            width = self.width(start, self._without_spaces(start, at))
            if width > room + SLACK:
                return best or self._forced(start, at, room)
            hard = at == total or kinds[at] == BREAK
            best = Line(start, at, width, hard)
            if hard:
                break
        return best or Line(start, total, 0.0, True)

    def _without_spaces(self, start: int, stop: int) -> int:
        while stop > start and self.shaped.kinds[stop - 1] == SPACE:
            stop -= 1
        return stop

    def _forced(self, start: int, stop: int, room: float) -> Line:
        """A word wider than the line is broken, after a hyphen or slash if it has one."""
        text, at = self.shaped.text, start + 1
        while at < stop and self.width(start, at + 1) <= room + SLACK:
            at += 1
        for better in range(at, start + (at - start) // 3, -1):
            if text[better - 1] in GOOD_FORCED and text[better : better + 1] not in NO_START:
                return Line(start, better, self.width(start, better), False)
        while at > start + 1 and text[at] in NO_START:
            at -= 1
        return Line(start, at, self.width(start, at), False)

    def pieces(self, line: Line, room: float, justify: bool) -> list[Piece]:
        """``line`` as drawable pieces from x = 0."""
        shaped = self.shaped
        stop = self._without_spaces(line.start, line.stop)
        if stop <= line.start:
            return []
        extra = self._extra(line, stop, room) if justify and not line.final else {}
        if not extra and shaped.advance is shaped.natural:
            flags = shaped.bold[line.start : stop]
            if all(flags) or not any(flags):
                return [Piece(0.0, shaped.text[line.start : stop], flags[0], 0.0)]
        x = -shaped.size / 2 if shaped.kinds[line.start] == OPEN else 0.0
        found, first, tracking, begin = [], line.start, 0.0, x
        for at in range(line.start, stop):
            added = round(shaped.advance[at] - shaped.natural[at] + extra.get(at, 0.0), 4)
            if at == first:
                tracking = added
            x += shaped.natural[at] + added
            ends = at + 1 == stop or added != tracking or shaped.bold[at + 1] != shaped.bold[at]
            if ends:
                text = shaped.text[first : at + 1]
                found.append(Piece(begin, text, shaped.bold[first], tracking))
                first, begin = at + 1, x
        return found

    def _extra(self, line: Line, stop: int, room: float) -> dict[int, float]:
        """Where a justified line is stretched: beside Chinese characters and at spaces."""
        kinds = self.shaped.kinds
        places = [
            at
            for at in range(line.start, stop - 1)
            if kinds[at] != LATIN or kinds[at + 1] not in (LATIN, SPACE)
        ]
        slack = room - line.width
        if not places or slack / len(places) > MOST_STRETCH * self.shaped.size:
            return {}
        return dict.fromkeys(places, slack / len(places))
