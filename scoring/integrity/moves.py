"""Moves since an earlier year that hardly any enterprise can make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from questionnaires.instruments.questions import unit_key
from scoring.integrity.batch import Batch, Earlier, Finding
from scoring.integrity.bounds import Bounds

MEASURES = ("employees", "revenue", "assets")
Array = np.ndarray


def moves(batch: Batch, bounds: Bounds) -> Iterator[Finding]:
    """Jumps of the level, of many rungs, and of quantities, against one earlier submission."""
    for earlier in batch.earlier:
        now = batch.coded[earlier.rows]
        yield from _levels(batch, earlier, bounds)
        yield from _rungs(batch, earlier, now, bounds)
        yield from _quantities(batch, earlier, now, bounds)


def _finding(
    earlier: Earlier, place: int, reason: str, facts: dict[str, Any], codes: list[str]
) -> Finding:
    facts = {**facts, "years": earlier.years}
    row, before = earlier.rows[place], earlier.keys[place]
    return Finding(row, "move", reason, reason, facts, tuple(codes), before=before)


def _levels(batch: Batch, earlier: Earlier, bounds: Bounds) -> Iterator[Finding]:
    for place, before in enumerate(earlier.levels):
        now = batch.levels[earlier.rows[place]]
        if before is None or now is None:
            continue
        if abs(now - before) >= bounds.levels * earlier.years:
            yield _finding(earlier, place, "level_moved", {"before": before, "now": now}, [])


def _rungs(batch: Batch, earlier: Earlier, now: pl.DataFrame, bounds: Bounds) -> Iterator[Finding]:
    codes = [
        code for code in _shared(batch, earlier, ("ladder",)) if _same_rungs(batch, earlier, code)
    ]
    if not codes:
        return
    move = np.column_stack([_values(now, c) - _values(earlier.coded, c) for c in codes])
    far = np.abs(move) >= bounds.rungs * earlier.years
    both = (~np.isnan(move)).sum(axis=1)
    many = (far.sum(axis=1) > bounds.rung_share * both) & (far.sum(axis=1) >= bounds.rung_questions)
    for place in np.flatnonzero(many).tolist():
        moved = [code for code, one in zip(codes, far[place], strict=True) if one]
        facts = {"n": len(moved), "of": int(both[place]), "rungs": bounds.rungs * earlier.years}
        yield _finding(earlier, place, "rungs_moved", facts, moved)


def _quantities(
    batch: Batch, earlier: Earlier, now: pl.DataFrame, bounds: Bounds
) -> Iterator[Finding]:
    """Numbers many times what they were, and rates that moved by most of the scale."""
    found: dict[int, list[str]] = {}
    for code in _shared(batch, earlier, ("number", "ratio")):
        question = batch.definition.questions[code]
        a, b = _values(earlier.coded, code), _values(now, code)
        rate = question.kind == "ratio" or unit_key(question) == "%"
        far = _rate_far(a, b, earlier, bounds) if rate else _times_far(a, b, earlier, bounds)
        for place in np.flatnonzero(far).tolist():
            found.setdefault(place, []).append(code)
    for name in MEASURES:
        a, b = (_values(frame, f"profile.{name}") for frame in (earlier.coded, now))
        for place in np.flatnonzero(_times_far(a, b, earlier, bounds)).tolist():
            found.setdefault(place, []).append(f"profile.{name}")
    for place, codes in sorted(found.items()):
        facts = {"times": bounds.times**earlier.years, "points": bounds.points, "n": len(codes)}
        yield _finding(earlier, place, "quantities_moved", facts, codes)


def _rate_far(a: Array, b: Array, earlier: Earlier, bounds: Bounds) -> Array:
    far: Array = np.abs(b - a) > min(bounds.points * earlier.years, 100.0)
    return far


def _times_far(a: Array, b: Array, earlier: Earlier, bounds: Bounds) -> Array:
    low, high = np.fmin(a, b), np.fmax(a, b)
    known = ~np.isnan(a) & ~np.isnan(b) & (low > 0) & (high >= bounds.times_from)
    far: Array = known & (high > low * bounds.times**earlier.years)
    return far


def _shared(batch: Batch, earlier: Earlier, kinds: tuple[str, ...]) -> list[str]:
    """Questions of both versions with the same kind and unit."""
    old = earlier.definition.questions
    return [
        code
        for code, question in batch.definition.questions.items()
        if question.kind in kinds
        and code in old
        and old[code].kind == question.kind
        and unit_key(old[code]) == unit_key(question)
    ]


def _same_rungs(batch: Batch, earlier: Earlier, code: str) -> bool:
    now, old = batch.definition.questions[code], earlier.definition.questions[code]
    return len(now.rungs) == len(old.rungs)


def _values(frame: pl.DataFrame, column: str) -> Array:
    found: Array = frame[column].cast(pl.Float64).to_numpy()
    return found
