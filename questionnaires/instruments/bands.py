"""Bands must not overlap, nor leave gaps inside the range of values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from questionnaires.instruments.fields import plain
from questionnaires.instruments.points import Interval
from questionnaires.instruments.problems import Path, Problem
from questionnaires.instruments.said import Said, say

INFINITE = Decimal("Infinity")


def value_range(part: Any) -> tuple[Decimal, Decimal]:
    """The least and greatest value a question or computed value can have."""
    kind = getattr(part, "kind", "computed")
    if kind == "ratio":
        return Decimal(0), INFINITE if part.above_whole else Decimal(100)
    if kind == "evidence":
        return Decimal(1), Decimal(part.max_files)
    if kind == "number":
        low = -INFINITE if part.min is None else part.min
        return low, INFINITE if part.max is None else part.max
    return -INFINITE, INFINITE


def _decimals(part: Any) -> int | None:
    kind = getattr(part, "kind", "")
    return 0 if kind == "evidence" else part.decimals if kind == "number" else None


def check_bands(path: Path, part: Any) -> Iterator[Problem]:
    """Faults of one list of bands: overlaps, gaps, values of the range that no band covers."""
    bands = sorted(
        ((band.range, index) for index, band in enumerate(part.points.bands)),
        key=lambda item: (item[0].low, not item[0].low_closed, item[0].high),
    )
    low, high = value_range(part)
    reached, closed = low, False  # all values below ``reached`` are covered
    for band, index in bands:
        here = (*path, index, "interval")
        if _overlaps(band, reached, closed, low, index == bands[0][1]):
            yield Problem(
                here, "bands_overlap", say("bands that share no value"), say("move an end")
            )
        elif _gap(band, reached, closed, part):
            fix = _cover(reached, band.low)
            yield Problem(here, "band_gap", say("no gap between bands"), fix)
        if (band.high, band.high_closed) > (reached, closed):
            reached, closed = band.high, band.high_closed
    if reached < high or (reached == high and not closed and high.is_finite()):
        place = (*path, bands[-1][1], "interval")
        yield Problem(place, "band_gap", say("every value in a band"), _cover(reached, high))


def _cover(low: Decimal, high: Decimal) -> Said:
    return say("cover the values from %(low)s to %(high)s", low=_end(low), high=_end(high))


def _end(number: Decimal) -> str:
    return plain(number) if number.is_finite() else ("inf" if number > 0 else "-inf")


def _overlaps(band: Interval, reached: Decimal, closed: bool, low: Decimal, first: bool) -> bool:
    if first:
        return False
    return band.low < reached or (band.low == reached and band.low_closed and closed)


def _gap(band: Interval, reached: Decimal, closed: bool, part: Any) -> bool:
    """Whether a possible value lies between what is covered and where the band begins."""
    if band.low < reached or (band.low == reached and (band.low_closed or closed)):
        return False
    if band.low == reached and not band.low.is_finite():
        return False
    decimals = _decimals(part)
    if decimals is None or not (reached.is_finite() and band.low.is_finite()):
        return True
    step = Decimal(1).scaleb(-decimals)
    first = (reached / step).to_integral_value(rounding="ROUND_CEILING") * step
    if first == reached and closed:
        first += step
    return first < band.low or (first == band.low and not band.low_closed)
