"""Scoring one submission as a job whose truth is its Result row.

A row is claimed by one conditional UPDATE that writes a lease; only the holder of the lease may
write the outcome. A worker that dies leaves a lease that runs out, and the sweep takes the row up.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from assessment.models import Submission
from questionnaires.texts import localized
from scoring import runners
from scoring.models import Result
from scoring.numbers import decimal

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)  # far longer than scoring one submission takes
MAX_ATTEMPTS = 5


def enqueue(submission: Submission) -> int:
    """Make sure a submission has its Result row, and have it scored once that is committed."""
    result, _ = Result.unguarded.get_or_create(submission=submission)
    transaction.on_commit(lambda: dispatch(result.pk))
    return result.pk


def dispatch(result_id: int) -> None:
    """Have a result scored soon by whatever runs tasks here; never raises.

    What cannot be handed over now (no broker) stays pending in the database for the sweep.
    """
    try:
        runners.score(result_id)
    except Exception:
        log.exception("result %s could not be dispatched; the sweep will take it up", result_id)


def run(result_id: int) -> bool:
    """Score one result if it is free to be scored; whether this call finished it."""
    lease = claim(result_id)
    if lease is None:
        return False
    result = _jobs().select_related("submission__round__instrument_version").get(pk=result_id)
    try:
        payload = score(result.submission)
    except Exception as error:
        log.exception("scoring result %s failed", result_id)
        give_up(result_id, lease, f"{type(error).__name__}: {error}")
        return False
    done = finish(result_id, lease, payload)
    if done:
        runners.refresh_soon(result.submission.round_id)
    return done


def score(submission: Submission) -> dict[str, Any]:
    """The engine's whole output for a submission, under its receipt or key."""
    from scoring.one import score_one  # the engine is heavy to import; only workers need it

    return score_one(
        submission.round.instrument_version,
        submission.profile,
        submission.answers_json,
        submission.receipt or str(submission.pk),
        submission.round.weights,
    )


def claim(result_id: int) -> str | None:
    """Take the job for ``LEASE``; the lease's key, or None when it is done or somebody's."""
    lease, now = str(uuid4()), timezone.now()
    taken = (
        _free(now)
        .filter(pk=result_id, attempts__lt=MAX_ATTEMPTS)
        .update(
            state=Result.State.RUNNING,
            lease=lease,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
        )
    )
    return lease if taken else None


def finish(result_id: int, lease: str, payload: dict[str, Any]) -> bool:
    """Write the outcome if the lease is still ours. Answers with errors get no score, once."""
    held = _jobs().filter(pk=result_id, lease=lease, state=Result.State.RUNNING)
    return bool(held.update(**outcome(payload)))


def outcome(payload: dict[str, Any], now: datetime | None = None) -> dict[str, Any]:
    """The fields of a Result row that a payload fills."""
    errors = payload.get("errors") or []
    total, level = payload.get("total"), payload.get("level")
    return {
        "state": Result.State.FAILED if errors else Result.State.DONE,
        "error": "；".join(localized(error["message"], "zh") for error in errors)[:2000],
        "lease": "",
        "lease_until": None,
        "scored_at": now or timezone.now(),
        "payload": payload,
        "total": None if total is None else decimal(total),
        "level": level,
        "instrument_sha256": payload.get("instrument_sha256") or "",
        "inputs_sha256": payload.get("inputs_sha256") or "",
        "engine": payload.get("engine") or "",
    }


def give_up(result_id: int, lease: str, error: str) -> None:
    """Hand a job back after an exception; after the last attempt it has failed for good."""
    held = _jobs().filter(pk=result_id, lease=lease, state=Result.State.RUNNING)
    fields = {"lease": "", "lease_until": None, "error": error[:2000]}
    if not held.filter(attempts__gte=MAX_ATTEMPTS).update(state=Result.State.FAILED, **fields):
        held.update(state=Result.State.PENDING, **fields)


def sweep() -> list[int]:
    """Take up everything left behind; the keys of the results handed over again.

    Submitted answers without a Result row get one; leases that ran out too often have failed.
    """
    now = timezone.now()
    _free(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=Result.State.FAILED, lease="", lease_until=None, error="interrupted too often"
    )
    create_missing()
    waiting = list(_free(now).order_by("pk").values_list("pk", flat=True)[:10_000])
    for result_id in waiting:
        dispatch(result_id)
    return waiting


def create_missing(submissions: QuerySet[Submission] | None = None) -> None:
    """Give every submitted submission (of ``submissions``) without a Result row one."""
    if submissions is None:
        submissions = Submission.objects.unscoped("the sweep looks at everything")
    lost = submissions.filter(state=Submission.State.SUBMITTED, result=None)
    keys = lost.order_by("pk").values_list("pk", flat=True)
    rows = [Result(submission_id=key) for key in keys]
    Result.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def start_sweeper() -> None:
    """Start the loop that takes up what was left behind, once per web process.

    For config/wsgi.py; it does nothing unless tasks run in threads of this process.
    """
    runners.start_loop()


def _jobs() -> QuerySet[Result]:
    return Result.objects.unscoped("the scoring job works on any result")


def _free(now: datetime) -> QuerySet[Result]:
    """Results waiting, or running under a lease that has run out."""
    expired = Q(state=Result.State.RUNNING, lease_until__lt=now)
    return _jobs().filter(Q(state=Result.State.PENDING) | expired)
