"""Whole numbers of millionths: exact sums, and rounding half away from zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

ONE = 10**6
_INT64 = 2**62


def whole_type(bound: int) -> type[pl.Int64] | type[pl.Int128]:
    """The narrowest integer type that holds sums and products up to ``bound``."""
    return pl.Int64 if bound < _INT64 else pl.Int128


def divided(dividend: pl.Expr, divisor: pl.Expr | int, bound: int) -> pl.Expr:
    """``dividend / divisor`` to the nearest whole number, halves up; neither is negative.

    ``bound`` is the largest value the dividend or divisor can have.
    """
    kind = whole_type(2 * bound + 2)
    over = dividend.cast(kind)
    under = pl.lit(divisor, dtype=kind) if isinstance(divisor, int) else divisor.cast(kind)
    return ((over * 2 + under) // (under * 2)).cast(pl.Int64)


def to_millionths(value: pl.Expr) -> pl.Expr:
    """A double in millionths, half away from zero, forgiving what binary arithmetic added."""
    grown = (value.abs() * 1e6).round(3)
    return ((grown + 0.5).floor() * value.sign()).cast(pl.Int64)


def as_double(millionths: pl.Expr) -> pl.Expr:
    """The double nearest to the decimal. The divisor is made a column: dividing by a constant
    multiplies by its reciprocal, which is not exact."""
    value = millionths.cast(pl.Float64)
    return value / (value * 0.0 + 1e6)


def plain(millionths: int | None) -> int | float | None:
    """A JSON number: 10, not 10.0; at most six decimals, written exactly."""
    if millionths is None:
        return None
    whole, rest = divmod(millionths, ONE)
    return whole if rest == 0 else float(Decimal(millionths).scaleb(-6))


def text(millionths: int) -> str:
    """The shortest decimal text."""
    number = format(Decimal(millionths).scaleb(-6), "f")
    return number.rstrip("0").rstrip(".") if "." in number else number


def rounded(value: float | None) -> int | float | None:
    """A double as a JSON number of at most six decimals."""
    if value is None:
        return None
    number = round(Decimal(repr(value)), 6) if abs(value) < 1e15 else Decimal(repr(value))
    return int(number) if number == number.to_integral_value() else float(number)


Compiled = dict[str, Any]
