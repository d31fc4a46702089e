"""Numbers as table cells: written as everywhere (``reports.numbers``), and a dash where unknown."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import pgettext

from questionnaires.texts import localized
from reports import numbers
from reports.model import TargetRow

UNKNOWN = "–"
MOST_PLACES = 6


def number(value: Decimal | None, places: int = 1) -> str:
    """``1234.56`` → ``1,234.6``; ``None`` → ``–``, never 0."""
    return UNKNOWN if value is None else numbers.number(value, places)


def signed(value: Decimal | None, places: int = 1) -> str:
    return UNKNOWN if value is None else numbers.signed(value, places)


def percent(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{numbers.number(value)}%"


def exact_places(values: Iterable[Decimal]) -> int:
    """Decimals that show every addend in full, so that the shown numbers add up."""
    return min(max([1, *(numbers.places_of(value) for value in values)]), MOST_PLACES)


def own_value(row: TargetRow, language: str) -> str:
    if row.own_text:
        return localized(row.own_text, language)
    if row.own is None:
        return UNKNOWN
    return numbers.own_figure(row.own, row.target, row.unit, language)


def published_value(row: TargetRow, language: str) -> str:
    if row.target is None:
        return UNKNOWN
    return numbers.published_figure(row.target, row.target_high, row.operator, row.unit, language)


def gap_value(row: TargetRow, language: str) -> str:
    """Percentage points are short here: a column is narrow and its note explains them."""
    if row.gap is None:
        return UNKNOWN
    text = numbers.signed(row.gap, numbers.own_places(row.own, row.target))
    if row.unit in ("%", "％"):
        return text + numbers.NBSP + pgettext("pdf", "pp")
    return numbers.with_unit(text, row.unit, language)
