"""Cells of dashboards as file cells: the screen's numbers, the screen's symbols, safe text."""

from __future__ import annotations

from decimal import Decimal

from reports.dashboards.model import Cell

# A spreadsheet takes a text that begins like this for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """``text`` so that no spreadsheet runs it."""
    return "'" + text if text.lstrip(" \u3000").startswith(DANGEROUS) else text


def value(cell: Cell) -> Decimal | int | str:
    """A number as rounded on the screen, otherwise text or symbol."""
    number = cell.rounded
    if number is not None:
        return number if cell.places else int(number)
    return safe(cell.text)


def plain(cell: Cell) -> str:
    """The same as text for CSV: no grouping, an ASCII minus."""
    return str(value(cell))
