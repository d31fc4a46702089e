"""Section headings: a sentence on the page, a short name in the outline and the contents."""

from __future__ import annotations

from reportlab.platypus import Flowable

from reports.pdf.prose import Prose, line
from reports.pdf.styles import NAVY, RULE, Style, Styles


class Heading(Prose):
    """Opens a section; notes its page for the contents."""

    def __init__(
        self, text: str, style: Style, language: str, key: str, short: str, most: int
    ) -> None:
        super().__init__(text, style, language, max_lines=most)
        self.key, self.short = key, short

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        width, height = super().wrap(aw, ah)
        self.height = height + 6
        return width, self.height

    def split(self, aw: float, ah: float) -> list[Flowable]:
        return []

    def draw(self) -> None:
        canvas = self.canv
        canvas.bookmarkHorizontal(self.key, 0, self.height + 10)
        canvas.addOutlineEntry(self.short, self.key, 0)
        canvas.pages_of[self.key] = canvas.getPageNumber()
        self.draw_at(canvas, 0, self.height)
        canvas.setFillColor(NAVY)
        canvas.rect(0, 1, 34, 2.2, stroke=0, fill=1)


class Contents(Flowable):
    """The sections with the pages they begin on, filled in when these are known."""

    def __init__(self, chapters: list[tuple[str, str]], styles: Styles, language: str) -> None:
        super().__init__()
        self.chapters, self.style, self.language = chapters, styles.small, language

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        self.width, self.step = aw, self.style.leading + 3.5
        self.height = len(self.chapters) * self.step
        return aw, self.height

    def draw(self) -> None:
        canvas, y = self.canv, self.height
        for number, (key, short) in enumerate(self.chapters, 1):
            y -= self.step
            line(canvas, 0, y + 5, str(number), self.style.but(bold=True, colour=NAVY))
            line(canvas, 18, y + 5, short, self.style, language=self.language)
            canvas.saveState()
            canvas.translate(self.width, y + 5)
            canvas.doForm(f"page-{key}")
            canvas.restoreState()
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.4)
            canvas.line(0, y, self.width, y)
            canvas.linkRect("", key, (0, y, self.width, y + self.step), relative=1, thickness=0)
