"""Where one result stands among its like, read from aggregates only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isnan
from typing import Any

from django.conf import settings
from django.db.models import F

from assessment.models import Round
from questionnaires.models import Industry, Region
from questionnaires.texts import localized
from scoring.areas import chain
from scoring.cells import industry_chain, key_of, number, percent
from scoring.cube import Key
from scoring.models import Result, RoundAggregate
from scoring.numbers import PLACES, Stats, Text, mid_rank
from scoring.shape import definition_of, nodes_of
from scoring.shown import EVERYBODY
from scoring.words import ALL_INDUSTRIES, ALL_SIZES, SIZES, sentence
from scoring.year import pools


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
    scope: str = "round"  # year: all rounds of the year with the same questionnaire


@dataclass(frozen=True)
class Standing:
    """``percentile``: percent of the others in the cohort that score lower, ties half.

    ``nodes`` are in percent of each node's maximum, ``indicators`` in their units; ``percentiles``
    holds the standing by node and ``indicator_percentiles`` by indicator, both as "percent of the
    others below", whichever direction is better. Without a cohort everything is empty and
    ``missing`` says why.
    """

    cohort: Cohort | None
    missing: Text = field(default_factory=dict)
    percentile: Decimal | None = None
    total: Stats | None = None  # of the total, in points
    nodes: dict[str, Stats] = field(default_factory=dict)
    indicators: dict[str, Stats] = field(default_factory=dict)
    percentiles: dict[str, Decimal] = field(default_factory=dict)
    indicator_percentiles: dict[str, Decimal] = field(default_factory=dict)


def standing(result: Result) -> Standing:
    """Compare a scored result with the narrowest group of its round that is large enough.

    Groups widen by place first, then by size, then by industry, at last to all rounds of the year
    with the same questionnaire. At least ``MINIMUM_CELL`` enterprises beside one's own must be in
    it. In rounds that count verified answers only, only those are. A few queries, whatever the
    number of results.
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
    return _in_the_year(result, candidates) or Standing(None, _why_none(result, candidates, cells))


def _in_the_year(result: Result, candidates: list[Key]) -> Standing | None:
    """The rank among several rounds; None where these are too few as well."""
    own = result.submission.round
    for pool in pools(result, candidates, chain(own.region)[1:]):
        counted = result.published is not None and result.total is not None
        if pool.n - counted < settings.MINIMUM_CELL:
            continue
        below, equal = 0.0, 0.0
        for kept in pool.kept:
            less, same = rank(kept, round(_number(result.total), PLACES))
            below, equal = below + less, equal + same
        apart = 1 if counted and equal >= 1 else 0
        place = mid_rank(below, equal - apart, pool.n - apart)
        cohort = Cohort(
            _marked(_in_words(pool.key, own.year), own),
            pool.n - counted + 1,
            sentence("year", group=describe(candidates[-1]), minimum=settings.MINIMUM_CELL),
            pool.synthetic,
            *pool.key,
            scope="year",
        )
        return Standing(cohort, percentile=None if result.total is None else place)
    return None


def _in_words(key: Key, year: int) -> Text:
    group = describe(key)
    return {"zh": f"{group['zh']}·{year} 年各批次", "en": f"{group['en']}, all rounds of {year}"}


def _marked(words: Text, round: Round) -> Text:
    """The group in words, and that only verified answers are counted where that is so."""
    if not round.counts_verified_only:
        return words
    return {"zh": f"{words['zh']}·仅计已核实", "en": f"{words['en']}, verified only"}


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
    industries = industry_chain(industry)
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
    rows = rows.defer("statistics", "distributions").annotate(total=F("statistics__total"))
    return {(row.region, row.industry, row.size): row for row in rows}


def _large_enough(result: Result, cell: RoundAggregate) -> bool:
    """Whether the cell's total may be published and enough others stand behind it."""
    return _others(result, cell) >= settings.MINIMUM_CELL


def _counted(result: Result, cell: RoundAggregate, name: str = "total") -> bool:
    """Whether what the cell shows of a quantity counts this result."""
    dates = cell.history.get(name, cell.history.get(EVERYBODY, []))
    return bool(dates) and result.published is not None and result.published <= dates[-1]


def _others(result: Result, cell: RoundAggregate) -> int:
    """Other enterprises behind the cell's total; none where it is withheld."""
    n = int((getattr(cell, "total", None) or {}).get("n", 0))
    return n - (_counted(result, cell) and result.total is not None)


def _standing(
    result: Result, cell: RoundAggregate, narrower: list[Key], cells: Mapping[Key, RoundAggregate]
) -> Standing:
    data: dict[str, Any] = cell.statistics
    cohort = Cohort(
        description=_marked(
            describe((cell.region, cell.industry, cell.size)), result.submission.round
        ),
        n=_others(result, cells[cell.region, cell.industry, cell.size]) + 1,
        reason=_why_wider(result, narrower, cells),
        synthetic=bool(data.get("synthetic")),
        region=cell.region,
        industry=cell.industry,
        size=cell.size,
    )
    own = _own_values(result)
    kinds = {kind: _compared(result, cell, kind, own[kind]) for kind in ("node", "indicator")}
    return Standing(
        cohort=cohort,
        percentile=percentile(result, cell, "total", _number(result.total)),
        total=Stats.from_json(data["total"]),
        nodes=kinds["node"][0],
        percentiles=kinds["node"][1],
        indicators=kinds["indicator"][0],
        indicator_percentiles=kinds["indicator"][1],
    )


def _compared(
    result: Result, cell: RoundAggregate, kind: str, own: Mapping[str, float]
) -> tuple[dict[str, Stats], dict[str, Decimal]]:
    """Distributions of nodes or indicators that enough others gave, and the standing in each."""
    stats: dict[str, Stats] = {}
    ranks: dict[str, Decimal] = {}
    for code, entry in cell.statistics.get(f"{kind}s", {}).items():
        name = f"{kind}:{code}"
        value = own.get(code, float("nan"))
        among = _counted(result, cell, name) and not isnan(value)
        if entry.get("n", 0) - among < settings.MINIMUM_CELL:
            continue
        stats[code] = Stats.from_json(entry)
        place = percentile(result, cell, name, value)
        if place is not None:
            ranks[code] = place
    return stats, ranks


def _own_values(result: Result) -> dict[str, dict[str, float]]:
    """The result's own values in the units of the cells."""
    definition = definition_of(result.submission.round.instrument_version)
    scores, values = result.payload.get("nodes") or {}, result.payload.get("values") or {}
    return {
        "node": {n.code: percent(scores, n.code, n.max) for n in nodes_of(definition)},
        "indicator": {code: number(value) for code, value in values.items()},
    }


def _number(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)


def percentile(result: Result, cell: RoundAggregate, name: str, value: float) -> Decimal | None:
    """Percent of the others behind a quantity of the cell that have less, ties half.

    None without a value of one's own, or without a distribution.
    """
    if isnan(value):
        return None
    kept = cell.distributions.get(name, [])
    below, equal = rank(kept, round(value, PLACES))
    n = sum(pair[1] for pair in kept)
    own = 1 if _counted(result, cell, name) and equal >= 1 else 0
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
    others = cell.scored - (result.published is not None) if cell else 0
    name = "too_few" if others < settings.MINIMUM_CELL else "hidden"
    return sentence(name, group=describe(first), minimum=settings.MINIMUM_CELL)


def _why_none(result: Result, candidates: list[Key], cells: Mapping[Key, RoundAggregate]) -> Text:
    if not cells:
        return sentence("not_computed")
    return sentence("nobody", group=describe(candidates[-1]), minimum=settings.MINIMUM_CELL)
