"""All items: answer → rule → points → contribution; the contributions add up to the total."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable

from reports.model import TracePart
from reports.pdf.book import Book, Column, Row
from reports.pdf.numerals import UNKNOWN, exact_places, number


def trace(book: Book) -> list[Flowable]:
    parts = book.report.trace
    head = book.chapter("trace", _title(book), pgettext("pdf", "How the total came about"))
    if not parts:
        return [*head, book.prose(_("No item contributed to a total."))]
    lead = book.prose(
        _(
            "Each row reads: the answer, the rule it meets, the points it earns, and what they add "
            "to the total after weighting. Subtotals stand beside each group's name."
        ),
        book.styles.lead,
    )
    return [*head, lead, *_table(book, parts)]


def _title(book: Book) -> str:
    return _("%(count)d items add up to %(total)s points") % {
        "count": len(book.report.trace),
        "total": number(book.report.total),
    }


def _table(book: Book, parts: list[TracePart]) -> list[Flowable]:
    places = exact_places(part.contribution for part in parts)
    columns = [
        Column(pgettext("pdf", "Code"), 22),
        Column(pgettext("pdf", "Item"), 60),
        Column(pgettext("pdf", "Answer"), 32),
        Column(pgettext("pdf", "Rule"), 34),
        Column(pgettext("pdf", "Points"), 24, "right"),
        Column(pgettext("pdf", "To the total"), 24, "right"),
    ]
    rows = []
    for path, members in grouped(parts):
        name = " › ".join(book.text(step) for step in path) or pgettext("pdf", "Other items")
        subtotal = sum((part.contribution for part in members), Decimal(0))
        rows.append(Row([name, number(subtotal, places)], "group"))
        rows += [_row(book, part, places) for part in members]
    total = sum((part.contribution for part in parts), Decimal(0))
    rows.append(Row(["", _("Sum of all items"), "", "", "", number(total, places)], "total"))
    return book.table(
        _("All items with answer, rule and contribution"), columns, rows, _note(book, total, places)
    )


def _note(book: Book, total: Decimal, places: int) -> str:
    stated = book.report.trace_sum if book.report.trace_sum is not None else book.report.total
    if stated is not None and stated != total:
        return _("The sum of the items differs from the stated total %(total)s.") % {
            "total": number(stated, places)
        }
    return _("The sum equals the total score exactly. Points: earned / possible. –: not scored.")


def _row(book: Book, part: TracePart, places: int) -> Row:
    note = book.styles.note
    return Row(
        [
            book.prose(part.code, note),
            book.prose(book.text(part.title), book.styles.cell),
            book.text(part.answer) or UNKNOWN,
            book.prose(book.text(part.rule) or UNKNOWN, note),
            f"{_points(part.points)} / {_points(part.max)}",
            number(part.contribution, places),
        ]
    )


def _points(value: Decimal | None) -> str:
    """Points are not added up here: two decimals are enough."""
    return number(value, min(exact_places([] if value is None else [value]), 2))


def grouped(parts: list[TracePart]) -> list[tuple[list[dict], list[TracePart]]]:
    """Parts by their place in the tree, in order of first appearance, level by level."""
    order: dict[tuple, int] = {}

    def key(part: TracePart) -> tuple:
        names = tuple(step.get("zh") or step.get("en", "") for step in part.path)
        for depth in range(1, len(names) + 1):
            order.setdefault(names[:depth], len(order))
        return tuple(order[names[:depth]] for depth in range(1, len(names) + 1))

    keyed = [(key(part), part) for part in parts]
    found: dict[tuple, list[TracePart]] = {}
    for place, part in sorted(keyed, key=lambda pair: pair[0]):
        found.setdefault(place, []).append(part)
    return [(members[0].path, members) for members in found.values()]
