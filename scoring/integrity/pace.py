"""Answers that came faster than questions can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median

from scoring.integrity.batch import Batch, Finding
from scoring.integrity.bounds import BOUNDS, Bounds

ONE_GO = 0.05  # seconds: answers closer than this were sent together, not given one by one


def pace(batch: Batch, bounds: Bounds) -> Iterator[Finding]:
    """Median time of an answer below the bound; rows without known times are not judged."""
    for row, seconds in enumerate(batch.seconds):
        if seconds is not None and seconds < bounds.seconds:
            facts = {"seconds": round(seconds, 1), "bound": bounds.seconds}
            yield Finding(row, "pace", "fast", "", facts)


def seconds_per_answer(times: Sequence[datetime], bounds: Bounds = BOUNDS) -> float | None:
    """The median time between two answers saved one after the other, in seconds.

    ``times`` are of answers a person gave on the page: not those taken over from an earlier year,
    nor sent by a program. Answers sent in one go have no time of their own. None where fewer than
    ``bounds.timed`` times are known: then nothing can be judged.
    """
    ordered = sorted(times)
    gaps = [(b - a).total_seconds() for a, b in pairwise(ordered)]
    known = [gap for gap in gaps if gap >= ONE_GO]
    if len(known) + 1 < bounds.timed or 2 * len(known) < len(gaps):
        return None
    return median(known)
