"""Counts against rates and against the size of the enterprise, without knowing any instrument."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import polars as pl

from questionnaires.instruments.questions import unit_key
from scoring.integrity.batch import Batch, Finding
from scoring.integrity.bounds import Bounds

PEOPLE = "人"
MONEY = {"元": 1e-4, "万元": 1.0, "亿元": 1e4}  # in CNY 10,000, the profile's unit


def counts(batch: Batch, bounds: Bounds) -> Iterator[Finding]:
    """Parts above wholes, percentages that are not their counts', totals that differ, slips of
    units."""
    ratios = [q for q in batch.definition.questions.values() if q.kind == "ratio"]
    for question in ratios:
        yield from _own_counts(question, batch.coded, bounds)
    yield from _same_totals(ratios, batch.coded, bounds)
    for question in batch.definition.questions.values():
        if question.kind in ("ratio", "number"):
            yield from _size(question, batch.coded, bounds)


def _own_counts(question: Any, coded: pl.DataFrame, bounds: Bounds) -> Iterator[Finding]:
    code = question.code
    part, whole, percent = (coded[f"{code}{end}"] for end in (".part", ".whole", ""))
    if not question.above_whole:
        for row in (part > whole).arg_true():
            facts = {"part": part[row], "whole": whole[row]}
            yield Finding(row, "counts", "part_above_whole", f"part.{code}", facts, (code,))
    off = ((100 * part / whole) - percent).abs() > bounds.percent_off
    for row in off.arg_true():
        facts = {"part": part[row], "whole": whole[row], "percent": percent[row]}
        yield Finding(row, "counts", "percent_off", f"percent.{code}", facts, (code,))


def _same_totals(ratios: list[Any], coded: pl.DataFrame, bounds: Bounds) -> Iterator[Finding]:
    """Questions that ask for the same total (same words, same unit) must be told the same."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for question in ratios:
        if question.whole:
            groups[question.whole["zh"], unit_key(question)].append(question.code)
    for (_, _), codes in groups.items():
        for one, other in combinations(codes, 2):
            a, b = coded[f"{one}.whole"], coded[f"{other}.whole"]
            larger = pl.select(pl.max_horizontal(a, b)).to_series()
            for row in ((a - b).abs() > bounds.totals_off * larger).arg_true():
                facts = {"one": a[row], "other": b[row]}
                key = f"totals.{one}.{other}"[:80]
                yield Finding(row, "counts", "totals_differ", key, facts, (one, other))


def _size(question: Any, coded: pl.DataFrame, bounds: Bounds) -> Iterator[Finding]:
    """More people than the enterprise has, or amounts far beyond its revenue and assets."""
    unit = unit_key(question)
    end = ".whole" if question.kind == "ratio" else ""
    said = coded[f"{question.code}{end}"]
    if unit == PEOPLE:
        limit, reason = coded["profile.employees"] * bounds.staff_times, "beyond_staff"
    elif unit in MONEY:
        most = pl.max_horizontal(coded["profile.revenue"], coded["profile.assets"])
        limit = pl.select(most).to_series() * (bounds.money_times / MONEY[unit])
        reason = "beyond_money"
    else:
        return
    for row in ((said > limit) & (limit > 0)).arg_true():
        facts = {"said": said[row], "unit": question.unit, **_profile(coded, row)}
        yield Finding(row, "counts", reason, f"size.{question.code}", facts, (question.code,))


def _profile(coded: pl.DataFrame, row: int) -> dict[str, Any]:
    return {name: coded[f"profile.{name}"][row] for name in ("employees", "revenue", "assets")}
