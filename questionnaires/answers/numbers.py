"""Numbers as JSON gives them: never text, never true or false, never NaN."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

LARGEST = 10**15
MOST_DIGITS = 40


def read_number(value: Any) -> Decimal | None:
    """The number exactly as written, or None when it is none or beyond ±10^15."""
    if type(value) is int:  # most numbers are
        return Decimal(value) if -LARGEST <= value <= LARGEST else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal) and (not value.is_finite() or len(value.as_tuple().digits) > 400):
        return None
    size: Any = abs(value)
    if size > LARGEST:
        return None
    number: Decimal = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if len(number.as_tuple().digits) > MOST_DIGITS or decimals(number) > MOST_DIGITS:
        number = Decimal(repr(float(number)))  # more digits than any measurement has
    return number + 0 if number else Decimal(0)


def why_not(value: Any) -> str:
    """The code of what is wrong with a value that ``read_number`` refused."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "not_a_number"
    is_nan = value.is_nan() if isinstance(value, Decimal) else value != value
    return "not_a_number" if is_nan else "too_large"


def decimals(number: Decimal) -> int:
    """How many decimals it is written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def shortest(number: Decimal) -> Decimal:
    """Without trailing zeros, and as a double would keep it."""
    number = Decimal(repr(float(number))) if len(number.as_tuple().digits) > 15 else number
    return (
        number.to_integral_value() if number == number.to_integral_value() else number.normalize()
    )
