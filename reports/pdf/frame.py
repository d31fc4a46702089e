"""Pages: size, running header and footer, and the total that is known only at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import pgettext
from reportlab.pdfbase.pdfdoc import PDFDictionary  # noqa: F401  (loads the document module once)
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from reports.pdf.prose import line, measure
from reports.pdf.styles import (
    BOTTOM,
    HEIGHT,
    INK,
    MARGIN,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    WIDTH,
    Style,
)

if TYPE_CHECKING:
    from reports.pdf.book import Book

RUNNING = Style(7.5, 10, colour=MUTED)
STRONG = RUNNING.but(bold=True, colour=INK)
# The number of pages is not known when a footer is drawn: this much room is kept for it.
WIDEST = 88


class ReportCanvas(Canvas):
    """Draws the number of pages, and each section's page, as forms that are filled in last.

    That spares a second layout of the whole report.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.pages_of: dict[str, int] = {}
        self.number_style = RUNNING

    def save(self) -> None:
        if len(self._code):
            self.showPage()
        total = self.getPageNumber() - 1
        pages = pgettext("pdf", "%(total)d") % {"total": total}
        self._form("total", pages, RUNNING, "right")
        for key, page in self.pages_of.items():
            self._form(f"page-{key}", str(page), self.number_style, "right")
        super().save()

    def _form(self, name: str, text: str, style: Style, align: str) -> None:
        self.beginForm(name, -60, -5, 60, 15)
        line(self, 0, 0, text, style, align)
        self.endForm()


def draw_frame(canvas: Canvas, book: Book, with_header: bool) -> None:
    """Header: who and which report; footer: edition, date and page x / y."""
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    if with_header:
        _header(canvas, book)
    _footer(canvas, book)
    canvas.restoreState()


def _header(canvas: Canvas, book: Book) -> None:
    y, right = PAGE_HEIGHT - 16 * 2.8346, PAGE_WIDTH - MARGIN
    number = pgettext("pdf", "Report no. %(number)s") % {"number": book.report.number}
    line(canvas, right, y, number, RUNNING, "right", book.language)
    taken = measure(number, RUNNING, book.language) + 14
    if book.report.synthetic:
        mark = pgettext("pdf", "Synthetic data")
        width = measure(mark, STRONG, book.language) + 10
        canvas.setStrokeColor(INK)
        canvas.rect(right - taken - width, y - 3.2, width, 11.5, stroke=1, fill=0)
        line(canvas, right - taken - width + 5, y, mark, STRONG, language=book.language)
        canvas.setStrokeColor(RULE)
        taken += width + 10
    line(canvas, MARGIN, y, book.report.organisation, STRONG, "left", book.language, WIDTH - taken)
    canvas.line(MARGIN, y - 7, right, y - 7)


def _footer(canvas: Canvas, book: Book) -> None:
    y, right = 12 * 2.8346, PAGE_WIDTH - MARGIN
    canvas.line(MARGIN, y + 11, right, y + 11)
    page = pgettext("pdf", "Page %(page)d /") % {"page": canvas.getPageNumber()}
    room = measure(pgettext("pdf", "%(total)d") % {"total": WIDEST}, RUNNING, book.language) + 2
    line(canvas, right - room, y, page, RUNNING, "right", book.language)
    canvas.saveState()
    canvas.translate(right, y)
    canvas.doForm("total")
    canvas.restoreState()
    day = book.date(book.day)
    place = right - room - measure(page, RUNNING, book.language) - 14
    line(canvas, place, y, day, RUNNING, "right", book.language)
    room = place - measure(day, RUNNING, book.language) - 14 - MARGIN
    label = f"{book.edition} · {book.report.instrument_label}"
    line(canvas, MARGIN, y, label, RUNNING, "left", book.language, room)


class Template(BaseDocTemplate):
    """A4 with one frame; the first page is the cover."""

    def __init__(self, target: BinaryIO, book: Book, **options) -> None:
        super().__init__(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), allowSplitting=1, **options)
        self.addPageTemplates(
            [
                PageTemplate(
                    "cover",
                    [self._frame()],
                    onPage=lambda c, d: draw_frame(c, book, False),
                    autoNextPageTemplate="page",
                ),
                PageTemplate(
                    "page", [self._frame()], onPage=lambda c, d: draw_frame(c, book, True)
                ),
            ]
        )

    @staticmethod
    def _frame() -> Frame:
        return Frame(MARGIN, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0, showBoundary=0)
