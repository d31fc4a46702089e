"""Scoring as a job: once, whoever runs it and whatever is killed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from assessment.models import Submission
from assessment.signals import submitted
from scoring import jobs, runners
from scoring.models import Result

PROFILE = {"region": "330400", "industry": "C36", "size": "small", "employees": 120, "year": 2026}
ANSWERS = {"Q1": ["B", "C"], "Q2": 35, "Q3": 10, "Q4": True, "Q5": "B", "S1": 2, "S2": 1}


@pytest.fixture
def handed_in(submission):
    submission.state = Submission.State.SUBMITTED
    submission.submitted_at = timezone.now()
    submission.receipt = "R-1"
    submission.profile, submission.answers_json = PROFILE, ANSWERS
    submission.save()
    return submission


@pytest.fixture
def waiting(handed_in):
    return Result.unguarded.create(submission=handed_in)


def again(result):
    return Result.unguarded.get(pk=result.pk)


@pytest.mark.django_db(transaction=True)
def test_a_submission_is_scored_once_its_transaction_is_committed(handed_in):
    with transaction.atomic():
        submitted.send(sender=Submission, submission=handed_in)
        assert Result.unguarded.get().state == "pending"
    result = Result.unguarded.get()
    assert (result.state, result.level, result.attempts) == ("done", 2, 1)
    assert result.total == 35  # 10 + 5 + 10 × 10/20 + 10 + 5
    assert result.payload["trace"]["sum"] == result.payload["total"]
    assert len(result.inputs_sha256) == len(result.instrument_sha256) == 64


@pytest.mark.django_db
def test_a_submission_that_is_rolled_back_leaves_no_job(handed_in):
    with transaction.atomic():
        submitted.send(sender=Submission, submission=handed_in)
        transaction.set_rollback(True)
    assert not Result.unguarded.exists()


@pytest.mark.django_db
def test_running_twice_scores_once(waiting):
    assert jobs.run(waiting.pk) is True
    first = again(waiting)
    assert jobs.run(waiting.pk) is False
    second = again(waiting)
    assert (second.attempts, second.scored_at, second.payload) == (
        1,
        first.scored_at,
        first.payload,
    )


@pytest.mark.django_db
def test_only_one_of_two_workers_gets_the_job(waiting):
    assert jobs.claim(waiting.pk)
    assert jobs.claim(waiting.pk) is None


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_writes_nothing(waiting):
    lost = jobs.claim(waiting.pk)
    Result.unguarded.update(lease_until=timezone.now() - timedelta(seconds=1))
    held = jobs.claim(waiting.pk)
    assert held != lost
    assert jobs.finish(waiting.pk, lost, {"total": 1}) is False
    jobs.give_up(waiting.pk, lost, "too late")
    assert again(waiting).state == "running"
    assert jobs.finish(waiting.pk, held, jobs.score(waiting.submission)) is True
    assert again(waiting).total == 35


@pytest.mark.django_db
def test_a_worker_killed_in_the_middle_leaves_the_job_to_the_sweep(waiting, monkeypatch):
    def killed(submission):
        raise SystemExit(9)

    monkeypatch.setattr(jobs, "score", killed)
    with pytest.raises(SystemExit):
        jobs.run(waiting.pk)
    monkeypatch.undo()
    assert again(waiting).state == "running"
    assert jobs.sweep() == []  # the lease still holds
    Result.unguarded.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.sweep() == [waiting.pk]
    assert (again(waiting).state, again(waiting).attempts) == ("done", 2)


@pytest.mark.django_db
def test_an_exception_is_kept_and_tried_again_until_the_last_attempt(waiting, monkeypatch):
    def broken(submission):
        raise ValueError("no such thing")

    monkeypatch.setattr(jobs, "score", broken)
    for attempt in range(1, jobs.MAX_ATTEMPTS + 1):
        assert jobs.run(waiting.pk) is False
        result = again(waiting)
        assert (result.attempts, result.error) == (attempt, "ValueError: no such thing")
    assert result.state == "failed"
    assert jobs.run(waiting.pk) is False


@pytest.mark.django_db
def test_a_job_interrupted_too_often_has_failed(waiting):
    Result.unguarded.update(
        state="running", lease="x", attempts=jobs.MAX_ATTEMPTS,
        lease_until=timezone.now() - timedelta(seconds=1),
    )  # fmt: skip
    jobs.sweep()
    assert again(waiting).state == "failed"
    assert again(waiting).error


@pytest.mark.django_db
def test_the_sweep_finds_submissions_that_lost_their_job(handed_in):
    (key,) = jobs.sweep()
    assert Result.unguarded.get(pk=key).state == "done"


@pytest.mark.django_db
def test_a_draft_is_not_scored(submission):
    assert jobs.sweep() == []
    assert not Result.unguarded.exists()


@pytest.mark.django_db
def test_answers_with_errors_fail_at_once_and_say_why(waiting):
    waiting.submission.answers_json = {"Q2": {"part": 9, "whole": 3}, "Q3": -1}
    waiting.submission.save()
    assert jobs.run(waiting.pk)
    result = again(waiting)
    assert (result.state, result.total, result.attempts) == ("failed", None, 1)
    messages = [error["message"] for error in result.payload["errors"]]
    assert result.error == "；".join(message["zh"] for message in messages)
    assert all(message["en"] for message in messages)


@pytest.mark.django_db
def test_a_broker_that_is_down_does_not_break_the_submission(waiting, settings, monkeypatch):
    from scoring import tasks

    def refused(*args, **options):
        raise ConnectionError("no broker")

    settings.TASK_RUNNER = "celery"
    monkeypatch.setattr(tasks.score_submission, "apply_async", refused)
    jobs.dispatch(waiting.pk)
    assert again(waiting).state == "pending"


@pytest.mark.django_db
def test_the_aggregates_follow_a_result(waiting):
    jobs.run(waiting.pk)
    cell = waiting.submission.round.cells.get(region="330400", industry="C36", size="small")
    assert cell.scored == 1


def test_the_work_queue_belongs_to_one_process(monkeypatch):
    import threading

    done = threading.Event()
    monkeypatch.setattr(runners, "_queue", (-1, runners.SimpleQueue()))  # a parent's
    runners.submit(lambda key: done.set(), 1)
    assert done.wait(5)


def test_work_that_fails_does_not_stop_the_thread():
    import threading

    done = threading.Event()

    def fails(key):
        raise ValueError

    runners.submit(fails, 1)
    runners.submit(lambda key: done.set(), 1)
    assert done.wait(5)


def test_the_sweeper_starts_only_where_tasks_run_in_threads(settings, monkeypatch):
    import threading

    started = []
    monkeypatch.setattr(runners, "_loop_of", None)
    monkeypatch.setattr(threading.Thread, "start", lambda thread: started.append(thread.name))
    settings.TASK_RUNNER = "inline"
    jobs.start_sweeper()
    settings.TASK_RUNNER = "thread"
    jobs.start_sweeper()
    jobs.start_sweeper()
    assert started == ["scoring-sweep"]


def test_many_results_share_one_refresh_and_a_slow_one_waits_longer(settings, monkeypatch):
    from django.core.cache import cache

    from scoring import aggregates

    settings.TASK_RUNNER = "thread"
    planned = []
    monkeypatch.setattr(runners, "_schedule", lambda key, delay: planned.append((key, delay)))
    monkeypatch.setattr(aggregates, "refresh_by_id", lambda key: 1)
    cache.clear()
    for _ in range(5):
        runners.refresh_soon(7)
    assert planned == [(7, runners.REFRESH_DELAY)]
    runners.refresh_now(7)
    cache.set("scoring.refresh-cost.7", 30)
    runners.refresh_soon(7)
    assert planned[1:] == [(7, 300)]
    cache.clear()
