"""The indicators an enterprise answered, beside its peers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from questionnaires.instruments import Definition
from questionnaires.models import Indicator
from reports.building.dimensions import known, quartiles
from reports.building.measured import in_words_only, yes_or_no
from reports.model import IndicatorPeers
from scoring.benchmarks import Standing
from scoring.shape import indicators_of

WHOLE = Decimal(100)


def rows(
    definition: Definition, payload: Mapping[str, Any], peers: Standing
) -> list[IndicatorPeers]:
    """Every indicator with a number of one's own and enough peers that gave one, in order."""
    given = payload.get("values") or {}
    silent = in_words_only(definition) | yes_or_no(definition)
    codes = [c for c in indicators_of(definition) if c in peers.indicators and c not in silent]
    found = {one.code: one for one in Indicator.objects.filter(code__in=codes)} if codes else {}
    return [
        _row(found[code], value, peers)
        for code in codes
        if code in found and (value := known(given.get(code))) is not None
    ]


def _row(indicator: Indicator, own: Decimal, peers: Standing) -> IndicatorPeers:
    stats = peers.indicators[indicator.code]
    below = peers.indicator_percentiles.get(indicator.code)
    falling = indicator.direction == Indicator.Direction.LOWER
    shown = quartiles(stats)
    assert shown is not None  # noqa: S101 - there are statistics
    return IndicatorPeers(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        own=own,
        cohort=shown,
        best=stats.best(falling=falling),
        ahead=WHOLE - below if falling and below is not None else below,
        falling=falling,
    )
