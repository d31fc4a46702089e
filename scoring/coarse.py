"""Quantiles of few values, rounded so that they do not repeat single enterprises' values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import floor, log10
from typing import Any

from scoring.columns import Column
from scoring.numbers import SHARES, Stats, decimal

STEP = 0.05  # of a scale, or of the next power of ten where there is none


def coarsened(stats: Stats, column: Column, minimum: int) -> Stats:
    """The distribution with each quantile rounded that has fewer than ``minimum`` values beyond.

    At the place (n − 1)·p stands one value or the line between two: with few values those are
    somebody's own, and those of two overlapping groups give a third away. With ``minimum`` on
    either side the exact quantile is told.
    """
    found: dict[str, Any] = {}
    for name, share in SHARES.items():
        value = getattr(stats, name)
        if value is not None and stats.n * min(share, 1 - share) < minimum:
            found[name] = _rounded(value, step(column, float(value)))
    return replace(stats, **found) if found else stats


def step(column: Column, value: float) -> float:
    """A twentieth of the scale; for an indicator, which has none, of the power of ten above."""
    if column.kind != "indicator":
        return STEP * (column.high - column.low)
    return STEP * 10 ** (floor(log10(abs(value))) + 1) if value else 0.0


def _rounded(value: Decimal, by: float) -> Decimal:
    return decimal(round(float(value) / by) * by) if by else value
