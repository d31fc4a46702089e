"""The dimensions furthest above and below the group's median."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable

from reports.model import Dimension
from reports.pdf.book import Book, Column, Row
from reports.pdf.findings import above_median
from reports.pdf.numerals import number, percent, signed


def strengths(book: Book) -> list[Flowable]:
    report = book.report
    if not (report.strengths or report.weaknesses):
        return []
    columns = [
        Column(pgettext("pdf", "Dimension"), 62),
        Column(pgettext("pdf", "Own %"), 22, "right"),
        Column(pgettext("pdf", "Median"), 22, "right"),
        Column(pgettext("pdf", "Difference"), 22, "right"),
        Column(pgettext("pdf", "Ahead of"), 22, "right"),
        Column("n", 16, "right"),
    ]
    rows = []
    for title, chosen in (
        (pgettext("pdf", "Strengths"), report.strengths),
        (pgettext("pdf", "Weaknesses"), report.weaknesses),
    ):
        if chosen:
            rows.append(Row([title], "group"))
            rows += [_side(book, row) for row in chosen]
    note = _(
        "Percent of the maximum. Difference: own value minus the median of the group, in "
        "percentage points. Ahead of: share of the other peers that are lower, equal ones counted "
        "half."
    )
    return book.table(_("Strengths and weaknesses"), columns, rows, note)


def _side(book: Book, row: Dimension) -> Row:
    cohort = row.cohort
    return Row(
        [
            book.text(row.title),
            number(row.percent),
            number(cohort.median if cohort else None),
            signed(above_median(row)),
            percent(row.standing),
            f"{cohort.n:,}" if cohort else number(None),
        ]
    )
