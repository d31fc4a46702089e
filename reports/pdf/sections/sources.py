"""Where the figures come from, with the places in each source."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from reportlab.platypus import Flowable

from reports.pdf.book import Book, Column, Row
from reports.pdf.numerals import UNKNOWN
from reports.pdf.sections.targets import status_words


def sources(book: Book) -> list[Flowable]:
    listed = _collect(book)
    title = ngettext(
        "This report draws on %(count)d source",
        "This report draws on %(count)d sources",
        len(listed),
    ) % {"count": len(listed)}
    head = book.chapter("sources", title, pgettext("pdf", "Sources"), new_page=False)
    if not listed:
        return [*head, book.prose(_("This report quotes no published figure."))]
    columns = [
        Column(pgettext("pdf", "Source"), 86),
        Column(pgettext("pdf", "Where in it"), 56),
        Column(pgettext("pdf", "Code"), 28),
    ]
    rows = [
        Row(
            [
                name,
                pgettext("pdf", "; ").join(places) or UNKNOWN,
                book.prose(code, book.styles.note),
            ]
        )
        for code, (name, places) in listed.items()
    ]
    return [
        *head,
        *book.table(_("Sources of the questionnaire and of published figures"), columns, rows),
    ]


def _collect(book: Book) -> dict[str, tuple[str, list[str]]]:
    """Code → name and the places quoted, in the order of the report."""
    found: dict[str, tuple[str, list[str]]] = {
        code: (book.text(name), []) for code, name in book.report.sources
    }
    for row in book.report.targets:
        if not row.source_code:
            continue
        _name, places = found.setdefault(row.source_code, (book.text(row.source), []))
        status = status_words(row.status)
        place = row.locator + (
            pgettext("pdf", " (%(words)s)") % {"words": status} if status and row.locator else ""
        )
        if place and place not in places:
            places.append(place)
    return found
