"""What is to be computed: tree, indicators, and each step's method. Checked by whoever makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scoring.index.arrays import Floats, Ints
from scoring.index.tree import Tree

RAW, DENOMINATED, IMPUTED = "raw", "denominated", "imputed"


@dataclass(frozen=True)
class Indicator:
    """``target``, ``lower`` and ``upper`` are in the indicator's own unit."""

    code: str
    direction: int = 1
    denominator: str | None = None
    scale: float = 1.0
    target: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Screen:
    """``on`` is the table the shares are counted in: raw, denominated or imputed."""

    available: float | None = None
    nonzero: float | None = None
    on: str = DENOMINATED
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True)
class Impute:
    method: str = "none"
    group: str | None = None


@dataclass(frozen=True)
class Treat:
    """Parameters of ``treat.treat``; ``method`` "none" leaves the indicator alone."""

    points: int | None = 5
    skewness: float = 2.0
    kurtosis: float = 3.5
    log: str | None = "log_ct"
    log_winsorised: bool = False
    method: str = "winsorise"


@dataclass(frozen=True)
class Normalise:
    """A function of ``normalise.METHODS`` and its parameters but direction and target values."""

    method: str = "minmax"
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Weigh:
    """``given``, or a function of ``scoring.index.weights`` with its parameters.

    AHP's comparisons are the parameter ``matrix``.
    """

    method: str = "given"
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """A whole index. ``weights`` (codes,) are the given ones, relative within a parent.

    A step that is None is not carried out. ``treat_by`` and ``normalise_by`` hold what differs for
    single indicators; ``weigh``, ``methods`` and ``availability`` have one entry a node, in the
    order of ``tree.nodes``.
    """

    tree: Tree
    indicators: tuple[Indicator, ...]
    weights: Floats
    weigh: tuple[Weigh, ...]
    methods: tuple[str, ...]
    availability: tuple[float, ...]
    denominate: bool = False
    screen: Screen | None = None
    impute: Impute | None = None
    treat: Treat | None = None
    treat_by: Mapping[str, Treat] = field(default_factory=dict)
    normalise: Normalise | None = field(default_factory=Normalise)
    normalise_by: Mapping[str, Normalise] = field(default_factory=dict)

    @property
    def directions(self) -> Floats:
        return np.array([float(indicator.direction) for indicator in self.indicators])


@dataclass(frozen=True)
class Table:
    """Units × indicators. ``values`` (units, indicators), columns in the recipe's order.

    A row is a unit, or a unit in one year when ``times`` is given. ``denominators`` and ``groups``
    are columns by name, (units,).
    """

    units: tuple[str, ...]
    values: Floats
    names: tuple[str, ...] | None = None
    times: tuple[str, ...] | None = None
    denominators: Mapping[str, Floats] = field(default_factory=dict)
    groups: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)

    def rows(self, kept: Ints) -> Table:
        """Only the rows at these places."""
        return Table(
            tuple(self.units[row] for row in kept),
            self.values[kept],
            self.names and tuple(self.names[row] for row in kept),
            self.times and tuple(self.times[row] for row in kept),
            {name: column[kept] for name, column in self.denominators.items()},
            {name: tuple(column[row] for row in kept) for name, column in self.groups.items()},
        )
