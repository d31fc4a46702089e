"""Indicators beside published figures: year, kind, gap, state, source."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable

from reports import sentences
from reports.model import TargetRow
from reports.numbers import NBSP
from reports.pdf.book import Book, Column, Row
from reports.pdf.findings import targets_sentence
from reports.pdf.numerals import UNKNOWN, gap_value, own_value, published_value
from reports.pdf.prose import Prose

SIGNS = {"met": "●", "gap": "○", "no_target": "–", "no_answer": "–", "not_comparable": "×"}


def targets(book: Book) -> list[Flowable]:
    head = book.chapter(
        "targets",
        targets_sentence(book),
        pgettext("pdf", "Indicators and published figures"),
        new_page=False,
    )
    rows = book.report.targets
    if not rows:
        return [*head, book.prose(_("No indicator of this questionnaire has published figures."))]
    compared = [row for row in rows if row.target is not None]
    aims = [row for row in compared if row.kind == "target"]
    seen = [row for row in compared if row.kind != "target"]
    bare = [row for row in rows if row.target is None]
    parts = list(head)
    if aims:
        parts.append(book.prose(_lead(aims), book.styles.lead))
        parts += _table(book, _("Indicators beside published targets"), aims, aims=True)
    if seen:
        title = _("Indicators beside observed values, for orientation")
        parts += _table(book, title, seen, aims=False)
    return [*parts, *_without(book, bare)]


def _without(book: Book, rows: list[TargetRow]) -> list[Flowable]:
    """Indicators that nothing was published for, two beside each other."""
    if not rows:
        return []
    columns = [
        Column(pgettext("pdf", "Indicator"), 60),
        Column(pgettext("pdf", "Own value"), 25, "right"),
    ]
    columns = [*columns, Column("", 6), *columns]
    cells = [[book.text(row.name), own_value(row, book.language)] for row in rows]
    half = (len(cells) + 1) // 2
    pairs = zip_longest(cells[:half], cells[half:], fillvalue=["", ""])
    lines = [Row([*left, "", *right]) for left, right in pairs]
    return book.table(_("Indicators without a published figure"), columns, lines)


def _lead(rows: list[TargetRow]) -> str:
    counts = Counter(row.state for row in rows)
    return _(
        "Targets are those published for the area and year named. Without an answer: "
        "%(no_answer)d; not comparable: %(not_comparable)d."
    ) % {state: counts[state] for state in ("no_answer", "not_comparable")}


def _table(book: Book, title: str, rows: list[TargetRow], aims: bool) -> list[Flowable]:
    """The state column is for targets only: an observed value is never aimed at."""
    columns = [
        Column(pgettext("pdf", "Indicator"), 44),
        Column(pgettext("pdf", "Own value"), 17.5, "right"),
        Column(pgettext("pdf", "Published"), 19.5, "right"),
        Column(pgettext("pdf", "Gap"), 19, "right"),
        *([Column(pgettext("pdf", "State"), 26)] if aims else []),
        Column(pgettext("pdf", "Year, area"), 28),
        Column(pgettext("pdf", "Source"), 36),
    ]
    remarks: dict[str, int] = {}
    lines = [_row(book, row, aims, remarks) for row in rows]
    return book.table(title, columns, lines, "\n".join([_note(aims), *_remarks(remarks)]))


def _note(aims: bool) -> str:
    gap = _(
        "Gap: own value minus published value, in the unit of the indicator; pp: percentage "
        "points. –: no value."
    )
    states = _("● target met, ○ not met yet, × not comparable.") + " " if aims else ""
    return states + gap


def _remarks(remarks: dict[str, int]) -> list[str]:
    """What must be known to compare, each said once below the table."""
    return [
        _("Note %(number)d: %(words)s") % {"number": number, "words": words}
        for words, number in remarks.items()
    ]


def _row(book: Book, row: TargetRow, aims: bool, remarks: dict[str, int]) -> Row:
    state = f"{SIGNS.get(row.state, UNKNOWN)} {sentences.target_state(row)}"
    return Row(
        [
            _name(book, row, remarks),
            own_value(row, book.language),
            published_value(row, book.language),
            _gap(book, row),
            *([state] if aims else []),
            _when(book, row),
            _source(book, row),
        ]
    )


def _gap(book: Book, row: TargetRow) -> list[Prose]:
    """Number and unit; the unit on a line of its own, for both are too wide for the column."""
    value, _nbsp, unit = gap_value(row, book.language).partition(NBSP)
    style, small = book.styles.cell.but(align="right"), book.styles.note.but(align="right")
    if book.language == "en" and len(unit) < 3:
        return [book.prose(f"{value} {unit}".strip(), style)]
    return [book.prose(value, style), *([book.prose(unit, small)] if unit else [])]


def _name(book: Book, row: TargetRow, remarks: dict[str, int]) -> list[Prose]:
    """The indicator, and the numbers of the notes that concern it."""
    words = [book.text(row.reason), book.text(row.caveats)]
    numbers = [remarks.setdefault(each, len(remarks) + 1) for each in words if each]
    parts = [book.prose(book.text(row.name), book.styles.cell)]
    if numbers:
        listed = pgettext("pdf", ", ").join(str(number) for number in dict.fromkeys(numbers))
        parts.append(book.prose(_("Note %(numbers)s") % {"numbers": listed}, book.styles.note))
    return parts


def _when(book: Book, row: TargetRow) -> list[Prose]:
    if row.target is None and row.year is None:
        return [book.prose(UNKNOWN, book.styles.cell)]
    first = [row.period or str(row.year or ""), book.text(row.area)]
    lines = [pgettext("pdf", ", ").join(part for part in first if part)]
    if row.kind != "target":
        lines.append(sentences.figure_kind(row))
    if row.form == "change" and row.base_year:
        lines.append(_("change against %(year)d") % {"year": row.base_year})
    elif row.form == "growth":
        lines.append(_("average yearly growth"))
    if row.past:
        lines.append(_("before the year assessed"))
    return [
        book.prose(words, book.styles.cell if at == 0 else book.styles.note)
        for at, words in enumerate(lines)
    ]


def _source(book: Book, row: TargetRow) -> list[Prose]:
    name = book.text(row.source) or row.source_code
    if not name or row.target is None:
        return [book.prose(UNKNOWN, book.styles.note)]
    where = pgettext("pdf", ", ").join(part for part in (name, row.locator) if part)
    status = status_words(row.status)
    if status:
        where += pgettext("pdf", " (%(words)s)") % {"words": status}
    return [book.prose(where, book.styles.note)]


def status_words(status: str) -> str:
    """What is said about a figure that is not official; official goes without saying."""
    return {
        "press": pgettext("pdf", "reported by the press"),
        "transcribed": pgettext("pdf", "transcribed"),
        "unverified": pgettext("pdf", "not verified"),
    }.get(status, "")
