"""Analyses of a whole round, kept until further results arrive.

Background tasks bring them up to date; a page asks for ``current``, which works a small round out
at once where no task has done it yet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from assessment.models import Round
from scoring import runners
from scoring.counted import counted
from scoring.models import Result, RoundAnalysis

AT_ONCE = 2000  # results a page may work out itself: about a second


def stamp_of(round: Round) -> str:
    """Names what an analysis rests on: how many results, when the latest came, the smallest cell
    that may be shown, and how many are counted where not all are."""
    found = _latest(round)
    at = found["at"].isoformat() if found["at"] else "-"
    stamp = f"{found['n']} {at} {settings.MINIMUM_CELL}"
    return f"{stamp} {counted(round).count()}" if round.counts_verified_only else stamp


def current(
    round: Round, kind: str, refresh: Callable[[Round], RoundAnalysis]
) -> RoundAnalysis | None:
    """The analysis of the latest results, or None while a large round's is being worked out."""
    stored = RoundAnalysis.objects.filter(round=round, kind=kind).first()
    stamp = stamp_of(round)
    if stored is not None and stored.stamp == stamp:
        return stored
    if int(stamp.split()[0]) <= AT_ONCE or settings.TASK_RUNNER == "inline":
        return refresh(round)
    runners.refresh_soon(round.pk)
    return stored


def keep(
    round: Round, kind: str, stamp: str, content: dict[str, Any], now: datetime
) -> RoundAnalysis:
    """Store an analysis in the place of the one before."""
    fields = {"stamp": stamp, "content": content, "computed_at": now}
    return RoundAnalysis.objects.update_or_create(round=round, kind=kind, defaults=fields)[0]


def refresh_all(round_id: int) -> None:
    """Bring every analysis of a round up to date, for tasks, which carry keys."""
    from scoring.integrity import keeping
    from scoring.items import store

    rounds = Round.objects.unscoped("analyses are of everybody")
    round = rounds.select_related("region", "instrument_version").filter(pk=round_id).first()
    if round is not None:
        store.refresh(round)
        keeping.refresh(round)


def _latest(round: Round) -> dict[str, Any]:
    done = Result.objects.unscoped("analyses are of everybody").filter(
        submission__round=round, scored_at__isnull=False
    )
    return dict(done.aggregate(n=Count("pk"), at=Max("scored_at")))  # type: ignore[no-untyped-call]
