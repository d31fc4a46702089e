"""The yearly pace so far beside the pace still needed: in units a year, and in percent a year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.progress.bases import rounded, yearly_rate


@dataclass(frozen=True)
class Pace:
    """Steps a year, as differences and as compound percentages; None where there is none.

    So far: between ``since`` and ``until``. Needed: from ``until`` to ``due``.
    """

    so_far: Decimal | None
    needed: Decimal | None
    rate_so_far: Decimal | None
    rate_needed: Decimal | None
    since: str = ""
    until: str = ""
    due: str = ""


@dataclass(frozen=True)
class Mark:
    """A value at a moment, with the period to name it by."""

    at: Fraction
    value: Decimal
    period: str


def pace(first: Mark | None, latest: Mark, goal: Mark) -> Pace:
    """Without a first value (or with the latest alone) there is no pace so far; after the due
    moment there is none needed.
    """
    so_far = None if first is None else _step(first, latest)
    rate = None if first is None else _rate(first, latest)
    since = first.period if first is not None and so_far is not None else ""
    return Pace(
        so_far, _step(latest, goal), rate, _rate(latest, goal), since, latest.period, goal.period
    )


def _step(a: Mark, b: Mark) -> Decimal | None:
    return rounded((Fraction(b.value) - Fraction(a.value)) / (b.at - a.at)) if b.at > a.at else None


def _rate(a: Mark, b: Mark) -> Decimal | None:
    return yearly_rate(a.value, b.value, b.at - a.at)
