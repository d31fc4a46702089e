"""Changes, bases and growth: exact conversions, each of which a result must name.

Percentages are numbers like 18 (for 18 %). A fall of 18 % and one of 34 %, both against 2015, leave
82 and 66 of 100; from the one to the other it is 66/82 − 1 = −19.5 %, not −16.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

HUNDRED = Decimal(100)
PLACES = Decimal("0.000000000001")  # of computed values; published ones keep their own


def index_of(change: Decimal, *, fell: bool = False) -> Decimal:
    """What is left of 100 after a change: +5 → 105; a fall of 18 → 82."""
    return HUNDRED - change if fell else HUNDRED + change


def change_of(index: Decimal, *, fell: bool = False) -> Decimal:
    """The change that an index stands for: 82 → −18, or a fall of 18."""
    return HUNDRED - index if fell else index - HUNDRED


def change_between(earlier: Decimal, later: Decimal) -> Decimal:
    """Percent from one value (or index) to another. ZeroDivisionError from nothing."""
    if not earlier:
        raise ZeroDivisionError("a change from zero has no percentage")
    return rounded(Fraction(later) / Fraction(earlier) * 100 - 100)


def rebase(change: Decimal, of_new_base: Decimal) -> Decimal:
    """A change against an old base, told against a new one.

    ``of_new_base`` is the new base year's own change against the old base: −34 with −18 → −19.5.
    """
    return change_between(index_of(of_new_base), index_of(change))


def grown(start: Decimal, rate: Decimal, years: Fraction) -> Decimal:
    """A level after growing ``rate`` percent a year: 100 at 7.5 for five years → 143.56."""
    factor = 1 + rate / HUNDRED
    if factor <= 0:
        raise ValueError("a fall of 100 % or more a year leaves nothing to grow")
    return rounded(start * factor ** _decimal(years))


def yearly_rate(start: Decimal, end: Decimal, years: Fraction) -> Decimal | None:
    """Average compound growth in percent a year; None where the signs or the time allow none."""
    if start <= 0 or end <= 0 or years <= 0:
        return None
    return rounded(((end / start) ** (1 / _decimal(years)) - 1) * HUNDRED)


def chained(rates: Iterable[Decimal]) -> Decimal:
    """The index (start = 100) after a row of growth rates, one a year."""
    index = HUNDRED
    for rate in rates:
        index *= 1 + rate / HUNDRED
    return index


def rounded(value: Decimal | Fraction) -> Decimal:
    """To twelve decimals: what a computed value keeps and is compared by."""
    number = _decimal(value) if isinstance(value, Fraction) else value
    return number.quantize(PLACES).normalize() + 0 if abs(number) < Decimal(10) ** 14 else number


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
