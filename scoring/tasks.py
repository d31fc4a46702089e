"""Celery tasks: they carry keys only, and may run twice, late or never without harm."""

from __future__ import annotations

from celery import shared_task
from celery.signals import worker_ready

from scoring import aggregates, jobs, rescoring, runners
from scoring.estimates import store as estimates
from scoring.panels import store as panels
from scoring.regional import making


@shared_task(name="scoring.tasks.score_submission")
def score_submission(result_id: int) -> bool:
    """Score one result; whether this call finished it."""
    return jobs.run(result_id)


@shared_task(name="scoring.tasks.compute_index")
def compute_index(pk: int) -> bool:
    """Compute one regional index; whether this call finished it."""
    return making.compute(pk)


@shared_task(name="scoring.tasks.sweep")
def sweep() -> int:
    """Take up what a lost broker, worker or process left behind."""
    return sweep_everything()


@shared_task(name="scoring.tasks.refresh_round")
def refresh_round(round_id: int) -> int:
    """Recompute the aggregates of a round."""
    return runners.refresh_now(round_id)


@shared_task(name="scoring.tasks.rescore_shard")
def rescore_shard(first: int, last: int, round_id: int) -> int:
    """Score the results of one round with keys from ``first`` to ``last`` again."""
    return rescoring.rescore_range(round_id, first, last)


def sweep_everything() -> int:
    """Dispatch waiting results and refresh rounds whose aggregates are behind; how many."""
    results = [*jobs.sweep(), *making.sweep()]
    rounds = aggregates.rounds_behind()
    for round_id in rounds:
        runners.refresh_soon(round_id)
    derived = estimates.renew_behind() + panels.renew_behind()
    return len(results) + len(rounds) + derived


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """A worker that starts looks at once for what was left behind."""
    sweep.apply_async(retry=False)
