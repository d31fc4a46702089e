"""Scoring a whole round again, in shards that any number of workers take.

A shard is a range of keys, so a task carries two numbers; running one twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from celery import group
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessment.models import Round, Submission
from scoring import jobs
from scoring.models import Result

SHARD_SIZE = 5000
WRITE_SIZE = 500
FIELDS = (
    "state", "error", "lease", "lease_until", "scored_at", "payload", "total", "level",
    "instrument_sha256", "inputs_sha256", "engine",
)  # fmt: skip


def rescore(round: Round, shard_size: int = SHARD_SIZE, *, here: bool | None = None) -> int:
    """Score every submission of a round again; returns the number of shards.

    With Celery the shards go out as one group and this returns at once; ``here`` (the default
    without Celery) works them off in this process. Aggregates follow.
    """
    from scoring import aggregates, tasks

    jobs.create_missing(_submissions(round.pk))
    bounds = list(shards(round.pk, shard_size))
    if here is None:
        here = settings.TASK_RUNNER != "celery"
    if not here:
        parts = [tasks.rescore_shard.si(first, last, round.pk) for first, last in bounds]
        group(parts).apply_async(retry=False)
        return len(bounds)
    for first, last in bounds:
        rescore_range(round.pk, first, last, refresh=False)
    aggregates.refresh(round)
    return len(bounds)


def shards(round_id: int, size: int) -> Iterator[tuple[int, int]]:
    """First and last result key of each shard of at most ``size`` results."""
    keys = list(_results(round_id).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        part = keys[start : start + size]
        yield part[0], part[-1]


def rescore_range(round_id: int, first: int, last: int, *, refresh: bool = True) -> int:
    """Score the results of a round with keys ``first`` … ``last``; how many changed."""
    from scoring import runners

    results = _results(round_id).filter(pk__range=(first, last)).order_by("pk")
    rows = list(results.select_related("submission").defer("payload"))
    changed = sum(
        _rescore_rows(round_id, rows[start : start + WRITE_SIZE])
        for start in range(0, len(rows), WRITE_SIZE)
    )
    if changed and refresh:
        runners.refresh_soon(round_id)
    return changed


def _rescore_rows(round_id: int, rows: list[Result]) -> int:
    """Score and write one chunk; rows whose outcome is the same stay untouched."""
    payloads = _payloads(round_id, [row.submission for row in rows])
    now = timezone.now()
    changed = []
    for row, payload in zip(rows, payloads, strict=True):
        fields = jobs.outcome(payload, now)
        if _same(row, fields):
            continue
        for name, value in fields.items():
            setattr(row, name, value)
        changed.append(row)
    with transaction.atomic():
        Result.unguarded.bulk_update(changed, FIELDS, batch_size=100)
    return len(changed)


def _same(row: Result, fields: dict[str, Any]) -> bool:
    """One engine, one instrument and the same inputs give the same bytes: nothing to write."""
    names = ("state", "engine", "instrument_sha256", "inputs_sha256", "total", "level")
    return all(getattr(row, name) == fields[name] for name in names)


def _payloads(round_id: int, submissions: list[Submission]) -> list[dict[str, Any]]:
    from scoring.batch import score_many

    round = Round.unguarded.select_related("instrument_version").get(pk=round_id)
    rows = [(s.receipt or str(s.pk), s.profile, s.answers_json) for s in submissions]
    return score_many(round.instrument_version, rows, round.weights)


def _submissions(round_id: int) -> QuerySet[Submission]:
    return Submission.objects.unscoped("a round is scored as a whole").filter(round=round_id)


def _results(round_id: int) -> QuerySet[Result]:
    return Result.objects.unscoped("a round is scored as a whole").filter(
        submission__round=round_id
    )
