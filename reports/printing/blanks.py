"""What a printed form adds to text: blanks, a boxed note, and questions that stay in one piece."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from reports.pdf.prose import Prose, line, measure
from reports.pdf.styles import BAR_EDGE, HEIGHT, INK, Style

LONGEST_LABEL = 0.6  # share of the width; a longer label stands above its line


class Blank(Flowable):
    """A label, a line to write on, and the unit after it."""

    def __init__(self, label: str, unit: str, style: Style, language: str) -> None:
        super().__init__()
        self.label = Prose(label, style, language)
        self.unit, self.style, self.language = unit, style, language

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.width = aw
        self.label.wrap(aw * LONGEST_LABEL, 0)
        self.height = max(self.label.height, self.style.leading) + 9
        return aw, self.height

    def draw(self) -> None:
        self.label.draw_at(self.canv, 0, self.height - 7)
        taken = max((row.width for row in self.label.lines), default=0.0)
        right = self.width
        if self.unit:
            room = self.width * (1 - LONGEST_LABEL) / 2
            wide = min(measure(self.unit, self.style, self.language), room)
            line(self.canv, right - wide, 4, self.unit, self.style, "left", self.language, room)
            right -= wide + 6
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.5)
        self.canv.line(taken + (6 if taken else 0), 2, right, 2)


class Boxed(Flowable):
    """A text in a frame."""

    def __init__(self, text: Prose) -> None:
        super().__init__()
        self.text = text

    def getSpaceAfter(self) -> float:
        return 8.0

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.width = aw
        self.text.wrap(aw - 20, 0)
        self.height = self.text.height + 12
        return aw, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(BAR_EDGE)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        self.text.draw_at(self.canv, 10, self.height - 6)


class Together(Flowable):
    """One question: on one page where it fits on any, else its parts one after the other."""

    def __init__(self, parts: Sequence[Flowable]) -> None:
        super().__init__()
        self.parts = list(parts)

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.width = aw
        self.placed = [(part.getSpaceBefore(), part.wrap(aw, HEIGHT)[1]) for part in self.parts]
        after = sum(part.getSpaceAfter() for part in self.parts)
        self.height = sum(before + height for before, height in self.placed) + after
        return aw, self.height

    def split(self, aw: float, ah: float) -> list[Flowable]:
        self.wrap(aw, ah)
        return [] if self.height <= HEIGHT and ah < HEIGHT - 1 else self.parts

    def draw(self) -> None:
        y = self.height
        for part, (before, height) in zip(self.parts, self.placed, strict=True):
            y -= before + height
            part.drawOn(self.canv, 0, y)
            y -= part.getSpaceAfter()
