"""Strengths, weaknesses and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from reportlab.platypus import Flowable

from reports.model import NextStep
from reports.pdf.book import Book, Column, Row
from reports.pdf.numerals import number, signed


def advice(book: Book) -> list[Flowable]:
    head = book.chapter(
        "advice", _title(book), pgettext("pdf", "Advice and next steps"), new_page=False
    )
    return [*head, *_binding(book), *_steps(book)]


def _title(book: Book) -> str:
    steps = book.report.next_steps
    if not steps:
        return _("No next step follows from the answers")
    toward = sum(step.toward_level for step in steps)
    return ngettext(
        "%(count)d next step, %(toward)d of them toward the next level",
        "%(count)d next steps, %(toward)d of them toward the next level",
        len(steps),
    ) % {"count": len(steps), "toward": toward}


def _binding(book: Book) -> list[Flowable]:
    report = book.report
    if not report.binding or report.next_level_name is None:
        return []
    columns = [
        Column(pgettext("pdf", "Condition"), 98),
        Column(pgettext("pdf", "Required"), 22, "right"),
        Column(pgettext("pdf", "Reached"), 22, "right"),
        Column(pgettext("pdf", "Missing"), 22, "right"),
    ]
    rows = [
        Row([book.text(item.text), number(item.required), number(item.actual), number(item.gap)])
        for item in report.binding
    ]
    title = _("What is missing to “%(level)s”") % {"level": book.text(report.next_level_name)}
    return book.table(title, columns, rows)


def _steps(book: Book) -> list[Flowable]:
    steps = book.report.next_steps
    if not steps:
        return []
    columns = [
        Column(pgettext("pdf", "No."), 12, "right"),
        Column(pgettext("pdf", "What to do"), 106),
        Column(pgettext("pdf", "Gain, points"), 24, "right"),
        Column(pgettext("pdf", "Toward the next level"), 28),
    ]
    rows = [_step(book, at, step) for at, step in enumerate(steps, 1)]
    note = _(
        "Gain: points of the total that this step alone would add at most; gains of several steps "
        "may overlap."
    )
    return book.table(_("Next steps, in order"), columns, rows, note)


def _step(book: Book, at: int, step: NextStep) -> Row:
    cell = book.styles.cell
    words = [
        book.prose(book.text(step.title), cell.but(bold=True)),
        book.prose(book.text(step.text), cell),
        *([book.prose(change, book.styles.note)] if (change := book.text(step.change)) else []),
    ]
    toward = pgettext("pdf", "● counts") if step.toward_level else pgettext("pdf", "does not count")
    return Row([str(at), words, signed(step.gain), toward])
