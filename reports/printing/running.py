"""The running footer of a printed form: version, hash, page x / y."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext
from reportlab.pdfgen.canvas import Canvas

from reports.pdf.frame import RUNNING, WIDEST
from reports.pdf.prose import line, measure
from reports.pdf.styles import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, RULE, WIDTH

if TYPE_CHECKING:
    from reports.printing.form import Sheet

FOOT, HEAD = 34.0, PAGE_HEIGHT - 45.0


def draw_running(canvas: Canvas, sheet: Sheet) -> None:
    """Title above from the second page on; version, hash and page numbers below."""
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    right, language = PAGE_WIDTH - MARGIN, sheet.language
    if canvas.getPageNumber() > 1:
        title = sheet.version.title.get(language) or sheet.version.title["zh"]
        line(canvas, MARGIN, HEAD, title, RUNNING, "left", language, WIDTH)
        canvas.line(MARGIN, HEAD - 7, right, HEAD - 7)
    canvas.line(MARGIN, FOOT + 22, right, FOOT + 22)
    line(canvas, MARGIN, FOOT + 11, sheet.version.label, RUNNING, "left", language)
    line(canvas, MARGIN, FOOT, f"SHA-256 {sheet.version.sha256}", RUNNING, "left", language)
    room = measure(pgettext("pdf", "%(total)d") % {"total": WIDEST}, RUNNING, language) + 2
    page = pgettext("pdf", "Page %(page)d /") % {"page": canvas.getPageNumber()}
    line(canvas, right - room, FOOT + 11, page, RUNNING, "right", language)
    canvas.translate(right, FOOT + 11)
    canvas.doForm("total")
    canvas.restoreState()
