"""The shapes of targets over time: facts as published, and series that share a scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Text = Mapping[str, str]  # {zh, en}
Direction = Literal["higher", "lower", "neutral"]
PathKind = Literal["linear", "compound"]
EXACT = ("=", "≈")  # operators of a value that stands for a number, not for a bound


@dataclass(frozen=True)
class Fact:
    """One published figure: what the catalogue holds of it. ``base_year`` is of changes."""

    code: str
    kind: str  # target, observed
    form: str  # level, count, change, growth
    period: str
    value: Decimal
    high: Decimal | None = None
    operator: str = "="
    unit: str = ""
    base_year: int | None = None
    sector: str = ""
    indicator: str = ""
    source: str = ""


@dataclass(frozen=True)
class Subject:
    """What the facts are about. ``nature``: level, fall (a percentage by which something fell), or
    flow (counted anew in every period).
    """

    indicator: str
    unit: str = ""
    direction: Direction = "higher"
    nature: str = "level"


@dataclass(frozen=True)
class Scale:
    """What a series is measured on: a level in its unit, an index with the base year at 100, or
    the points gained since the base year.
    """

    kind: Literal["level", "index", "points"]
    unit: str = ""
    base: Fraction | None = None  # moment of the base, of a count its zero, None for a level


@dataclass(frozen=True)
class Point:
    """A value seen. ``derived`` names how it follows from the published one, "" when it is it.

    ``origin``: published, base (true by definition, e.g. base year = 100), round (this site's own
    collection, of ``n`` enterprises).
    """

    at: Fraction
    value: Decimal
    period: str
    operator: str = "="
    high: Decimal | None = None
    source: str = ""
    figure: str = ""
    origin: Literal["published", "base", "round"] = "published"
    derived: str = ""
    n: int | None = None
    title: str = ""
    synthetic: bool = False

    @property
    def is_exact(self) -> bool:
        return self.operator in EXACT and self.high is None


@dataclass(frozen=True)
class Aim:
    """A target on the scale of its series.

    ``starts`` is where its counting begins, if it counts from zero; ``grows_from`` the moment whose
    level an average growth starts from.
    """

    at: Fraction
    value: Decimal
    period: str
    operator: str = "="
    high: Decimal | None = None
    source: str = ""
    figure: str = ""
    derived: str = ""
    starts: Fraction | None = None
    grows_from: Fraction | None = None


@dataclass(frozen=True)
class Obstacle:
    """A published observation that cannot stand beside the targets, and what about it differs."""

    fact: Fact
    reason: str  # sector, unit, form, base, definition, period
    theirs: str = ""
    ours: str = ""


@dataclass(frozen=True)
class Series:
    """Targets and observations of one indicator, area and sector on one scale, in time order."""

    subject: Subject
    scale: Scale
    direction: Direction
    sector: str = ""
    aims: tuple[Aim, ...] = ()
    observed: tuple[Point, ...] = ()
    rivals: tuple[Point, ...] = ()  # other values published for a moment that has one already
    obstacles: tuple[Obstacle, ...] = ()
    rounds: tuple[Point, ...] = field(default=())

    @property
    def seen(self) -> list[Point]:
        """Published observations, without the base that holds by definition."""
        return [point for point in self.observed if point.origin == "published"]

    def breaks(self) -> list[Fraction]:
        """Moments at which the series changes its source, so that no line crosses them."""
        pairs = zip(self.observed, self.observed[1:], strict=False)
        return [
            b.at for a, b in pairs
            if a.source != b.source and "base" not in (a.origin, b.origin)
        ]  # fmt: skip
