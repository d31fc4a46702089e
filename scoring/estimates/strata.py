"""Strata: industry × size cells of a population, joined until each can carry an estimate.

A cell is *usable* with at least ``least`` respondents, no more of them than enterprises, and when
the round's tables show it. The rule, in this order (docs/estimates.md):

1. within an industry the size classes that are not usable are joined; while that is not enough,
   with the usable class nearest in size (of equally near ones that with fewer respondents);
2. what is not usable of an industry as a whole is joined within its section in the same way;
3. the same across sections.

What is joined is always all that a shown total counts beside shown cells and strata. So a stratum's
sum follows from the tables, and no estimate, by whatever population, tells more than they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[str, str]  # industry (division, section or "" = all), size ("" = all)
SIZES = ("large", "medium", "small", "micro", "")


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


def cell_of(chain: Sequence[str], size: str, cells: Container[Cell]) -> Cell | None:
    """The finest cell of a population that an enterprise stands in; None outside of it.

    ``chain`` is its industry's way up: ``C36, C, ""``.
    """
    places = ((trade, extent) for trade in chain for extent in dict.fromkeys((size, "")))
    return next((cell for cell in places if cell in cells), None)


def collapse(
    population: Mapping[Cell, int],
    n: Mapping[Cell, int],
    sections: Mapping[str, str],
    least: int,
    shown: Container[Cell] | None = None,
) -> list[Stratum]:
    """The strata of a population; all usable, or one that is not.

    ``n`` counts respondents of each cell, ``sections`` gives every division its section, ``shown``
    are the cells that the tables show (all of them when not given).
    """
    work = _Joining(least, shown)
    by_section: dict[str, list[_Part]] = defaultdict(list)
    for industry, cells in _by_industry(population, n).items():
        parts = work.joined([_Part(one, work.shows(min(one.cells))) for one in cells], industry)
        by_section[sections.get(industry, industry)] += parts
    above = [part for code, parts in by_section.items() for part in work.joined(parts, code)]
    found = [part.stratum for part in work.joined(above, "", last=True)]
    return sorted(found, key=lambda one: sorted(one.cells))


def _by_industry(population: Mapping[Cell, int], n: Mapping[Cell, int]) -> dict[str, list[Stratum]]:
    """Cells that have anybody, by industry."""
    found: dict[str, list[Stratum]] = defaultdict(list)
    for cell in sorted(population):
        if population[cell] or n.get(cell):
            one = Stratum(frozenset([cell]), population[cell], n.get(cell, 0))
            found[cell[0]].append(one)
    return found


def _nearness(one: Stratum, other: Stratum) -> tuple[int, tuple[int, list[Cell]]]:
    """How far their sizes lie apart, then the order of strata."""
    mine, theirs = ([SIZES.index(size) for _, size in each.cells] for each in (one, other))
    return min(abs(a - b) for a in mine for b in theirs), other.order


@dataclass(frozen=True)
class _Part:
    """``settled``: its sum follows from what is shown."""

    stratum: Stratum
    settled: bool


@dataclass(frozen=True)
class _Joining:
    least: int
    known: Container[Cell] | None

    def shows(self, cell: Cell) -> bool:
        return self.known is None or cell in self.known

    def joined(self, parts: list[_Part], code: str, *, last: bool = False) -> list[_Part]:
        """Join what is not usable below one total; what remains so is left to the next total."""
        good = [one for one in parts if one.settled and one.stratum.usable(self.least)]
        weak = [one for one in parts if one not in good]
        if not weak:
            return parts
        rest = weak[0].stratum
        for one in weak[1:]:
            rest |= one.stratum
        if not (last or self.shows((code, ""))):
            return [*good, _Part(rest, settled=False)]
        while good and not rest.usable(self.least):
            nearest = min(good, key=lambda one: _nearness(rest, one.stratum))
            good.remove(nearest)
            rest |= nearest.stratum
        return [*good, _Part(rest, settled=True)]
