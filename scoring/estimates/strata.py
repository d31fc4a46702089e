"""Strata: industry × size cells of a population, joined until each can carry an estimate.

A stratum is *usable* with at least ``least`` respondents and no more of them than enterprises. The
rule, in this order (docs/estimates.md):

1. within an industry, an unusable size class is joined with the neighbouring class that has fewer
   respondents, until all are usable or the industry is one stratum;
2. industries that are unusable as a whole are joined within their section, and where that is not
   enough, with the stratum of the section that has the fewest respondents;
3. the same across sections.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Cell = tuple[str, str]  # industry (division, section or "" = all), size ("" = all)
SIZE_ORDER = ("large", "medium", "small", "micro", "")


@dataclass(frozen=True)
class Stratum:
    """Some cells taken together: ``population`` enterprises, ``n`` of which gave a value."""

    cells: frozenset[Cell]
    population: int
    n: int

    def usable(self, least: int) -> bool:
        return least <= self.n <= self.population

    def __or__(self, other: Stratum) -> Stratum:
        cells = self.cells | other.cells
        return Stratum(cells, self.population + other.population, self.n + other.n)

    @property
    def order(self) -> tuple[int, list[Cell]]:
        """Fewest respondents first; ties in the order of codes."""
        return self.n, sorted(self.cells)


def cell_of(industry: str, size: str, section: str, cells: Iterable[Cell]) -> Cell | None:
    """The finest cell of a population that an enterprise stands in; None outside of it."""
    known = cells if isinstance(cells, set | frozenset | dict) else set(cells)
    for trade in dict.fromkeys((industry, section, "")):
        for extent in dict.fromkeys((size, "")):
            if (trade, extent) in known:
                return trade, extent
    return None


def collapse(
    population: Mapping[Cell, int], n: Mapping[Cell, int], sections: Mapping[str, str], least: int
) -> list[Stratum]:
    """The strata of a population; all usable, or one that is not.

    ``n`` counts respondents of each cell, ``sections`` gives every division its section.
    """
    groups: dict[str, list[Stratum]] = defaultdict(list)
    for industry, size in sorted(population, key=lambda c: (c[0], SIZE_ORDER.index(c[1]))):
        cell = (industry, size)
        if population[cell] or n.get(cell):
            one = Stratum(frozenset([cell]), population[cell], n.get(cell, 0))
            groups[industry].append(one)
    joined = [one for sizes in groups.values() for one in _join_sizes(sizes, least)]
    joined = _join_within(joined, lambda one: _section(one, sections), least)
    return sorted(_join_within(joined, lambda one: "", least), key=lambda one: sorted(one.cells))


def _section(stratum: Stratum, sections: Mapping[str, str]) -> str:
    industry = min(stratum.cells)[0]
    return sections.get(industry, industry)


def _join_sizes(sizes: list[Stratum], least: int) -> list[Stratum]:
    """Join neighbours in the order of sizes."""
    sizes = list(sizes)
    while len(sizes) > 1:
        weak = [place for place, one in enumerate(sizes) if not one.usable(least)]
        if not weak:
            break
        place = min(weak, key=lambda at: sizes[at].n)
        beside = [at for at in (place - 1, place + 1) if 0 <= at < len(sizes)]
        other = min(beside, key=lambda at: sizes[at].n)
        first, second = sorted((place, other))
        sizes[first : second + 1] = [sizes[first] | sizes[second]]
    return sizes


def _join_within(
    strata: list[Stratum], name: Callable[[Stratum], str], least: int
) -> list[Stratum]:
    """Join unusable strata of one name, then with the smallest usable one where needed."""
    by_name: dict[str, list[Stratum]] = defaultdict(list)
    for one in strata:
        by_name[name(one)].append(one)
    return [one for group in by_name.values() for one in _join(group, least)]


def _join(group: list[Stratum], least: int) -> list[Stratum]:
    weak = [one for one in group if not one.usable(least)]
    good = sorted((one for one in group if one.usable(least)), key=lambda one: one.order)
    if not weak:
        return group
    together = weak[0]
    for one in weak[1:]:
        together |= one
    while good and not together.usable(least):
        together |= good.pop(0)
    return [*good, together]
