"""What replications say about each unit and each pair of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Bools, Floats
from scoring.index.ranks import ranks

LOW, HIGH = 0.05, 0.95
PAIRS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Range:
    """5th percentile, median and 95th of the replications, (units,) each; NaN where unknown."""

    p5: Floats
    median: Floats
    p95: Floats


def ranged(values: Floats) -> Range:
    """Of (replications, units), by linear interpolation (Hyndman and Fan's type 7).

    A unit without a value in some replications is described by the others.
    """
    if not len(values):
        return Range(*np.full((3, values.shape[1]), np.nan))
    found = np.full((3, values.shape[1]), np.nan)
    known = ~np.isnan(values)
    whole, some = known.all(axis=0), known.any(axis=0)
    levels = [100 * LOW, 50, 100 * HIGH]
    found[:, whole] = np.percentile(values[:, whole], levels, axis=0)
    partly = some & ~whole
    if partly.any():
        found[:, partly] = np.nanpercentile(values[:, partly], levels, axis=0)
    return Range(*found)


def ranked(scores: Floats, times: Sequence[str] | None) -> Floats:
    """Ranks (replications, units) among all units, or among those of the same year."""
    if times is None:
        return ranks(scores[..., None])[..., 0]
    result, kinds = np.empty_like(scores), np.asarray(times)
    for time in np.unique(kinds):
        inside = kinds == time
        result[:, inside] = ranks(scores[:, inside, None])[..., 0]
    return result


def share_of_first(places: Floats, first: int) -> Floats:
    """Share of the replications in which a unit is among the first ``first``, (units,).

    Ties share the better rank, so more than ``first`` units may be. NaN for a unit never ranked.
    """
    known = ~np.isnan(places)
    hits = (known & (places <= first)).sum(axis=0)
    return np.where(known.any(axis=0), hits / np.maximum(known.sum(axis=0), 1), np.nan)


def share_above(places: Floats, times: Sequence[str] | None) -> Floats:
    """(units, units): share of replications in which the row's unit is above the column's.

    Ties count half, so the two shares of a pair sum to one. NaN on the diagonal, for units of
    different years and for pairs never ranked together.
    """
    units = places.shape[1]
    won, met = np.zeros((units, units)), np.zeros((units, units))
    step = max(1, PAIRS_AT_ONCE // max(1, units * units))
    for start in range(0, len(places), step):
        part = places[start : start + step]
        one, other = part[:, :, None], part[:, None, :]
        won += (one < other).sum(axis=0) + 0.5 * (one == other).sum(axis=0)
        known = ~np.isnan(part)
        met += (known[:, :, None] & known[:, None, :]).sum(axis=0)
    alike = np.eye(units, dtype=np.bool_) | (met == 0)
    if times is not None:
        kinds = np.asarray(times)
        alike |= kinds[:, None] != kinds
    return np.where(alike, np.nan, won / np.maximum(met, 1))


def not_told_apart(share: Floats) -> Bools:
    """(units, units): neither is above the other in more than 95 % of replications."""
    return (share >= LOW) & (share <= HIGH)
