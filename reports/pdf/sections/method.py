"""Method: group, statistics, limits, and what proves that this report is what was scored."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable

from reports.pdf.book import Book, Column, Row
from reports.pdf.findings import cohort_words
from reports.pdf.numerals import UNKNOWN


def method(book: Book) -> list[Flowable]:
    title = _("Method, definitions and limits")
    head = book.chapter("method", title, pgettext("pdf", "Method and proof"), new_page=False)
    parts: list[Flowable] = list(head)
    for name, words in _paragraphs(book):
        if words:
            parts += [*book.subheading(name, 40), book.prose(words)]
    return [
        *parts,
        *book.subheading(pgettext("pdf", "Limits"), 60),
        *book.bullets(_limits(book)),
        *_symbols(book),
        *_proof(book),
    ]


def _paragraphs(book: Book) -> list[tuple[str, str]]:
    return [
        (
            _("Score and level"),
            _(
                "Answers become points by the rules of the questionnaire, points become the "
                "score of each dimension and of the whole by its weights, and levels are given "
                "by its conditions. The rules are part of the questionnaire's published version; "
                "this report computes nothing of its own."
            ),
        ),
        (pgettext("pdf", "Comparable enterprises"), cohort_words(book)),
        (
            _("How the group is chosen"),
            _(
                "The group of the same round is widened by region first, then by enterprise "
                "size, then by industry, until enough other enterprises are in it. n counts the "
                "enterprise itself."
            ),
        ),
        (
            pgettext("pdf", "Statistics"),
            _(
                "The median divides the group into two halves; a quarter lies below the first "
                "quartile (Q1), a quarter above the third (Q3). “Ahead of” is the share of the "
                "others in the group with a lower total; equal totals count half."
            ),
        ),
    ]


def _limits(book: Book) -> list[str]:
    limits = [
        _whose_words(book),
        _(
            "A score describes what the questionnaire asks, at the time of submission; it says "
            "nothing about what was not asked."
        ),
        _(
            "A group answers voluntarily and may differ from all enterprises of its industry. "
            "Small differences should not be read as a ranking."
        ),
    ]
    notice = book.text(book.report.notice)
    if notice:
        limits.append(notice)
    if book.report.synthetic:
        limits.append(_("This result is synthetic and stands for no real enterprise."))
    return limits


def _whose_words(book: Book) -> str:
    if book.report.verified:
        own = _("The answers are the enterprise's own statements.")
        return f"{own} {book.text(book.report.verified)}"
    return _(
        "The answers are the enterprise's own statements. Unless evidence was reviewed, nobody "
        "else has verified them."
    )


def _symbols(book: Book) -> list[Flowable]:
    columns = [Column(pgettext("pdf", "Symbol"), 20), Column(pgettext("pdf", "Means"), 130)]
    rows = [
        ("–", _("not known, not answered, not asked or not published; never 0")),
        ("0.0", _("zero, or less than half of the last digit shown")),
        ("+ / −", _("above / below the value compared with")),
        ("≥ ≤ > < ≈", _("as published: at least, at most, more than, less than, about")),
        ("n", _("number of enterprises that a statistic rests on")),
        ("〓", _("a character that the report's typeface does not have")),
    ]
    return book.table(pgettext("pdf", "Symbols"), columns, [Row(list(row)) for row in rows])


def _proof(book: Book) -> list[Flowable]:
    report = book.report
    columns = [Column(pgettext("pdf", "Item"), 40), Column(pgettext("pdf", "Value"), 130)]
    rows = [
        (pgettext("pdf", "Report number"), report.number),
        (pgettext("pdf", "Receipt"), report.receipt or UNKNOWN),
        (pgettext("pdf", "Questionnaire"), report.instrument_label),
        (_("SHA-256 of the questionnaire"), report.instrument_sha256 or UNKNOWN),
        (_("SHA-256 of the answers"), report.inputs_sha256 or UNKNOWN),
        (pgettext("pdf", "Scoring engine"), report.engine or UNKNOWN),
        (pgettext("pdf", "Scored"), book.moment(report.scored_at)),
    ]
    note = _(
        "Whoever scores the same answers with the same version of the questionnaire and engine "
        "gets the same result, byte for byte."
    )
    return book.table(pgettext("pdf", "Proof"), columns, [Row(list(row)) for row in rows], note)
