"""One report, bound: sections in order, metadata, bytes."""

from __future__ import annotations

import calendar
import time
from datetime import datetime
from io import BytesIO
from typing import Literal

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from reportlab import rl_config

from reports.model import ResultReport
from reports.pdf.book import Book
from reports.pdf.fonts import clean, faces
from reports.pdf.frame import ReportCanvas, Template
from reports.pdf.sections import ORDER
from reports.pdf.styles import styles

# Text encoding of binary streams: a quarter more bytes and time, for systems of the last century.
rl_config.useA85 = 0

ACTIVE = {"zh": "zh-hans", "en": "en"}
LANG = {"zh": "zh-CN", "en": "en"}


def render(report: ResultReport, language: Literal["zh", "en"] = "zh") -> bytes:
    """The report as a PDF. The same report gives the same bytes.

    Raises ``FontsMissing`` where set-up has not fetched the fonts, ``ValueError`` for another
    language.
    """
    if language not in ACTIVE:
        raise ValueError(f"language must be 'zh' or 'en', not {language!r}")
    faces()
    with translation.override(ACTIVE[language]):
        return _bind(Book(report, language, styles(language)))


def _bind(book: Book, canvas: type[ReportCanvas] = ReportCanvas) -> bytes:
    story = [flowable for section in ORDER for flowable in section(book)]
    target = BytesIO()
    template = Template(target, book, invariant=1, lang=LANG[book.language], **_about(book))
    template.build(story, canvasmaker=_maker(book, canvas))
    return target.getvalue()


def _about(book: Book) -> dict[str, str]:
    report = book.report
    title = _("%(organisation)s: %(instrument)s report") % {
        "organisation": report.organisation,
        "instrument": book.text(report.instrument_title),
    }
    keywords = [report.number, report.instrument_label, report.instrument_sha256]
    return {
        "title": clean(title, book.language),
        "author": _("Shuheng"),
        "subject": f"{book.edition} · {report.number}",
        "creator": report.engine,
        "keywords": ", ".join(keywords),
    }


def _maker(book: Book, kind: type[ReportCanvas]):
    def make(*args, **options) -> ReportCanvas:
        canvas = kind(*args, **options)
        canvas.number_style = book.styles.small
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.showOutline()
        _stamp(canvas, book.report.scored_at)
        return canvas

    return make


def _stamp(canvas: ReportCanvas, moment: datetime) -> None:
    """Date the file by the score, not by the clock, so that a second run gives the same bytes."""
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    seconds = calendar.timegm(moment.utctimetuple())
    stamp = canvas._doc._timeStamp
    stamp.t, stamp.lt = seconds, time.gmtime(seconds)
    stamp.YMDhms, stamp.dhh, stamp.dmm = tuple(stamp.lt)[:6], 0, 0
