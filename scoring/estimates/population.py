"""Checking, comparing and loading the population of a round. Two steps, one transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AuditEvent, Round
from questionnaires.models import Industry, Region
from scoring.estimates import population_file, population_rules
from scoring.estimates.population_file import Cell, Known, Row
from scoring.models import Population
from scoring.uploads import Fault, decode

LARGEST = 4 * 1024 * 1024  # bytes of an uploaded table


@dataclass
class Plan:
    """What loading would do to the round; ``faults`` mean that it will do nothing."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)  # before, after
    removed: list[Row] = field(default_factory=list)
    same: int = 0

    @property
    def regions(self) -> list[str]:
        return sorted({row.region for row in self.rows})


def known_of(round: Round, allowed: Collection[str] | None = None) -> Known:
    """What a table of this round may name; ``allowed`` limits the regions (None: all of them)."""
    rows = list(Region.objects.filter(path__startswith=round.region.path).order_by("path"))
    by_path = {row.path: row.code for row in rows}
    start, step = len(round.region.path), Region.steplen
    ways = {
        row.code: tuple(by_path[row.path[:end]] for end in range(len(row.path), start - 1, -step))
        for row in rows
    }
    industries = dict(Industry.objects.values_list("code", "section"))
    mine = {c: way for c, way in ways.items() if allowed is None or c in allowed}
    return Known(mine, industries, frozenset(set(ways) - set(mine)))


def plan(round: Round, data: bytes, file: str, allowed: Collection[str] | None = None) -> Plan:
    """Read a table and compare it with what is stored. Nothing is written."""
    if len(data) > LARGEST:
        return Plan(faults=[Fault(file, 1, "", _("The file is larger than 4 MB: split it."))])
    text = decode(data)
    if text is None:
        message = _("The file is not text: save it as CSV (UTF-8).")
        return Plan(faults=[Fault(file, 1, "", message)])
    known = known_of(round, allowed)
    reading = population_file.read(text, file, known)
    faults = reading.faults or population_rules.check(reading, file, known)
    if faults:
        return Plan(faults=faults)
    return _compared(round, reading.rows)


def stored(round: Round) -> list[Row]:
    """The population of a round, by region and industry."""
    found = Population.objects.filter(round=round).order_by("region", "industry", "size")
    names = ("region", "industry", "size", "enterprises", "source", "dated", "synthetic")
    return [Row(*values) for values in found.values_list(*names)]


def _compared(round: Round, rows: list[Row]) -> Plan:
    """A region of the table replaces what is stored for it; other regions stay."""
    new = {row.cell: row for row in rows}
    regions = {row.region for row in rows}
    old: dict[Cell, Row] = {row.cell: row for row in stored(round) if row.region in regions}
    both = [(old[cell], row) for cell, row in new.items() if cell in old]
    return Plan(
        rows=rows,
        added=[row for cell, row in new.items() if cell not in old],
        changed=[(before, after) for before, after in both if before != after],
        removed=[row for cell, row in old.items() if cell not in new],
        same=sum(before == after for before, after in both),
    )


@transaction.atomic
def load(round: Round, found: Plan, actor: Any) -> int:
    """Write a plan without faults; returns the number of rows. ``actor`` may be None."""
    if found.faults:
        raise ValueError("a table with faults is not loaded")
    now = timezone.now()
    Round.unguarded.select_for_update(no_key=True).get(pk=round.pk)
    Population.objects.filter(round=round, region__in=found.regions).delete()
    Population.objects.bulk_create(
        (
            Population(
                round=round,
                region=row.region,
                industry=row.industry,
                size=row.size,
                enterprises=row.enterprises,
                source=row.source,
                dated=row.dated,
                synthetic=row.synthetic,
                loaded_at=now,
                loaded_by=actor,
            )
            for row in found.rows
        ),
        batch_size=500,
    )
    AuditEvent.record(
        "population.loaded", actor, round, rows=len(found.rows), regions=len(found.regions)
    )
    return len(found.rows)
