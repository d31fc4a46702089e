"""Estimates for every region of a round whose population is known, kept in ``RegionEstimate``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.conf import settings

from assessment.models import Round
from questionnaires.models import Indicator
from scoring.cells import Chains, chains
from scoring.estimates import guard
from scoring.estimates.columns import Column
from scoring.estimates.guard import Atoms
from scoring.estimates.measures import Measure, entry, estimate, measures_of, withheld
from scoring.estimates.precision import Limits
from scoring.estimates.respondents import Published, Respondents, read
from scoring.estimates.strata import Cell, Stratum, cell_of, collapse
from scoring.models import Population
from scoring.shape import definition_of, levels_of, nodes_of
from scoring.suppression import Key


def limits() -> Limits:
    """The settings; a stratum is never smaller than a cell that may be published."""
    least = max(settings.ESTIMATE_STRATUM, settings.MINIMUM_CELL)
    return Limits(settings.ESTIMATE_POINTS, settings.ESTIMATE_PERCENT, least)


def compute(round: Round, until: datetime) -> dict[str, dict[str, Any]]:
    """What may be shown of every region with a population, by its code, the topmost first."""
    ways = chains(round)
    populations = _populations(round, ways)
    if not populations:
        return {}
    found = read(round, ways, until)
    work = _Work(round, ways, found, populations)
    for column in found.columns:
        work.take(column)
    return work.data


def _populations(round: Round, ways: Chains) -> dict[str, list[Population]]:
    by_region: dict[str, list[Population]] = defaultdict(list)
    for row in Population.objects.filter(round=round).order_by("pk"):
        if row.region in ways[0]:
            by_region[row.region].append(row)
    return dict(sorted(by_region.items(), key=lambda pair: (len(ways[0][pair[0]]), pair[0])))


class _Work:
    """The regions of one round while their estimates are worked out, a column at a time."""

    def __init__(
        self,
        round: Round,
        ways: Chains,
        found: Respondents,
        populations: Mapping[str, list[Population]],
    ) -> None:
        self.found, self.limits = found, limits()
        self.published = Published(round, ways)
        self.sections = {code: way[-2] for code, way in ways[1].items() if len(way) > 1}
        definition = definition_of(round.instrument_version)
        nodes = nodes_of(definition)
        self.most = float(nodes[0].max) if nodes and nodes[0].max else float("inf")
        self.ranks = [level.rank for level in levels_of(definition)]
        self.roll_ups = dict(Indicator.objects.values_list("code", "roll_up"))
        self.regions = {
            code: _Region(rows, found, ways, code, self.sections)
            for code, rows in populations.items()
        }
        self.data = {code: region.about() for code, region in self.regions.items()}

    def take(self, column: Column) -> None:
        """Estimate a column's measures for every region."""
        given = ~np.isnan(column.values)
        shown, small = self.published.sides(column.name, self.found, given, settings.MINIMUM_CELL)
        least = self.limits.respondents
        strata = {
            code: region.strata(given, self.sections, least, shown)
            for code, region in self.regions.items()
        }
        offered = {
            code: [self._atoms(self.regions[code].members(one, given)) for one in found]
            for code, found in strata.items()
            if (code, "", "") in shown
        }
        allowed = guard.safe(list(shown.values()), small, offered)
        for measure in measures_of(column, self.roll_ups, self.most, self.ranks):
            for code, region in self.regions.items():
                self.data[code]["measures"][measure.name] = self._entry(
                    measure, region, strata[code], given, code in allowed
                )
        if column.kind == "total":
            for code, found in strata.items():
                self.data[code]["strata"] = [_as_json(one) for one in found]

    def _entry(
        self,
        measure: Measure,
        region: _Region,
        strata: Sequence[Stratum],
        given: np.ndarray,
        allowed: bool,
    ) -> dict[str, Any]:
        n = sum(one.n for one in strata)
        if not n:
            return withheld(measure.kind, 0, "none")
        if n < settings.MINIMUM_CELL or not allowed:
            return withheld(measure.kind, n, "small")
        if not all(one.usable(self.limits.respondents) for one in strata):
            return withheld(measure.kind, n, "strata")
        members = [(one.population, region.members(one, given)) for one in strata]
        return entry(measure, estimate(measure, members), self.limits)

    def _atoms(self, places: np.ndarray) -> Atoms:
        return frozenset(self.found.atom[places].tolist())


class _Region:
    """One region's population and which respondents stand in which of its cells."""

    def __init__(
        self,
        rows: Sequence[Population],
        found: Respondents,
        ways: Chains,
        code: str,
        sections: Mapping[str, str],
    ) -> None:
        self.rows, self.code = rows, code
        self.population: dict[Cell, int] = {(r.industry, r.size): r.enterprises for r in rows}
        inside = found.of_region(code, ways)
        places: dict[Cell, list[int]] = defaultdict(list)
        for place in inside:
            _, industry, size = found.keys[place]
            cell = cell_of(ways[1][industry], size, self.population)
            if cell is not None:
                places[cell].append(int(place))
        self.places = {cell: np.array(some, dtype=int) for cell, some in places.items()}
        self.outside = len(inside) - sum(len(some) for some in places.values())
        self.synthetic = bool(found.synthetic[inside].any())

    def about(self) -> dict[str, Any]:
        sources = dict.fromkeys((row.source, row.dated.isoformat()) for row in self.rows)
        return {
            "population": sum(self.population.values()),
            "respondents": sum(len(some) for some in self.places.values()),
            "outside": self.outside,
            "synthetic": self.synthetic or any(row.synthetic for row in self.rows),
            "sources": [list(one) for one in sources],
            "measures": {},
            "strata": [],
        }

    def strata(
        self, given: np.ndarray, sections: Mapping[str, str], least: int, shown: Container[Key]
    ) -> list[Stratum]:
        n = {cell: int(given[places].sum()) for cell, places in self.places.items()}
        own = {cell for cell in _totals(self.population, sections) if (self.code, *cell) in shown}
        return collapse(self.population, n, sections, least, own)

    def members(self, stratum: Stratum, given: np.ndarray) -> np.ndarray:
        """Places of a stratum's respondents that gave the value."""
        none = np.array([], dtype=int)
        places = [self.places.get(cell, none) for cell in sorted(stratum.cells)]
        together = np.concatenate([none, *places])
        chosen: np.ndarray = together[given[together]]
        return chosen


def _totals(population: Iterable[Cell], sections: Mapping[str, str]) -> set[Cell]:
    """The cells of a population and the totals above them."""
    cells = set(population)
    trades = {industry for industry, _size in cells}
    return cells | {(code, "") for one in trades for code in (one, sections.get(one, one), "")}


def _as_json(stratum: Stratum) -> dict[str, Any]:
    return {
        "cells": [list(cell) for cell in sorted(stratum.cells)],
        "population": stratum.population,
        "n": stratum.n,
    }
