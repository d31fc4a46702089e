"""Straight lines: the same place chosen for every question of a section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from scoring.integrity.batch import Batch, Finding
from scoring.integrity.bounds import Bounds

PLACES = ("single", "ladder")  # kinds whose answer is one of several places
Matrix = np.ndarray


def lines(batch: Batch, bounds: Bounds) -> Iterator[Finding]:
    """One finding a section.

    Where many of the round do the same it says nothing of one. Whoever has nothing of what a
    section asks, or all of it, answers straight honestly: the lowest and the highest place count
    only where the other sections were answered otherwise.
    """
    if batch.height < bounds.line_round:
        return
    every = {q.code: q for q in batch.definition.questions.values() if q.kind in PLACES}
    shares = {code: _places(batch.coded, code) / _last(q) for code, q in every.items() if _last(q)}
    for section in batch.definition.sections:
        codes = [q.code for q in section.questions if q.code in shares]
        if len(codes) >= bounds.line:
            elsewhere = _mean([share for code, share in shares.items() if code not in codes])
            yield from _section(section, codes, batch.coded, elsewhere, bounds)


def _section(
    section: Any, codes: list[str], coded: pl.DataFrame, elsewhere: Matrix | None, bounds: Bounds
) -> Iterator[Finding]:
    places = np.column_stack([_places(coded, code) for code in codes])
    last = np.array([_last(q) for q in section.questions if q.code in codes])
    given = ~np.isnan(places)
    judged = given.sum(axis=1) >= bounds.line
    low = np.where(given, places, np.inf).min(axis=1)
    straight = judged & (low == np.where(given, places, -np.inf).max(axis=1))
    for place in np.unique(low[straight]):
        here = straight & (low == place)
        if here.sum() > bounds.usual * judged.sum():
            continue
        if place == 0 or place >= last.min():
            here &= _away(1.0 if place else 0.0, elsewhere, bounds)
        for row in np.flatnonzero(here).tolist():
            said = tuple(code for code, has in zip(codes, given[row], strict=True) if has)
            facts = {"n": len(said), "section": section.title, "place": int(place) + 1}
            yield Finding(row, "line", "straight", section.code, facts, said)


def _away(end: float, elsewhere: Matrix | None, bounds: Bounds) -> Matrix | bool:
    """Whether the other sections stand far enough from this end of the scale."""
    return False if elsewhere is None else np.abs(elsewhere - end) >= bounds.line_away


def _places(coded: pl.DataFrame, code: str) -> Matrix:
    found: Matrix = coded[code].cast(pl.Float64).to_numpy()
    return found


def _last(question: Any) -> int:
    """The last place of a question, counted from 0."""
    return len(question.rungs if question.kind == "ladder" else question.options) - 1


def _mean(columns: list[Matrix]) -> Matrix | None:
    """The mean of the known values of each row; NaN (never far away) without any."""
    if not columns:
        return None
    matrix = np.column_stack(columns)
    known = (~np.isnan(matrix)).sum(axis=1)
    found: Matrix = np.where(known > 0, np.nansum(matrix, axis=1) / np.maximum(known, 1), np.nan)
    return found
