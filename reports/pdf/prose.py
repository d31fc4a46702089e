"""Text on the page: a flowable paragraph and a single line."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from reports.pdf.breaking import Breaker, Line
from reports.pdf.fonts import clean, faces
from reports.pdf.shaping import Run, Shaped, shape
from reports.pdf.styles import Style

# Half the height of the ideographic box above the baseline, in em: text stands centred in its line.
CENTRE = 0.38
NOTHING = Breaker(Shaped("", [], [], [], [], [], [], 1.0))  # before a text is measured


class Prose(Flowable):
    """A paragraph of one style; ``runs`` may switch to bold. ``max_lines`` cuts with ``…``."""

    def __init__(
        self,
        text: str | Sequence[Run],
        style: Style,
        language: str = "zh",
        max_lines: int = 0,
        indent: float = 0.0,
        bullet: str = "",
    ) -> None:
        super().__init__()
        runs = [(text, style.bold)] if isinstance(text, str) else list(text)
        self.runs = [(clean(part, language), bold) for part, bold in runs if part]
        self.style = style
        self.language = language
        self.max_lines = max_lines
        self.indent = indent
        self.bullet = bullet
        self.breaker = NOTHING
        self.broken = False
        self.lines: list[Line] = []
        self.room = 0.0

    def getSpaceBefore(self) -> float:
        return self.style.before

    def getSpaceAfter(self) -> float:
        return self.style.after

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        room = aw - self.indent
        if not self.broken or self.room != room:
            if not self.broken:
                self.breaker, self.broken = Breaker(shape(self.runs, self.style.size)), True
            self.room = room
            self.lines = self.breaker.lines(room)
            if self.max_lines and len(self.lines) > self.max_lines:
                self._cut(room)
        self.width, self.height = aw, len(self.lines) * self.style.leading
        return self.width, self.height

    def _cut(self, room: float) -> None:
        """Keep ``max_lines`` lines and end the last one with an ellipsis that fits."""
        dots = "..." if self.language == "en" else "……"
        last = self.lines[self.max_lines - 1]
        for stop in range(last.stop, last.start, -1):
            text = self.breaker.shaped.text[:stop].rstrip(" ，。、；：,.;:")
            shaped = shape([(text + dots, self.style.bold)], self.style.size)
            breaker = Breaker(shaped)
            lines = breaker.lines(room)
            if len(lines) <= self.max_lines:
                self.breaker, self.lines = breaker, lines
                return

    def split(self, aw: float, ah: float) -> list[Flowable]:
        """Two lines at least stay on either page."""
        self.wrap(aw, ah)
        fitting = int((ah + 0.01) / self.style.leading)
        if fitting >= len(self.lines):
            return [self]
        fitting = min(fitting, len(self.lines) - 2)
        return [] if fitting < 2 else [self.part(0, fitting), self.part(fitting, len(self.lines))]

    def part(self, first: int, last: int) -> Prose:
        """Some of the lines as a paragraph of their own, broken as they are now."""
        twin = Prose("", self.style, self.language, indent=self.indent)
        twin.bullet = self.bullet if first == 0 else ""
        twin.breaker, twin.broken = self.breaker, True
        twin.lines, twin.room = self.lines[first:last], self.room
        return twin

    def draw(self) -> None:
        top = self.height
        if self.bullet:
            line(self.canv, 0, top - _drop(self.style), self.bullet, self.style)
        self.draw_at(self.canv, self.indent, top)

    def draw_at(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw the wrapped lines with their first line's top at ``top``."""
        style, both = self.style, faces()
        ink = canvas.beginText()
        ink.setFillColor(style.colour)
        y, current, tracking = top - _drop(style), None, 0.0
        for row in self.lines:
            offset = x + _aligned(style.align, self.room, row.width)
            for piece in self.breaker.pieces(row, self.room, style.justify):
                ink.setTextOrigin(offset + piece.x, y)
                if piece.bold is not current:
                    ink.setFont(both[piece.bold].name, style.size)
                    current = piece.bold
                if piece.tracking != tracking:
                    ink.setCharSpace(piece.tracking)
                    tracking = piece.tracking
                ink.textOut(piece.text)
            y -= style.leading
        if tracking:
            ink.setCharSpace(0)
        canvas.drawText(ink)


def _drop(style: Style) -> float:
    return style.leading / 2 + CENTRE * style.size


def _aligned(align: str, room: float, width: float) -> float:
    if align == "right":
        return room - width
    return (room - width) / 2 if align == "center" else 0.0


def measure(text: str, style: Style, language: str = "zh") -> float:
    """Width of ``text`` on one line, in points."""
    shaped = shape([(clean(text, language), style.bold)], style.size)
    return Breaker(shaped).width(0, len(shaped.text))


def line(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    style: Style,
    align: str = "left",
    language: str = "zh",
    room: float | None = None,
) -> None:
    """One line with its baseline at ``y``; with ``room`` it is shortened to fit, with ``…``."""
    if style.align != "left" or style.justify:
        style = style.but(align="left", justify=False)
    prose = Prose(text, style, language, max_lines=1)
    prose.wrap(room if room is not None else 10_000, 0)
    if not prose.lines:
        return
    shift = {"left": 0.0, "right": 1.0, "center": 0.5}[align] * prose.lines[0].width
    prose.draw_at(canvas, x - shift, y + _drop(style))
