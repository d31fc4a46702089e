"""Charts drawn straight on the canvas: the dimension rows, the radar, the ladder of levels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from reports.model import Dimension
from reports.pdf import marks
from reports.pdf.prose import Prose, line
from reports.pdf.styles import BAR_EDGE, HAIR, INK, MUTED, NAVY, PAPER, PLUM, RULE, WHITE, Style
from reports.pdf.tables import PAD_Y, Drawing

TICKS = (0, 25, 50, 75, 100)
SIDE = 8.0  # points between the cell's edge and 0 or 100
TINY = Style(6.8, 9, colour=MUTED)


def _place(x: float, width: float, percent: Decimal | float) -> float:
    clamped = min(max(float(percent), 0.0), 100.0)
    return x + SIDE + (width - 2 * SIDE) * clamped / 100


def axis(height: float = 12.0) -> Drawing:
    """The scale 0–100 above the rows."""

    def draw(canvas: Canvas, x: float, y: float, width: float, full: float) -> None:
        for tick in TICKS:
            line(canvas, _place(x, width, tick), y + PAD_Y + 2, str(tick), TINY, "center")

    return Drawing(draw, height)


def profile_row(row: Dimension, leading: float, unknown: str) -> Drawing:
    """One dimension: bar of the quartiles, median, target and own dot on one scale."""

    def draw(canvas: Canvas, x: float, y: float, width: float, full: float) -> None:
        middle = y + full - PAD_Y - leading / 2
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        for tick in TICKS:
            at = _place(x, width, tick)
            canvas.line(at, y, at, y + full)
        if row.cohort:
            left, right = _place(x, width, row.cohort.q1), _place(x, width, row.cohort.q3)
            marks.quartiles(canvas, left, right, middle)
            marks.median(canvas, _place(x, width, row.cohort.median), middle)
        if row.target is not None:
            marks.target(canvas, _place(x, width, row.target), middle)
        if row.percent is not None:
            marks.own(canvas, _place(x, width, row.percent), middle)
        elif not row.cohort:
            line(canvas, _place(x, width, 0) + 3, middle - 2.6, unknown, TINY)

    return Drawing(draw, max(leading, 13.0))


class Legend(Flowable):
    """The signs of a chart with their meaning, in one or more lines above it."""

    def __init__(self, items: Sequence[tuple[str, str]], style: Style, language: str) -> None:
        super().__init__()
        self.items, self.style, self.language = list(items), style, language

    def getSpaceAfter(self) -> float:
        return 4.0

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.placed, x, y = [], 0.0, 0.0
        for sign, label in self.items:
            prose = Prose(label, self.style, self.language, max_lines=1)
            prose.wrap(aw - 24, 0)
            width = 24 + prose.lines[0].width + 16
            if x and x + width - 16 > aw:
                x, y = 0.0, y + self.style.leading + 2
            self.placed.append((x, y, sign, prose))
            x += width
        self.height = y + self.style.leading + 2
        return aw, self.height

    def draw(self) -> None:
        for x, down, sign, prose in self.placed:
            top = self.height - down
            draw_sign(self.canv, sign, x + 9, top - self.style.leading / 2)
            prose.draw_at(self.canv, x + 24, top)


def draw_sign(canvas: Canvas, sign: str, x: float, y: float) -> None:
    if sign == "own":
        marks.own(canvas, x, y)
    elif sign == "quartiles":
        marks.quartiles(canvas, x - 9, x + 9, y)
    elif sign == "median":
        marks.median(canvas, x, y)
    elif sign == "target":
        marks.target(canvas, x, y, 12)
    else:
        dash, colour, mark = RADAR_SIGNS[sign]
        _stroke(canvas, dash, colour)
        canvas.line(x - 9, y, x + 9, y)
        canvas.setDash()
        mark(canvas, x, y)


RADAR_SIGNS = {
    "own-line": ((), NAVY, lambda canvas, x, y: marks.own(canvas, x, y, 2.9)),
    "median-line": ((4, 2.5), INK, marks.square),
    "target-line": ((1, 2), PLUM, marks.triangle),
}


def _stroke(canvas: Canvas, dash: tuple, colour) -> None:
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(1.6 if not dash else 1.0)
    canvas.setDash(*([list(dash)] if dash else []))


class Radar(Flowable):
    """The dimensions around a circle, in the questionnaire's order, on one scale 0–100.

    An unknown value interrupts the line: it is never drawn as 0.
    """

    def __init__(
        self,
        rows: Sequence[Dimension],
        titles: Sequence[str],
        labels: Style,
        language: str,
        radius: float = 92.0,
    ) -> None:
        super().__init__()
        self.rows, self.language = list(rows), language
        self.radius, self.style = radius, labels
        self.titles = titles

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.width = aw
        self.height = 2 * self.radius + 2 * self.style.leading * 2 + 10
        return aw, self.height

    def _point(self, index: int, percent: Decimal | float) -> tuple[float, float]:
        angle = math.pi / 2 - 2 * math.pi * index / len(self.rows)
        reach = self.radius * min(max(float(percent), 0.0), 100.0) / 100
        return (
            self.width / 2 + reach * math.cos(angle),
            self.height / 2 + reach * math.sin(angle),
        )

    def draw(self) -> None:
        outlines: list[tuple[str, list[Decimal | None]]] = [
            ("target-line", [row.target for row in self.rows]),
            ("median-line", [row.cohort.median if row.cohort else None for row in self.rows]),
            ("own-line", [row.percent for row in self.rows]),
        ]
        self._web()
        for sign, values in outlines:
            self._outline(sign, values)
        self._scale()
        for sign, values in outlines:
            self._marks(sign, values)
        for index in range(len(self.rows)):
            self._label(index)

    def _web(self) -> None:
        count = range(len(self.rows))
        for ring in TICKS[:0:-1]:
            points = [self._point(index, ring) for index in count]
            edge = BAR_EDGE if ring == 100 else RULE
            marks.polygon(self.canv, points, edge, WHITE if ring < 100 else PAPER, 0.5)
        self.canv.setStrokeColor(RULE)
        for index in count:
            self.canv.line(*self._point(index, 0), *self._point(index, 100))

    def _scale(self) -> None:
        """The rings' values on small plates, so that no outline runs through them."""
        for ring in TICKS[1:]:
            x, y = self._point(0, ring)
            self.canv.setFillColor(PAPER if ring == 100 else WHITE)
            self.canv.rect(x - 16, y - 9.5, 12, 8, stroke=0, fill=1)
            line(self.canv, x - 5, y - 8, str(ring), TINY, "right")

    def _outline(self, sign: str, values: list[Decimal | None]) -> None:
        dash, colour, _mark = RADAR_SIGNS[sign]
        _stroke(self.canv, dash, colour)
        turned = [*values[1:], values[0]]
        for index, (value, following) in enumerate(zip(values, turned, strict=True)):
            if value is not None and following is not None:
                ends = self._point(index, value), self._point((index + 1) % len(values), following)
                self.canv.line(*ends[0], *ends[1])
        self.canv.setDash()

    def _marks(self, sign: str, values: list[Decimal | None]) -> None:
        for index, value in enumerate(values):
            if value is not None:
                RADAR_SIGNS[sign][2](self.canv, *self._point(index, value))

    def _label(self, index: int) -> None:
        x, y = self._point(index, 100)
        side = x - self.width / 2
        align = "center" if abs(side) < 8 else "left" if side > 0 else "right"
        room = min(150.0, self.width / 2 - abs(side) - 10) if align != "center" else 220.0
        prose = Prose(self.titles[index], self.style.but(align=align), self.language, max_lines=2)
        prose.wrap(room, 0)
        left = {"center": x - room / 2, "left": x + 8, "right": x - room - 8}[align]
        upper = align == "center" and y > self.height / 2
        top = (
            y + prose.height + 5
            if upper
            else y - 5
            if align == "center"
            else (y + prose.height / 2)
        )
        prose.draw_at(self.canv, left, top)


class Ladder(Flowable):
    """The levels from left to right; the one reached is filled, named and marked."""

    def __init__(self, level: int, names: Sequence[str], style: Style, language: str) -> None:
        super().__init__()
        self.level, self.names, self.style, self.language = level, names, style, language

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.width = aw
        self.step = (aw - 4.0 * (len(self.names) - 1)) / len(self.names)
        self.texts = []
        for rank, name in enumerate(self.names, 1):
            now = rank == self.level
            style = self.style.but(
                bold=now, align="center", justify=False, colour=WHITE if now else INK
            )
            prose = Prose(name, style, self.language, max_lines=2)
            prose.wrap(self.step - 12, 0)
            self.texts.append(prose)
        self.height = max(prose.height for prose in self.texts) + 10
        return aw, self.height

    def getSpaceAfter(self) -> float:
        return 8.0

    def draw(self) -> None:
        canvas = self.canv
        for rank, prose in enumerate(self.texts, 1):
            x = (rank - 1) * (self.step + 4)
            canvas.setStrokeColor(NAVY if rank <= self.level else BAR_EDGE)
            canvas.setLineWidth(0.8)
            canvas.setFillColor(
                NAVY if rank == self.level else HAIR if rank < self.level else WHITE
            )
            canvas.rect(x, 0, self.step, self.height, stroke=1, fill=1)
            prose.draw_at(canvas, x + 6, (self.height + prose.height) / 2)
