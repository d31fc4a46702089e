"""The kinds of entries a catalogue file may list, each with its schema, in writing order."""

from __future__ import annotations

from questionnaires.catalogue.rule_schema import AdviceEntry, PolicyEntry
from questionnaires.catalogue.schema import (
    FigureEntry,
    GapEntry,
    IndicatorEntry,
    IndustryEntry,
    RegionEntry,
    SourceEntry,
    Strict,
)

ENTRIES: dict[str, type[Strict]] = {
    "sources": SourceEntry,
    "regions": RegionEntry,
    "industries": IndustryEntry,
    "indicators": IndicatorEntry,
    "figures": FigureEntry,
    "gaps": GapEntry,
    "policies": PolicyEntry,
    "advice": AdviceEntry,
}
