"""Estimates are kept, and renewed when results or the population changed.

A round of at most ``AT_ONCE`` enterprises is renewed when somebody looks; larger ones by the sweep.
A region's estimate is not renewed for fewer than ``MINIMUM_CELL`` further enterprises: the
difference of two estimates would tell of those few.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from assessment.models import Round
from scoring.estimates.compute import compute
from scoring.models import Population, RegionEstimate, RoundAggregate

AT_ONCE = 3000


def estimates_of(round: Round) -> dict[str, RegionEstimate]:
    """The estimates of a round by region code, renewed first where that is quick."""
    stored = _stored(round)
    if is_behind(round, stored) and _scored(round) <= AT_ONCE:
        renew(round)
        stored = _stored(round)
    return stored


def is_behind(round: Round, stored: dict[str, RegionEstimate]) -> bool:
    """Whether results or the population are newer than what is stored."""
    regions = Population.objects.filter(round=round)
    newest = regions.aggregate(at=Max("loaded_at"))["at"]
    if newest is None:
        return bool(stored)
    results = _top(round)
    oldest = min((one.computed_at for one in stored.values()), default=None)
    if oldest is None:
        return results is not None
    return oldest < newest or (results is not None and oldest < results.computed_at)


def renew(round: Round) -> int:
    """Compute and keep the estimates of a round; returns the number of regions."""
    now = timezone.now()
    before = _stored(round)
    fresh = compute(round, now)
    for code, data in fresh.items():
        data["as_of"] = now.isoformat()
        if _too_few_joined(before.get(code), data):
            fresh[code] = _as_it_was(round, before[code], code) or before[code].data
    with transaction.atomic():
        Round.unguarded.select_for_update(no_key=True).get(pk=round.pk)
        RegionEstimate.objects.filter(round=round).delete()
        RegionEstimate.objects.bulk_create(
            RegionEstimate(round=round, region=code, data=data, computed_at=now)
            for code, data in fresh.items()
        )
    return len(fresh)


def renew_behind() -> int:
    """Bring every round's estimates up to date; how many were not."""
    ids = Population.objects.values_list("round", flat=True).distinct()
    rounds = Round.objects.unscoped("the sweep looks at everything").filter(pk__in=list(ids))
    behind = [
        one
        for one in rounds.select_related("region", "instrument_version")
        if is_behind(one, _stored(one))
    ]
    for round_ in behind:
        renew(round_)
    return len(behind)


def _stored(round: Round) -> dict[str, RegionEstimate]:
    return {one.region: one for one in RegionEstimate.objects.filter(round=round)}


def _top(round: Round) -> RoundAggregate | None:
    cells = RoundAggregate.objects.filter(round=round, region=round.region.code)
    return cells.filter(industry="", size="").only("scored", "computed_at").first()


def _scored(round: Round) -> int:
    top = _top(round)
    return top.scored if top else 0


def _too_few_joined(old: RegionEstimate | None, new: dict[str, Any]) -> bool:
    if old is None:
        return False
    counted = old.data["respondents"] + old.data["outside"]
    joined: int = new["respondents"] + new["outside"] - counted
    return 0 < joined < settings.MINIMUM_CELL


def _as_it_was(round: Round, old: RegionEstimate, code: str) -> dict[str, Any] | None:
    """The region by today's population and the enterprises counted then; None if it cannot be."""
    until: datetime | None = parse_datetime(old.data.get("as_of", ""))
    if until is None:
        return None
    data = compute(round, until).get(code)
    counted = old.data["respondents"] + old.data["outside"]
    if data is None or data["respondents"] + data["outside"] != counted:
        return None
    return data | {"as_of": old.data["as_of"]}
