"""One series over years, with the years in which its definition changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import isnan

from scoring.index.tree import Tree


@dataclass(frozen=True)
class Series:
    """``values[i]`` belongs to ``years[i]`` (rising); NaN is unknown.

    A break in year y means: values from y on are not comparable with values before y.
    """

    years: tuple[int, ...]
    values: tuple[float, ...]
    breaks: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.years) != len(self.values) or list(self.years) != sorted(set(self.years)):
            raise ValueError("A series needs one value for each of its years, in rising order.")

    def break_between(self, start: int, end: int) -> int | None:
        """The first break after ``start`` and not after ``end``."""
        return min((year for year in self.breaks if start < year <= end), default=None)

    def known(self) -> list[tuple[int, float]]:
        """Years and values, without the unknown."""
        pairs = zip(self.years, self.values, strict=True)
        return [(year, value) for year, value in pairs if not isnan(value)]


def segments(series: Series) -> tuple[Series, ...]:
    """The stretches between breaks, each comparable within itself; those without years fall out."""
    edges = [None, *sorted(series.breaks), None]
    found = []
    for start, end in pairwise(edges):
        kept = [
            place
            for place, year in enumerate(series.years)
            if (start is None or year >= start) and (end is None or year < end)
        ]
        if kept:
            years = tuple(series.years[place] for place in kept)
            found.append(Series(years, tuple(series.values[place] for place in kept)))
    return tuple(found)


def breaks_of_nodes(tree: Tree, breaks: Mapping[str, Iterable[int]]) -> dict[str, frozenset[int]]:
    """Breaks of every code: a break of an indicator is one of each node above it.

    However small its weight: how much of a change came from the new definition is not known.
    """
    found: dict[str, set[int]] = {code: set() for code in tree.codes}
    for code, years in breaks.items():
        place = tree.position[code]
        while place >= 0:
            found[tree.codes[place]] |= set(years)
            place = int(tree.parents[place])
    return {code: frozenset(years) for code, years in found.items()}
