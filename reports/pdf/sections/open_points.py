"""What the score does not rest on: warnings, unanswered and not applicable questions."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable

from reports.model import Text
from reports.pdf.book import Book


def open_points(book: Book) -> list[Flowable]:
    report = book.report
    title = _(
        "%(unanswered)d unanswered, %(not_applicable)d not applicable, %(warnings)d to be checked"
    ) % {
        "unanswered": len(report.unanswered),
        "not_applicable": len(report.not_applicable),
        "warnings": len(report.warnings),
    }
    return [
        *book.chapter("open", title, pgettext("pdf", "Open points")),
        *_list(
            book,
            pgettext("pdf", "To be checked"),
            report.warnings,
            _("No contradiction was found."),
        ),
        *_list(
            book,
            pgettext("pdf", "Unanswered"),
            report.unanswered,
            _("Every question asked was answered."),
        ),
        *_list(
            book,
            pgettext("pdf", "Does not apply"),
            report.not_applicable,
            _("No question was answered with “does not apply”."),
        ),
    ]


def _list(book: Book, title: str, items: list[Text], none: str) -> list[Flowable]:
    head = book.subheading(title, 30)
    if not items:
        return [*head, book.prose(none)]
    return [*head, *book.bullets([book.text(item) for item in items])]
