"""How an answer earns points: options, bands, lines and expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from questionnaires.instruments.fields import (
    ExpressionText,
    Number,
    Part,
    Points,
    _number,
    plain,
)
from questionnaires.instruments.problems import wrong
from questionnaires.instruments.said import say

_INTERVAL = re.compile(r"\s*([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])\s*")
_AN_INTERVAL = (say("an interval like [0,10] or (60,inf)"), say("write it so, in quotes"))
_ENDS = {"-inf": Decimal("-Infinity"), "inf": Decimal("Infinity"), "+inf": Decimal("Infinity")}


@dataclass(frozen=True)
class Interval:
    """A stretch of numbers; an infinite end is never included."""

    low: Decimal
    high: Decimal
    low_closed: bool
    high_closed: bool


def read_interval(text: str) -> Interval:
    """Read ``[0,10]``, ``(60,inf)`` and the like. Raises a problem when it is no interval."""
    found = _INTERVAL.fullmatch(text)
    if not found:
        raise wrong("bad_interval", *_AN_INTERVAL)
    opening, low, high, closing = found.groups()
    ends = [_ENDS[end] if end in _ENDS else _number(end) for end in (low, high)]
    interval = Interval(
        ends[0],
        ends[1],
        opening == "[" and ends[0].is_finite(),
        closing == "]" and ends[1].is_finite(),
    )
    point = interval.low == interval.high and interval.low_closed and interval.high_closed
    if not (interval.low < interval.high or point):
        expected = say("an interval with something in it")
        raise wrong("empty_interval", expected, say("put the lower end first"))
    return interval


def _interval(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 100:
        raise wrong("bad_interval", *_AN_INTERVAL)
    found = read_interval(value)
    low = plain(found.low) if found.low.is_finite() else "-inf"
    high = plain(found.high) if found.high.is_finite() else "inf"
    return f"{'[' if found.low_closed else '('}{low},{high}{']' if found.high_closed else ')'}"


class Band(Part):
    """One stretch of values and the points it earns."""

    interval: Annotated[str, BeforeValidator(_interval)]
    points: Points

    @property
    def range(self) -> Interval:
        return read_interval(self.interval)


class BandPoints(Part):
    bands: tuple[Band, ...] = Field(min_length=1, max_length=100)

    @property
    def max(self) -> Decimal:
        return max(band.points for band in self.bands)


class Line(Part):
    """No points at ``worst``, all at ``best``, a straight line between, clamped."""

    worst: Number
    best: Number
    points: Points


def _line(line: Line) -> Line:
    if line.worst == line.best:
        expected = say("worst and best to differ")
        raise wrong("flat_line", expected, say("change worst or best"))
    return line


class LinearPoints(Part):
    linear: Annotated[Line, AfterValidator(_line)]

    @property
    def max(self) -> Decimal:
        return self.linear.points


class ExpressionPoints(Part):
    """Points by formula, clamped to 0 … ``max``; null counts as unanswered."""

    expression: ExpressionText
    max: Points


class YesNoPoints(Part):
    yes: Points = Decimal(0)
    no: Points = Decimal(0)

    @property
    def max(self) -> Decimal:
        return max(self.yes, self.no)


def _unquoted_words(value: Any) -> Any:
    """YAML reads the bare keys ``yes`` and ``no`` as true and false; take them as meant."""
    if not isinstance(value, Mapping):
        return value
    return {
        {True: "yes", False: "no"}.get(k, k) if isinstance(k, bool) else k: v
        for k, v in value.items()
    }


def _which(value: Any) -> str | None:
    if isinstance(value, Part):
        return type(value).__name__
    if not isinstance(value, Mapping):
        return None
    for key, name in _BY_KEY.items():
        if key in value:
            return name
    return None


_BY_KEY = {"bands": "BandPoints", "linear": "LinearPoints", "expression": "ExpressionPoints"}

ValuePoints = Annotated[
    Annotated[BandPoints, Tag("BandPoints")]
    | Annotated[LinearPoints, Tag("LinearPoints")]
    | Annotated[ExpressionPoints, Tag("ExpressionPoints")],
    Discriminator(_which),
]


def _yes_no_or_formula(value: Any) -> str | None:
    return _which(value) or ("YesNoPoints" if isinstance(value, Mapping) else None)


AnyYesNoPoints = Annotated[
    Annotated[YesNoPoints, Tag("YesNoPoints")]
    | Annotated[ExpressionPoints, Tag("ExpressionPoints")],
    Discriminator(_yes_no_or_formula),
    BeforeValidator(_unquoted_words),
]
