"""The shapes a dashboard shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from scoring.numbers import Stats, Text
from scoring.targets import Comparison


@dataclass(frozen=True)
class Counts:
    """Taking part, in enterprises. These are shown for every cell, however small."""

    invited: int = 0
    started: int = 0
    submitted: int = 0
    scored: int = 0


@dataclass(frozen=True)
class LevelCount:
    rank: int  # 0 = no level
    name: Text
    n: int
    share: Decimal  # percent of the scored


@dataclass(frozen=True)
class Measure:
    """Something with a distribution: the total, a node (percent of its maximum), an indicator.

    ``stats`` is None when nobody gave a value (``withheld`` false) or too few did (true). Of a
    quantity that enterprises answer with yes or no (``is_share``) the mean is the share of yes in
    percent, and quartiles mean nothing.
    """

    code: str  # "total", a node's code, or an indicator's code
    kind: str  # total, node, indicator
    title: Text
    unit: str
    max: Decimal | None
    stats: Stats | None
    withheld: bool
    depth: int = 0
    is_share: bool = False


@dataclass(frozen=True)
class Cell:
    """One row of a table for the chosen measure.

    ``state``: shown, withheld (too few, or would give a small neighbour away), none (no scored
    enterprise). ``reason`` says which in words. ``stats.mean`` is the value to show.
    """

    code: str
    name: Text
    counts: Counts
    stats: Stats | None
    withheld: bool
    state: str
    reason: Text


@dataclass(frozen=True)
class ProfileLine:
    indicator: str
    name: Text
    unit: str
    value: Decimal
    year: int
    group: Text  # groups around the indicator in its system, from the outside in; may be empty
    source: Text
    source_code: str
    locator: str
    figure: str


@dataclass(frozen=True)
class ReferenceProfile:
    """All observed figures of one area and source, e.g. a published provincial index."""

    area: str
    area_name: Text
    own_region: bool  # False: borrowed from another region, and to be named as such
    source: Text
    source_code: str
    lines: list[ProfileLine]


@dataclass(frozen=True)
class RoundView:
    round_id: int
    region: str
    region_name: Text
    industry: str  # section code, "" = all
    size: str  # "" = all
    minimum: int  # smallest published cell
    synthetic: bool
    computed_at: datetime | None  # None: nothing computed yet
    counts: Counts
    withheld: bool  # the chosen cell itself is withheld: levels and stats are empty
    reason: Text
    levels: list[LevelCount] | None
    level_count: int
    total: Measure
    nodes: list[Measure]  # in the order of the tree, root left out
    indicators: list[Measure]
    measure: Measure  # the chosen one, which the tables show
    by_region: list[Cell]
    by_industry: list[Cell]
    by_size: list[Cell]
    figures: list[Comparison]  # the region's values beside published targets and observations
    profile: ReferenceProfile | None
    counted: Text = field(default_factory=dict)  # who is counted where not all submitted are
    levels_withheld: bool = False  # though the cell is shown: nearly all reached the same
