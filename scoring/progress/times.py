"""Where a period lies on the axis of time: from the end of one year to the end of another.

The year 2020 runs from 2019 to 2020, June 2019 ends at 2019 - 1/2. A target "by 2020" and a value
"of 2020" thus stand at the same moment, and a value of March 2025 stands before the target of 2025.
(The chart of an indicator's page puts a year at its beginning; here an order is needed.)
"""

from __future__ import annotations

import re
from fractions import Fraction

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<to>\d{4})|H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d\d))"
    r"(?:-\d\d)?)?"
)


def span(period: str) -> tuple[Fraction, Fraction]:
    """Beginning and end of a period: ``2017-2019`` → (2016, 2019), ``2017-H1`` → (2016, 2016½).

    ValueError names a period that is none of year, span of years, half-year, quarter or month.
    """
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"not a period: {period!r}")
    start = Fraction(int(found["year"]) - 1)
    if found["to"]:
        return start, Fraction(int(found["to"]))
    for name, parts in (("half", 2), ("quarter", 4), ("month", 12)):
        if found[name]:
            place = int(found[name])
            return start + Fraction(place - 1, parts), start + Fraction(place, parts)
    return start, start + 1


def moment(period: str) -> Fraction:
    """The end of a period: when what it says is known to hold."""
    return span(period)[1]


def is_within_year(period: str) -> bool:
    start, end = span(period)
    return end - start < 1


def year_of(at: Fraction) -> int:
    """The calendar year a moment closes or lies in: 2020 → 2020, 2019½ → 2020."""
    return -int(-at // 1)
