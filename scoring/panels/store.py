"""Comparisons of rounds are kept, and renewed when either round's tables changed."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from assessment.models import Round
from scoring.models import PanelRegion, RoundAggregate
from scoring.panels.compute import compute

AT_ONCE = 6000  # enterprises of both rounds up to which looking is enough to compare them


def panel_of(earlier: Round, later: Round, region: str) -> PanelRegion | None:
    """One region's comparison, renewed first where that is quick; None while it is not made.

    A larger comparison is noted here and made by the sweep.
    """
    stored = PanelRegion.objects.filter(earlier=earlier, later=later)
    if is_behind(earlier, later):
        if _scored(earlier, later) <= AT_ONCE:
            renew(earlier, later)
        else:
            top = later.region.code
            stored.get_or_create(
                earlier=earlier, later=later, region=top, defaults={"computed_at": None}
            )
    return stored.filter(region=region, computed_at__isnull=False).first()


def is_behind(earlier: Round, later: Round) -> bool:
    """Whether either round's tables are newer than the comparison."""
    made = PanelRegion.objects.filter(earlier=earlier, later=later).order_by("computed_at")
    times = list(made.values_list("computed_at", flat=True))
    tops = _tops(earlier, later).values_list("computed_at", flat=True)
    newest = max(tops, default=None)
    if newest is None:
        return False
    return not times or any(at is None or at < newest for at in times)


def renew(earlier: Round, later: Round) -> int:
    """Compare two rounds and keep what came out; returns the number of regions.

    A comparison is not renewed for fewer than ``MINIMUM_CELL`` further enterprises: the difference
    of the two would tell of those few.
    """
    now = timezone.now()
    fresh = compute(earlier, later)
    with transaction.atomic():
        Round.unguarded.select_for_update(no_key=True).get(pk=later.pk)
        stored = PanelRegion.objects.filter(earlier=earlier, later=later)
        before = {one.region: one.data for one in stored if one.computed_at is not None}
        stored.delete()
        PanelRegion.objects.bulk_create(
            PanelRegion(
                earlier=earlier,
                later=later,
                region=code,
                data=before[code] if code in before and _few_joined(before[code], data) else data,
                computed_at=now,
            )
            for code, data in fresh.items()
        )
    return len(fresh)


def renew_behind() -> int:
    """Bring every comparison anybody asked for up to date; how many were not."""
    pairs = set(PanelRegion.objects.values_list("earlier", "later"))
    ids = {number for pair in pairs for number in pair}
    rounds = Round.objects.unscoped("the sweep looks at everything")
    known = rounds.select_related("region", "instrument_version").in_bulk(ids)
    behind = [(known[a], known[b]) for a, b in sorted(pairs) if is_behind(known[a], known[b])]
    for earlier, later in behind:
        renew(earlier, later)
    return len(behind)


def _few_joined(old: dict[str, int], new: dict[str, int]) -> bool:
    joined = [new[wave] - old[wave] for wave in ("earlier", "later")]
    return any(0 < n < settings.MINIMUM_CELL for n in joined)


def _tops(earlier: Round, later: Round):  # type: ignore[no-untyped-def]
    cells = RoundAggregate.objects.filter(round__in=[earlier, later], industry="", size="")
    return cells.filter(region__in=[earlier.region.code, later.region.code])


def _scored(earlier: Round, later: Round) -> int:
    return _tops(earlier, later).aggregate(n=Sum("scored"))["n"] or 0
