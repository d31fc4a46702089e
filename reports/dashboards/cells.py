"""Cells from counts, statistics and figures."""

from __future__ import annotations

from decimal import Decimal

from reports.dashboards.model import NOT_APPLICABLE, NOT_COLLECTED, WITHHELD, Cell
from scoring.numbers import Stats


def words(value: str) -> Cell:
    return Cell(value or "", places=0)


def count(value: int) -> Cell:
    return Cell(Decimal(value))


def share(part: Decimal | int, whole: int) -> Cell:
    """``part`` of ``whole`` in percent; not applicable where there is no whole."""
    if not whole:
        return Cell(None, NOT_APPLICABLE)
    return Cell(Decimal(part) * 100 / whole, places=1)


def measured(value: Decimal | None, places: int = 1) -> Cell:
    return Cell(value, places=places) if value is not None else Cell(None, NOT_COLLECTED)


def published(value: Decimal | None, places: int) -> Cell:
    return Cell(value, places=places) if value is not None else Cell(None, NOT_APPLICABLE)


def statistics(stats: Stats | None, withheld: bool, is_share: bool = False) -> list[Cell]:
    """n, mean and quartiles; symbols where too few or nobody gave a value.

    A share has no quartiles.
    """
    if withheld:
        return [Cell(None, WITHHELD)] * 5
    if stats is None:
        return [Cell(None, NOT_COLLECTED)] * 5
    if is_share:
        return [count(stats.n), Cell(stats.mean, places=1), *[Cell(None, NOT_APPLICABLE)] * 3]
    values = (stats.mean, stats.q1, stats.median, stats.q3)
    return [count(stats.n), *(Cell(value, places=1) for value in values)]
