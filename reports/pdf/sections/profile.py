"""The dimensions: rows of dots with numbers first, the radar second."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import CondPageBreak, Flowable

from reports.model import Dimension
from reports.pdf.book import Book, Column, Row
from reports.pdf.charts import Legend, Radar, axis, profile_row
from reports.pdf.findings import above_median, cohort_words
from reports.pdf.numerals import UNKNOWN, number, percent
from reports.pdf.prose import Prose
from reports.pdf.sections.strengths import strengths
from reports.pdf.tables import Grid

RADAR_AXES = range(3, 13)


def profile(book: Book) -> list[Flowable]:
    head = book.chapter("profile", _title(book), pgettext("pdf", "Score by dimension"))
    lead = book.prose(cohort_words(book), book.styles.lead)
    if not book.report.dimensions:
        return [*head, book.prose(_("This questionnaire has no dimensions."))]
    return [*head, lead, *_rows(book), *_radar(book), *strengths(book)]


def tops(book: Book) -> list[Dimension]:
    return [row for row in book.report.dimensions if row.depth == 1]


def _title(book: Book) -> str:
    gaps = [gap for row in tops(book) if (gap := above_median(row)) is not None]
    known = [row for row in tops(book) if row.percent is not None]
    if gaps:
        return _("%(above)d of %(count)d dimensions lie above the median of the group") % {
            "above": sum(gap > 0 for gap in gaps),
            "count": len(gaps),
        }
    if known:
        best = max(known, key=lambda row: row.percent or 0)
        return _("Highest of %(count)d dimensions: %(name)s (%(own)s)") % {
            "count": len(known),
            "name": book.text(best.title),
            "own": percent(best.percent),
        }
    return _("No dimension could be scored")


def _in_order(book: Book) -> list[Dimension]:
    """Each dimension followed by its own parts; parts without a known parent come last."""
    children: dict[str, list[Dimension]] = {}
    for row in book.report.dimensions:
        if row.depth > 1:
            children.setdefault(row.parent, []).append(row)
    if set(children) - {row.code for row in tops(book)}:
        return list(book.report.dimensions)
    return [each for row in tops(book) for each in (row, *children.get(row.code, []))]


def _legend(book: Book) -> list[tuple[str, str]]:
    rows = book.report.dimensions
    items = [("own", pgettext("pdf", "This enterprise"))]
    if any(row.cohort for row in rows):
        items.append(("quartiles", pgettext("pdf", "Middle half of the group")))
        items.append(("median", pgettext("pdf", "Median of the group")))
    if any(row.target is not None for row in rows):
        items.append(("target", pgettext("pdf", "Asked by the next level")))
    return items


def _rows(book: Book) -> list[Flowable]:
    unknown = pgettext("pdf", "not answered")
    leading = book.styles.cell.leading
    columns = [
        Column(pgettext("pdf", "Dimension"), 43),
        Column(axis(), 52),
        Column(pgettext("pdf", "Points"), 27, "right"),
        Column(pgettext("pdf", "Own %"), 16.5, "right"),
        Column(pgettext("pdf", "Q1"), 14, "right"),
        Column(pgettext("pdf", "Median"), 16.5, "right"),
        Column(pgettext("pdf", "Q3"), 14, "right"),
        Column(pgettext("pdf", "Asked"), 14.5, "right"),
        Column("n", 11, "right"),
    ]
    rows = [
        Row(
            [name_of(book, row), profile_row(row, leading, unknown), *_values(row)],
            bold=row.depth == 1,
        )
        for row in _in_order(book)
    ]
    note = _(
        "Scale and columns in percent of the maximum; points as own / maximum. Q1, Q3: first and "
        "third quartile of the group. Asked: by the next level. –: not known or not asked. "
        "Source: answers of this round."
    )
    caption = book.chart_caption(_("Score by dimension, in percent of the maximum"))
    legend = Legend(_legend(book), book.styles.small, book.language)
    return [Grid(columns, rows, book.styles, book.language, caption, note, key=legend)]


def name_of(book: Book, row: Dimension) -> Prose:
    style = book.styles.cell.but(bold=row.depth == 1)
    return book.prose(book.text(row.title), style, indent=9.0 * (row.depth - 1))


def glance(book: Book) -> list[Flowable]:
    """The main dimensions without the columns of the full chart, for the summary."""
    columns = [
        Column(pgettext("pdf", "Dimension"), 62),
        Column(axis(), 78),
        Column(pgettext("pdf", "Own %"), 16, "right"),
        Column(pgettext("pdf", "Median"), 16, "right"),
        Column(pgettext("pdf", "Asked"), 16, "right"),
    ]
    unknown, leading = pgettext("pdf", "not answered"), book.styles.cell.leading
    rows = [
        Row(
            [
                book.prose(book.text(row.title), book.styles.cell, max_lines=2),
                profile_row(row, leading, unknown),
                number(row.percent),
                number(row.cohort.median if row.cohort else None),
                number(row.target),
            ]
        )
        for row in tops(book)
    ]
    caption = book.chart_caption(_("Dimensions at a glance, in percent of the maximum"))
    legend = Legend(_legend(book), book.styles.small, book.language)
    return [Grid(columns, rows, book.styles, book.language, caption, key=legend)]


def _values(row: Dimension) -> list[str]:
    cohort = row.cohort
    points = f"{number(row.score)} / {number(row.max)}"
    return [
        points,
        number(row.percent),
        number(cohort.q1) if cohort else UNKNOWN,
        number(cohort.median) if cohort else UNKNOWN,
        number(cohort.q3) if cohort else UNKNOWN,
        number(row.target),
        f"{cohort.n:,}" if cohort else UNKNOWN,
    ]


def _radar(book: Book) -> list[Flowable]:
    rows = tops(book)
    if len(rows) not in RADAR_AXES:
        return []
    caption = book.chart_caption(_("The same dimensions as a radar, in percent of the maximum"))
    items = [("own-line", pgettext("pdf", "This enterprise"))]
    if any(row.cohort for row in rows):
        items.append(("median-line", pgettext("pdf", "Median of the group")))
    if any(row.target is not None for row in rows):
        items.append(("target-line", pgettext("pdf", "Asked by the next level")))
    titles = [f"{book.text(row.title)} {number(row.percent)}" for row in rows]
    radar = Radar(
        rows, titles, book.styles.note.but(colour=book.styles.small.colour), book.language
    )
    note = _(
        "Only the distance along each axis is data; the area has no meaning. A line is interrupted "
        "where a value is not known. The numbers stand in the chart above."
    )
    return [
        CondPageBreak(310),
        book.prose(caption, book.styles.caption),
        Legend(items, book.styles.small, book.language),
        radar,
        book.prose(note, book.styles.note),
    ]
