"""Appendix: the same answers under other questionnaires, with both ends of each score."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable

from reports import sentences
from reports.annex_model import OtherResult
from reports.numbers import exact, score
from reports.pdf.book import Book, Column, Row
from reports.pdf.numerals import UNKNOWN


def crosswalk(book: Book) -> list[Flowable]:
    rows = book.report.annexes.others if book.report.annexes else None
    if not rows:
        return []
    some = [row for row in rows if row.has_result]
    title = _("The same answers give a result under %(count)d other questionnaires") % {
        "count": len(some)
    }
    head = book.chapter("crosswalk", title, pgettext("pdf", "Other questionnaires"))
    if not some:
        none = _("No other questionnaire asks for an indicator answered here in the same way.")
        return [*head, book.prose(none)]
    return [*head, book.prose(_lead()), *_table(book, some), *_derived(book, some)]


def _lead() -> str:
    return _(
        "Answers serve wherever the same indicator is asked in the same way, or where a stated "
        "rule lets one answer settle another. The ends are exact: questions that remain once at "
        "no points, once at their most."
    )


def _table(book: Book, rows: list[OtherResult]) -> list[Flowable]:
    columns = [
        Column(pgettext("pdf", "Questionnaire"), 52),
        Column(pgettext("pdf", "Points covered"), 22, "right"),
        Column(pgettext("pdf", "Questions that remain"), 24, "right"),
        Column(pgettext("pdf", "Full score between"), 38, "right"),
        Column(pgettext("pdf", "Covered part alone"), 24, "right"),
        Column(pgettext("pdf", "Level"), 44),
    ]
    lines = [
        Row(
            [
                book.text(row.title),
                f"{exact(row.percent)} %",
                _("%(open)d of %(all)d") % {"open": row.remaining, "all": row.all_questions},
                _ends(row),
                UNKNOWN if row.part is None else score(row.part),
                sentences.level_range(row) or UNKNOWN,
            ]
        )
        for row in rows
    ]
    note = _(
        "Covered part alone: the score over the covered questions, on the whole scale, without "
        "answers that follow by a rule. –: no value."
    )
    return book.table(_("The same answers under other questionnaires"), columns, lines, note)


def _ends(row: OtherResult) -> str:
    low, high, most = score(row.low), score(row.high), exact(row.max or Decimal(0))
    return f"{low} / {most}" if row.settled else f"{low}–{high} / {most}"


def _derived(book: Book, rows: list[OtherResult]) -> list[Flowable]:
    """Answers that follow by a rule, each with the rule."""
    items = [
        f"{book.text(one.text)} {book.text(one.reason)}" for row in rows for one in row.derived
    ]
    if not items:
        return []
    return [*book.subheading(_("Answers that follow by a rule"), 40), *book.bullets(items)]
