"""Where the marks of one row of dots stand on a scale from 0 to 100 %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.model import Dimension
from scoring.numbers import Stats


@dataclass(frozen=True)
class Marks:
    """Positions as CSS percentages; ``None`` where there is nothing to draw."""

    own: str | None
    start: str | None  # first quartile
    width: str | None  # to the third
    median: str | None
    target: str | None
    mean: str | None = None


def at(value: Decimal | None) -> str | None:
    """A position, clamped to the scale, with a point in every language."""
    if value is None:
        return None
    clamped = min(max(value, Decimal(0)), Decimal(100))
    return f"{clamped:.2f}%"


def group_marks(stats: Stats | None, top: Decimal = Decimal(100)) -> Marks | None:
    """A group's row: its quartiles, median and mean as shares of ``top``."""
    if stats is None or not top:
        return None
    scale = Decimal(100) / top
    return Marks(
        own=None,
        start=at(stats.q1 * scale),
        width=at((stats.q3 - stats.q1) * scale),
        median=at(stats.median * scale),
        target=None,
        mean=at(stats.mean * scale),
    )


def marks(row: Dimension) -> Marks:
    cohort = row.cohort
    return Marks(
        own=at(row.percent),
        start=at(cohort.q1) if cohort else None,
        width=at(cohort.q3 - cohort.q1) if cohort else None,
        median=at(cohort.median) if cohort else None,
        target=at(row.target),
    )
