"""Who carries tasks out: a Celery worker, one thread of this process, or the caller itself."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import close_old_connections, connections

log = logging.getLogger(__name__)

Work = SimpleQueue[tuple[Callable[[int], object], int]]

REFRESH_DELAY = 3  # seconds in which further results of a round join the same refresh
PAUSE = 10  # a refresh that takes long is not begun again before so many times its duration

_lock = threading.Lock()
_queue: tuple[int, Work] | None = None  # the process that made it, and what is to be done
_loop_of: int | None = None  # the process whose sweeper runs


def score(result_id: int) -> None:
    """Carry out ``scoring.jobs.run``; raises when the broker cannot be reached."""
    from scoring import jobs, tasks

    _carry_out(jobs.run, tasks.score_submission, result_id)


def compute_index(pk: int) -> None:
    """Carry out ``scoring.regional.making.compute``; raises as ``score`` does."""
    from scoring import tasks
    from scoring.regional import making

    _carry_out(making.compute, tasks.compute_index, pk)


def _carry_out(work: Callable[[int], object], task: Any, key: int) -> None:
    if settings.TASK_RUNNER == "celery":
        task.apply_async((key,), retry=False)
    elif settings.TASK_RUNNER == "thread":
        submit(work, key)
    else:
        work(key)


def refresh_soon(round_id: int) -> None:
    """Have a round's aggregates recomputed, once for all results of a few seconds."""
    if settings.TASK_RUNNER == "inline":
        refresh_now(round_id)
    else:
        delay = max(REFRESH_DELAY, PAUSE * float(cache.get(_cost_key(round_id), 0)))
        if cache.add(_key(round_id), 1, timeout=2 * delay + 60):
            _schedule(round_id, delay)


def refresh_now(round_id: int) -> int:
    """Recompute a round's aggregates; results that arrive from now on need a further refresh."""
    from scoring import aggregates

    cache.delete(_key(round_id))
    began = time.monotonic()
    count = aggregates.refresh_by_id(round_id)
    _analyse(round_id)
    cache.set(_cost_key(round_id), time.monotonic() - began, timeout=24 * 3600)
    return count


def _analyse(round_id: int) -> None:
    """Item statistics and points to check; where there is no background, pages work them out."""
    from scoring import analyses

    if settings.TASK_RUNNER == "inline":
        return
    try:
        analyses.refresh_all(round_id)
    except Exception:
        log.exception("round %s could not be analysed; its pages will try again", round_id)


def _schedule(round_id: int, delay: float) -> None:
    from scoring import tasks

    if settings.TASK_RUNNER == "celery":
        try:
            tasks.refresh_round.apply_async((round_id,), countdown=delay, retry=False)
        except Exception:
            cache.delete(_key(round_id))  # the sweep finds that the aggregates are behind
            log.exception("refresh of round %s could not be dispatched", round_id)
        return
    timer = threading.Timer(delay, submit, (refresh_now, round_id))
    timer.daemon = True
    timer.start()


def _key(round_id: int) -> str:
    return f"scoring.refresh.{round_id}"


def _cost_key(round_id: int) -> str:
    return f"scoring.refresh-cost.{round_id}"


def submit(work: Callable[[int], object], key: int) -> None:
    """Give work to this process's one worker thread, which starts when first needed.

    A forked child has no threads of its parent's, so the queue belongs to one process id. The
    thread is a daemon: a process that stops does not first work off what the sweep finds again.
    """
    global _queue
    with _lock:
        if _queue is None or _queue[0] != os.getpid():
            _queue = (os.getpid(), SimpleQueue())
            threading.Thread(target=_work_off, args=(_queue[1],), daemon=True).start()
        _queue[1].put((work, key))


def _work_off(queue: Work) -> None:
    while True:
        _in_thread(*queue.get())


def _in_thread(work: Callable[[int], object], key: int) -> None:
    close_old_connections()
    try:
        work(key)
    except Exception:
        log.exception("%s(%s) failed; the sweep will take it up", work.__name__, key)
    finally:
        connections.close_all()


def start_loop() -> None:
    """Sweep now and every ``SWEEP_SECONDS`` in a daemon thread, when tasks run in threads."""
    global _loop_of
    with _lock:
        if settings.TASK_RUNNER != "thread" or _loop_of == os.getpid():
            return
        _loop_of = os.getpid()
    threading.Thread(target=_sweep_forever, name="scoring-sweep", daemon=True).start()


def _sweep_forever() -> None:
    from scoring import tasks

    pause = threading.Event()
    while True:
        _in_thread(lambda _: tasks.sweep_everything(), 0)
        pause.wait(settings.SWEEP_SECONDS)
