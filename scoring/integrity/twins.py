"""Enterprises that gave the same answers, or nearly, and may have been filled in by one hand.

Comparing all pairs would take the square of their number. Two rows that differ in at most d of q
columns agree wholly in at least one of d + 1 bands of columns, so only rows that share a band are
compared: nothing above the bound is missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

import numpy as np
import polars as pl

from scoring.integrity.batch import Batch, Finding
from scoring.integrity.bounds import Bounds

NOT_COMPARED = ("text", "evidence")  # free words and files
LEFT_OUT = (1, 4)  # states: unanswered, not asked
Matrix = np.ndarray
Pair = tuple[int, int]


def twins(batch: Batch, bounds: Bounds) -> Iterator[Finding]:
    """One finding a row that has twins, with all of them."""
    said = said_matrix(batch)
    enough = (said != 0).sum(axis=1) >= bounds.answered
    alike: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other in _candidates(said, batch.hands, enough, bounds):
        share = equal_share(said[one], said[other])
        if share >= bounds.alike:
            alike[one][other] = alike[other][one] = share
    for row, others in sorted(alike.items()):
        best = max(others.values())
        reason = "identical" if best == 1 else "nearly_identical"
        facts = {"n": len(others), "share": round(100 * best, 1), "hand": _hand(batch, row, others)}
        yield Finding(row, "twin", reason, "", facts, (), tuple(sorted(others)))


def said_matrix(batch: Batch) -> Matrix:
    """Firms × questions: a number for each different answer, 0 where there is none.

    Who answers (the profile) is no part of it, nor are free words and files.
    """
    columns = []
    for question in batch.definition.questions.values():
        if question.kind in NOT_COMPARED:
            continue
        names = [c for c in batch.coded.columns if c.partition(".")[0] == question.code]
        parts = batch.coded.select(pl.struct(names).hash(7)).to_series().to_numpy()
        there = ~np.isin(batch.coded[f"{question.code}.state"].to_numpy(), LEFT_OUT)
        columns.append(np.where(there, parts | np.uint64(1), np.uint64(0)))
    return np.column_stack(columns) if columns else np.zeros((batch.height, 0), dtype=np.uint64)


def equal_share(one: Matrix, other: Matrix) -> float:
    """Share of equal answers, of the questions that either of the two answered."""
    either = (one != 0) | (other != 0)
    return float(((one == other) & either).sum() / max(int(either.sum()), 1))


def _candidates(
    said: Matrix, hands: list[tuple[Hashable, ...]], enough: Matrix, bounds: Bounds
) -> set[Pair]:
    """Pairs of one hand that agree in a whole band; of crowds, each with the next ones only."""
    numbers: dict[Hashable, int] = {}
    marks = [
        (row, numbers.setdefault(hand, len(numbers)))
        for row in np.flatnonzero(enough).tolist()
        for hand in hands[row]
    ]
    if not marks:
        return set()
    rows, hand_of = np.array(marks, dtype=np.uint64).T
    pairs: set[Pair] = set()
    for band in _bands(said, bounds):
        keys = _mixed(band[rows.astype(np.int64)], hand_of)
        order = np.argsort(keys, kind="stable")
        pairs |= _neighbours(rows[order].astype(np.int64), keys[order], bounds.bucket)
    return pairs


def _neighbours(rows: Matrix, keys: Matrix, most: int) -> set[Pair]:
    """Pairs of rows with equal keys; ``keys`` are sorted, and each row meets the next ``most``."""
    found: set[Pair] = set()
    for step in range(1, most):
        same = keys[step:] == keys[:-step]
        if not same.any():
            break
        found.update(zip(rows[:-step][same].tolist(), rows[step:][same].tolist(), strict=True))
    return found


def _bands(said: Matrix, bounds: Bounds) -> list[Matrix]:
    """One number a row for each band of columns; columns are dealt out in turn."""
    width = said.shape[1]
    count = min(int((1 - bounds.alike) * width + 1e-9) + 1, max(width, 1))
    bands = []
    for start in range(count):
        band = np.zeros(len(said), dtype=np.uint64)
        for column in said[:, start::count].T:
            band = _mixed(band, column)
        bands.append(band)
    return bands


def _mixed(one: Matrix, other: Matrix) -> Matrix:
    """Two columns of numbers as one (multiplying by odd numbers, after Knuth)."""
    found: Matrix = (one ^ (one >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    found = found + other * np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(32)
    return found


def _hand(batch: Batch, row: int, others: dict[int, float]) -> str:
    """What the row and its twins share: ``person``, ``adviser`` or ``hour``, the closest first."""
    shared = {
        str(hand[0])
        for other in others
        for hand in batch.hands[row]
        if isinstance(hand, tuple) and hand in batch.hands[other]
    }
    return next((name for name in ("person", "adviser", "hour") if name in shared), "")
