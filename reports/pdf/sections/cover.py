"""The cover: who, by which instrument, when, under which number, and how to confirm it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable

from reports.pdf import qr
from reports.pdf.book import Book
from reports.pdf.prose import Prose
from reports.pdf.styles import HEIGHT, INK, MUTED, NAVY, RULE, WIDTH, Style

LABEL = 108.0  # width of the facts' labels
QR_SIDE = 78.0
SPACED = Style(12, 16, bold=True, colour=NAVY)


def cover(book: Book) -> list[Flowable]:
    return [Cover(book)]


def facts(book: Book) -> list[tuple[str, str]]:
    report = book.report
    return [
        (pgettext("pdf", "Unified social credit code"), report.credit_code),
        (pgettext("pdf", "Region"), book.text(report.region)),
        (pgettext("pdf", "Industry"), book.text(report.industry)),
        (pgettext("pdf", "Enterprise size"), book.text(report.size)),
        (pgettext("pdf", "Round"), report.round_title),
        (pgettext("pdf", "Year"), str(report.year)),
        (pgettext("pdf", "Questionnaire"), report.instrument_label),
        (pgettext("pdf", "Submitted"), book.moment(report.submitted_at)),
        (pgettext("pdf", "Receipt"), report.receipt),
        (pgettext("pdf", "Report number"), report.number),
        (pgettext("pdf", "Report date"), book.date(book.day)),
    ]


class Cover(Flowable):
    """Fills the first page's frame."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        return WIDTH, HEIGHT - 1

    def draw(self) -> None:
        canvas, book = self.canv, self.book
        canvas.bookmarkHorizontal("cover", 0, HEIGHT)
        canvas.addOutlineEntry(pgettext("pdf", "Cover"), "cover", 0)
        y = self._head(HEIGHT - 4)
        y = self._paragraph(book.report.organisation, book.styles.cover, y - 16, 4)
        y = self._marks(y - 10)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(0, y - 10, WIDTH, y - 10)
        self._facts(y - 22)
        self._confirmation()

    def _head(self, y: float) -> float:
        self.canv.setFillColor(NAVY)
        self.canv.rect(0, y - 5, WIDTH, 5, stroke=0, fill=1)
        y = self._paragraph(_("Shuheng"), SPACED, y - 18, 1)
        title = _("%(instrument)s: result report") % {
            "instrument": self.book.text(self.book.report.instrument_title)
        }
        return self._paragraph(title, self.book.styles.title, y - 62, 3)

    def _marks(self, y: float) -> float:
        report, small = self.book.report, self.book.styles.small
        if report.synthetic:
            words = _(
                "Synthetic data: made up to show the product. It describes no real enterprise."
            )
            y = self._boxed(words, small.but(bold=True), y)
        notice = self.book.text(report.notice)
        return self._paragraph(notice, small.but(colour=MUTED), y - 4, 6) if notice else y

    def _boxed(self, words: str, style: Style, y: float) -> float:
        prose = self._wrapped(words, style, WIDTH - 20, 3)
        height = prose.height + 12
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1)
        self.canv.rect(0, y - height, WIDTH, height, stroke=1, fill=0)
        prose.draw_at(self.canv, 10, y - 6)
        return y - height - 4

    def _facts(self, y: float) -> None:
        small = self.book.styles.small
        for label, value in facts(self.book):
            if not value:
                continue
            name = self._wrapped(label, small.but(colour=MUTED), LABEL - 8, 2)
            text = self._wrapped(value, small, WIDTH - LABEL, 3)
            name.draw_at(self.canv, 0, y)
            text.draw_at(self.canv, LABEL, y)
            y -= max(name.height, text.height) + 4.5

    def _confirmation(self) -> None:
        book, small = self.book, self.book.styles.note
        qr.draw(self.canv, WIDTH - QR_SIDE, 0, QR_SIDE, book.address)
        words = _("Scan to compare this report with the result kept by the site:")
        text = self._wrapped(words, small.but(align="right"), 260, 2)
        address = self._wrapped(book.address, small.but(align="right", colour=INK), 260, 3)
        left = WIDTH - QR_SIDE - 14 - 260
        text.draw_at(self.canv, left, text.height + address.height)
        address.draw_at(self.canv, left, address.height)
        self.canv.linkURL(book.address, (left, 0, WIDTH, QR_SIDE), relative=1)

    def _wrapped(self, text: str, style: Style, room: float, most: int) -> Prose:
        prose = Prose(text, style.but(justify=False), self.book.language, max_lines=most)
        prose.wrap(room, 0)
        return prose

    def _paragraph(self, text: str, style: Style, top: float, most: int) -> float:
        prose = self._wrapped(text, style, WIDTH, most)
        prose.draw_at(self.canv, 0, top)
        return top - prose.height
