"""Where one result stands among its like, read from aggregates only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F

from questionnaires.models import Industry, Region
from questionnaires.texts import localized
from scoring.areas import chain
from scoring.cells import key_of
from scoring.models import Result, RoundAggregate
from scoring.numbers import Stats, Text, mid_rank
from scoring.suppression import Key
from scoring.words import ALL_INDUSTRIES, ALL_SIZES, SIZES, sentence


@dataclass(frozen=True)
class Cohort:
    """Who a result is compared with. ``n`` counts the enterprise itself.

    ``reason`` says why no narrower group was taken; empty when the narrowest was large enough.
    """

    description: Text
    n: int
    reason: Text
    synthetic: bool
    region: str  # division code
    industry: str  # division or section code, "" = all
    size: str  # "" = all


@dataclass(frozen=True)
class Standing:
    """``percentile``: percent of the others in the cohort that score lower, ties half.

    ``nodes`` are in percent of each node's maximum, ``indicators`` in their units. Without a
    cohort everything is empty and ``missing`` says why.
    """

    cohort: Cohort | None
    missing: Text = field(default_factory=dict)
    percentile: Decimal | None = None
    total: Stats | None = None  # of the total, in points
    nodes: dict[str, Stats] = field(default_factory=dict)
    indicators: dict[str, Stats] = field(default_factory=dict)


def standing(result: Result) -> Standing:
    """Compare a scored result with the narrowest group of its round that is large enough.

    Groups widen by place first, then by size, then by industry. At least ``MINIMUM_CELL``
    enterprises beside one's own must be in it. Three queries, whatever the number of results.
    """
    if result.state != Result.State.DONE:
        return Standing(None, sentence("not_scored"))
    candidates = _candidates(result)
    cells = _cells(result, candidates)
    for place, key in enumerate(candidates):
        cell = cells.get(key)
        if cell is not None and _large_enough(result, cell):
            full = RoundAggregate.objects.get(pk=cell.pk)
            return _standing(result, full, candidates[:place], cells)
    return Standing(None, _why_none(result, candidates, cells))


def rank(distribution: Sequence[Sequence[float]], value: float) -> tuple[float, float]:
    """How many of a distribution (``[[value, how many], …]``, ascending) lie below and at it."""
    values = [pair[0] for pair in distribution]
    place = bisect_left(values, value)
    below = sum(pair[1] for pair in distribution[:place])
    equal = distribution[place][1] if place < len(values) and values[place] == value else 0
    return below, equal


def _candidates(result: Result) -> list[Key]:
    """The groups one belongs to, narrowest first."""
    submission = result.submission
    organisation = submission.organisation
    own = (organisation.region.code, organisation.industry.code, organisation.size)
    code, industry, size = key_of(submission.profile, own)
    regions = _regions(code, submission.round.region)
    section = Industry.objects.filter(code=industry).values_list("section", flat=True).first()
    industries = list(dict.fromkeys([industry, section or "", ""]))
    sizes = list(dict.fromkeys([size, ""]))
    return [(r, i, s) for i in industries for s in sizes for r in regions]


def _regions(code: str, top: Region) -> list[str]:
    """Codes from a region up to the round's."""
    region = Region.objects.filter(code=code).first()
    if region is None or not top.covers(region):
        return [top.code]
    return [one.code for one in chain(region) if top.covers(one)]


def _cells(result: Result, candidates: list[Key]) -> dict[Key, RoundAggregate]:
    """The stored cells of the groups, without their statistics but for the mark."""
    regions, industries, sizes = (set(values) for values in zip(*candidates, strict=True))
    rows = RoundAggregate.objects.filter(
        round=result.submission.round_id,
        region__in=regions,
        industry__in=industries,
        size__in=sizes,
    )
    rows = rows.defer("statistics").annotate(total=F("statistics__total"))
    return {(row.region, row.industry, row.size): row for row in rows}


def _large_enough(result: Result, cell: RoundAggregate) -> bool:
    """Whether enough others are in the group and its total may be published."""
    published = "n" in (getattr(cell, "total", None) or {})
    return published and _others(result, cell) >= settings.MINIMUM_CELL


def _counted(result: Result, cell: RoundAggregate) -> bool:
    """Whether the cell was computed after this result, and so counts it."""
    return result.scored_at is not None and result.scored_at <= cell.computed_at


def _others(result: Result, cell: RoundAggregate) -> int:
    return cell.scored - _counted(result, cell)


def _standing(
    result: Result, cell: RoundAggregate, narrower: list[Key], cells: Mapping[Key, RoundAggregate]
) -> Standing:
    data: dict[str, Any] = cell.statistics
    key = (cell.region, cell.industry, cell.size)
    cohort = Cohort(
        description=describe(key),
        n=_others(result, cell) + 1,
        reason=_why_wider(result, narrower, cells),
        synthetic=bool(data.get("synthetic")),
        region=cell.region,
        industry=cell.industry,
        size=cell.size,
    )
    return Standing(
        cohort=cohort,
        percentile=_percentile(result, cell),
        total=Stats.from_json(data["total"]),
        nodes=_stats(data.get("nodes", {})),
        indicators=_stats(data.get("indicators", {})),
    )


def _stats(entries: Mapping[str, Any]) -> dict[str, Stats]:
    return {code: Stats.from_json(data) for code, data in entries.items() if "n" in data}


def _percentile(result: Result, cell: RoundAggregate) -> Decimal | None:
    if result.total is None:
        return None
    distribution = cell.statistics.get("totals", [])
    below, equal = rank(distribution, float(result.total))
    n = sum(pair[1] for pair in distribution)
    own = 1 if _counted(result, cell) and equal >= 1 else 0
    return mid_rank(below, equal - own, n - own)


def describe(key: Key) -> Text:
    """A group in words: ``制造业·小型·嘉兴市``."""
    code, industry, size = key
    region = Region.objects.filter(code=code).first()
    trade = Industry.objects.filter(code=industry).first() if industry else None
    parts = [trade.name if trade else ALL_INDUSTRIES, SIZES.get(size, ALL_SIZES)]
    parts.append(region.name if region else {"zh": code, "en": code})
    return {
        "zh": "·".join(localized(part, "zh") for part in parts),
        "en": ", ".join(localized(part, "en") for part in parts),
    }


def _why_wider(result: Result, narrower: list[Key], cells: Mapping[Key, RoundAggregate]) -> Text:
    """Why the narrowest group was not taken."""
    if not narrower:
        return {}
    first = narrower[0]
    cell = cells.get(first)
    name = "too_few" if cell is None or _others(result, cell) < settings.MINIMUM_CELL else "hidden"
    return sentence(name, group=describe(first), minimum=settings.MINIMUM_CELL)


def _why_none(result: Result, candidates: list[Key], cells: Mapping[Key, RoundAggregate]) -> Text:
    if not cells:
        return sentence("not_computed")
    return sentence("nobody", group=describe(candidates[-1]), minimum=settings.MINIMUM_CELL)
