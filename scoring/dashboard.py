"""What an officer sees of a round: read from its aggregates, never from single results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform

from assessment.models import Round
from questionnaires.instruments.definition import Definition
from questionnaires.models import Indicator, Industry, Region
from scoring.areas import children
from scoring.cells import SIZES as SIZE_CODES
from scoring.models import RoundAggregate
from scoring.numbers import Stats, Text, decimal
from scoring.profiles import reference_profile
from scoring.round_view import (
    Cell,
    Counts,
    LevelCount,
    Measure,
    ProfileLine,
    ReferenceProfile,
    RoundView,
)
from scoring.shape import definition_of, indicators_of, levels_of, nodes_of
from scoring.targets import Comparison, compare, roll_up
from scoring.words import SIZES, sentence

__all__ = [
    "Cell",
    "Counts",
    "LevelCount",
    "Measure",
    "ProfileLine",
    "ReferenceProfile",
    "RoundView",
    "overview",
    "stats_of",
]

Entry = Mapping[str, Any]
NAMES = ("invited", "started", "submitted", "scored")


def overview(
    round: Round, region: Region, industry: str = "", size: str = "", measure: str = "total"
) -> RoundView:
    """Everything a dashboard of ``region`` (the round's or one below it) shows.

    ``industry`` is a section or division code, ``size`` a size class, "" meaning all. ``measure``
    is "total", a node's or an indicator's code; an unknown one means "total". The number of
    queries does not depend on how many enterprises answered.
    """
    definition = definition_of(round.instrument_version)
    own = RoundAggregate.objects.filter(
        round=round, region=region.code, industry=industry, size=size
    ).first()
    own = own or RoundAggregate(round=round, region=region.code, industry=industry, size=size)
    indicators = _indicators(definition)
    measures = _measures(definition, own, indicators)
    chosen = measures.get(measure, measures["total"])
    tables = _Tables(round, region, industry, size, chosen)
    shown = _is_shown(own)
    return RoundView(
        round_id=round.pk,
        region=region.code,
        region_name=region.name,
        industry=industry,
        size=size,
        minimum=settings.MINIMUM_CELL,
        synthetic=round.synthetic or bool(own.statistics.get("synthetic")),
        computed_at=own.computed_at,
        counts=_counts({name: getattr(own, name) for name in NAMES}),
        withheld=bool(own.scored) and not shown,
        reason={} if shown else _reason(own.scored, own.statistics),
        levels=_levels(definition, own) if shown else None,
        levels_withheld=shown and "withheld" in own.statistics.get("levels", {}),
        level_count=max(len(levels_of(definition)) - 1, 0),
        total=measures["total"],
        nodes=[m for m in measures.values() if m.kind == "node"],
        indicators=[m for m in measures.values() if m.kind == "indicator"],
        measure=chosen,
        by_region=tables.by_region(),
        by_industry=tables.by_industry(),
        by_size=tables.by_size(),
        figures=_figures(round, region, indicators, measures),
        profile=reference_profile(region),
        counted=_who_counts(round, own),
    )


def _who_counts(round: Round, cell: RoundAggregate) -> Text:
    """That only verified submissions count here, and how many of how many; empty where all do."""
    if not round.counts_verified_only:
        return {}
    return sentence("only_verified", n=f"{cell.scored:,}", submitted=f"{cell.submitted:,}")


def _is_shown(cell: RoundAggregate) -> bool:
    """Whether a cell may be shown at all; the setting may have been raised since it was made."""
    return int(cell.statistics.get("counted", 0)) >= settings.MINIMUM_CELL


def _counts(row: Mapping[str, Any]) -> Counts:
    return Counts(**{name: row[name] for name in NAMES})


def _reason(scored: int, statistics: Entry) -> Text:
    """Why there is nothing to show; empty when there is."""
    if not scored:
        return sentence("cell_none")
    if not {"withheld", "counted"} & set(statistics):
        return sentence("cell_waiting", minimum=settings.MINIMUM_CELL)
    complementary = statistics.get("withheld") == "complementary"
    if complementary and scored >= settings.MINIMUM_CELL:
        return sentence("cell_complementary")
    return sentence("cell_small", minimum=settings.MINIMUM_CELL)


def _levels(definition: Definition, cell: RoundAggregate) -> list[LevelCount] | None:
    ranks = levels_of(definition)
    stored = cell.statistics.get("levels", {})
    if "withheld" in stored:
        return None
    counts = {int(rank): n for rank, n in stored.items()}
    known = sum(counts.values())
    if not ranks or not known:
        return None
    return [
        LevelCount(
            level.rank,
            level.name,
            counts.get(level.rank, 0),
            decimal(100 * counts.get(level.rank, 0) / known),
        )
        for level in ranks
    ]


def _indicators(definition: Definition) -> list[Indicator]:
    codes = indicators_of(definition)
    found = {i.code: i for i in Indicator.objects.filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def _measures(
    definition: Definition, cell: RoundAggregate, indicators: Iterable[Indicator]
) -> dict[str, Measure]:
    """Everything with a distribution, by code: the total, the nodes, the indicators."""
    nodes = nodes_of(definition)
    most = nodes[0].max if nodes else None
    title = {"zh": "总分", "en": "Total"}
    total = Measure("total", "total", title, "", most, None, False)
    found = [_filled(total, cell, cell.statistics.get("total"))]
    stored = cell.statistics.get("nodes", {})
    for node in nodes[1:]:
        one = Measure(node.code, "node", node.title, "%", Decimal(100), None, False, node.depth)
        found.append(_filled(one, cell, stored.get(node.code)))
    stored = cell.statistics.get("indicators", {})
    for indicator in indicators:
        is_share = indicator.roll_up == "share_of_firms"
        one = Measure(
            indicator.code, "indicator", indicator.name, "%" if is_share else indicator.unit,
            None, None, False, is_share=is_share,
        )  # fmt: skip
        found.append(_filled(one, cell, stored.get(indicator.code)))
    by_code: dict[str, Measure] = {}
    for one in found:  # the total, then nodes, have the right of way over an equal code
        by_code.setdefault(one.code, one)
    return by_code


def _filled(measure: Measure, cell: RoundAggregate, entry: Entry | None) -> Measure:
    stats = _stats(entry, measure) if _is_shown(cell) else None
    withheld = bool(cell.scored) and (not _is_shown(cell) or bool(entry and stats is None))
    return replace(measure, stats=stats, withheld=withheld)


def _stats(entry: Entry | None, measure: Measure | None = None) -> Stats | None:
    """A stored distribution, unless it is withheld or too small by today's setting."""
    if not entry or entry.get("n", 0) < settings.MINIMUM_CELL:
        return None
    stats = Stats.from_json(entry)
    return replace(stats, mean=stats.share) if measure and measure.is_share else stats


def stats_of(cell: RoundAggregate, indicator: str) -> Stats | None:
    """The distribution a cell shows of an indicator; None where it is withheld or has none."""
    return _stats(cell.statistics.get("indicators", {}).get(indicator)) if _is_shown(cell) else None


class _Tables:
    """The chosen measure by region, industry and size, from one query."""

    def __init__(
        self, round: Round, region: Region, industry: str, size: str, measure: Measure
    ) -> None:
        self.key, self.measure = (region.code, industry, size), measure
        self.regions = children(region)
        self.industries = list(_below(industry))
        codes = [child.code for child in self.regions]
        trades = [child.code for child in self.industries]
        wanted = (
            Q(region__in=codes, industry=industry, size=size)
            | Q(region=region.code, industry__in=trades, size=size)
            | Q(region=region.code, industry=industry, size__in=SIZE_CODES)
        )
        rows = RoundAggregate.objects.filter(wanted, round=round).annotate(
            entry=_path(measure),
            withheld=F("statistics__withheld"),
            counted=F("statistics__counted"),
        )
        fields = ("region", "industry", "size", *NAMES, "entry", "withheld", "counted")
        self.rows = {(r["region"], r["industry"], r["size"]): r for r in rows.values(*fields)}

    def by_region(self) -> list[Cell]:
        """Every region directly below, also those where nobody answered."""
        _, industry, size = self.key
        return [self._cell((r.code, industry, size), r.code, r.name) for r in self.regions]

    def by_industry(self) -> list[Cell]:
        """Sections, or the divisions of the chosen section, that take part."""
        region, _, size = self.key
        keys = [((region, one.code, size), one) for one in self.industries]
        return [self._cell(key, one.code, one.name) for key, one in keys if key in self.rows]

    def by_size(self) -> list[Cell]:
        """The four size classes; empty when one is chosen."""
        region, industry, size = self.key
        if size:
            return []
        return [self._cell((region, industry, code), code, SIZES[code]) for code in SIZE_CODES]

    def _cell(self, key: tuple[str, str, str], code: str, name: Text) -> Cell:
        nothing = dict.fromkeys(("entry", "withheld", "counted"))
        row = self.rows.get(key, {**dict.fromkeys(NAMES, 0), **nothing})
        stats = None if row["withheld"] else _stats(row["entry"], self.measure)
        if stats is not None:
            return Cell(code, name, _counts(row), stats, False, "shown", {})
        if row["counted"] and not row["entry"]:
            return Cell(code, name, _counts(row), None, False, "none", sentence("cell_no_value"))
        mark = {"withheld": row["withheld"] or (row["entry"] or {}).get("withheld", "")}
        reason = _reason(row["scored"], mark if mark["withheld"] or row["counted"] else {})
        withheld = bool(row["scored"])
        return Cell(
            code, name, _counts(row), None, withheld, "withheld" if withheld else "none", reason
        )


def _below(industry: str) -> Iterable[Industry]:
    """The sections, the divisions of a section, or the next finer industries of a division."""
    if not industry:
        return Industry.objects.filter(level="section")
    below = Industry.objects.filter(code__startswith=industry).exclude(code=industry)
    finer = list(below.order_by("code"))
    level = min(((len(one.code), one.level) for one in finer), default=(0, ""))[1]
    return [one for one in finer if one.level == level]


def _path(measure: Measure) -> KeyTransform:
    """Where a cell's statistics keep a measure."""
    if measure.kind == "total":
        return KeyTransform("total", "statistics")
    group = "nodes" if measure.kind == "node" else "indicators"
    return KeyTransform(measure.code, KeyTransform(group, "statistics"))


def _figures(
    round: Round, region: Region, indicators: list[Indicator], measures: Mapping[str, Measure]
) -> list[Comparison]:
    """The region's own values beside published figures. A withheld value is unknown here too."""
    values = {i.code: roll_up(i, measures[i.code].stats) for i in indicators}
    rows = compare(values, region, subject="region", year=round.year)
    return [
        replace(row, reason=sentence("value_withheld")) if measures[row.indicator].withheld else row
        for row in rows
    ]
