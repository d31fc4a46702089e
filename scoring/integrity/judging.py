"""All checks over one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scoring.integrity.batch import Batch, Finding
from scoring.integrity.bounds import BOUNDS, Bounds
from scoring.integrity.contradictions import contradictions
from scoring.integrity.counts import counts
from scoring.integrity.lines import lines
from scoring.integrity.moves import moves
from scoring.integrity.pace import pace
from scoring.integrity.twins import twins

CHECKS: tuple[Callable[[Batch, Bounds], Iterator[Finding]], ...] = (
    contradictions,
    counts,
    moves,
    pace,
    twins,
    lines,
)


def judge(batch: Batch, bounds: Bounds = BOUNDS) -> list[Finding]:
    """Every finding of a batch. The order of the rows makes no difference to what is found."""
    return [finding for check in CHECKS for finding in check(batch, bounds)]


def not_judged(batch: Batch) -> dict[str, Any]:
    """Of how many submissions the checks could say nothing, and why."""
    known = {row for earlier in batch.earlier for row in earlier.rows}
    return {
        "n": batch.height,
        "pace": sum(seconds is None for seconds in batch.seconds),
        "move": batch.height - len(known),
    }
