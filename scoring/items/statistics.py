"""The item statistics of one coded frame, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scoring.items.dimensions import Dimension, dimensions, reliability
from scoring.items.frame import Items, scored_items, states
from scoring.items.intervals import correlation_interval, share_interval
from scoring.items.measures import correlation, upper_lower
from scoring.items.options import frequencies

if TYPE_CHECKING:
    import polars as pl

ENOUGH = 30  # answers from which an item may be said not to tell firms apart
CEILING = FLOOR = 0.90  # more than this share with all points, or with none
FLAT = 0.15  # item–rest correlation below this
Statistics = dict[str, Any]


def item_statistics(compiled: dict[str, Any], coded: pl.DataFrame, minimum: int) -> Statistics:
    """``{"n", "minimum", "withheld", "items", "dimensions"}`` of every firm that can be scored.

    ``minimum`` is the smallest number of firms anything is told of. docs/item-statistics.md gives
    each number's definition; shares and correlations are not percentages.
    """
    items, coded = scored_items(compiled, coded)
    head: Statistics = {"n": coded.height, "minimum": minimum, "withheld": coded.height < minimum}
    if head["withheld"]:
        return {**head, "items": [], "dimensions": []}
    found = [reliability(one, items, minimum) for one in dimensions(compiled)]
    of, without = _by_item(found)
    questions = [*compiled["questions"], *compiled["computed"]]
    rows = [_item(q, items, coded, minimum, of, without) for q in questions]
    return {**head, "items": rows, "dimensions": [one.as_json() for one in found]}


def _by_item(found: list[Dimension]) -> tuple[dict[str, str], dict[str, float | None]]:
    """Each item's dimension, and the dimension's alpha without it."""
    of = {code: one.code for one in found for code in one.items}
    return of, {code: value for one in found for code, value in one.without.items()}


def _item(
    question: dict[str, Any],
    items: Items,
    coded: pl.DataFrame,
    minimum: int,
    of: dict[str, str],
    without: dict[str, float | None],
) -> dict[str, Any]:
    code = question["code"]
    counts = states(code, coded) if question["kind"] != "computed" else {}
    measured = _measured(code, items, minimum) if code in items.codes else None
    n = counts["answered"] if counts else (measured or {}).get("n", 0)
    withheld = n < minimum
    return {
        "code": code,
        "text": question["text"],
        "kind": question["kind"],
        "scored": measured is not None,
        "dimension": of.get(code, ""),
        "n": n,
        "states": counts,
        "withheld": withheld,
        "alpha_without": None if withheld else without.get(code),
        "options": [] if withheld or not counts else frequencies(question, coded),
        **{name: (measured or {}).get(name) for name in MEASURES},
        "marks": (measured or {}).get("marks", []),
    }


MEASURES = ("difficulty", "discrimination", "upper_lower", "ceiling", "floor")


def _measured(code: str, items: Items, minimum: int) -> dict[str, Any]:
    """Of the firms that answered an item: how hard it is and what it tells apart."""
    place = items.codes.index(code)
    given = items.answered[:, place]
    x = items.shares[given, place]
    n = len(x)
    if n < minimum:
        return {"n": n}
    rest, total = items.totals.rest(items.shares[:, place])[given], items.totals.mean[given]
    compared = ~np.isnan(rest)
    found = {
        "n": n,
        "difficulty": _with(float(x.mean()), share_interval(float(x.mean()), n)),
        "discrimination": _discrimination(x[compared], rest[compared]),
        "upper_lower": upper_lower(x, total),
        "ceiling": float((x >= 1).mean()),
        "floor": float((x <= 0).mean()),
    }
    return {**found, "marks": marks(found)}


def _discrimination(x: np.ndarray, rest: np.ndarray) -> list[float] | None:
    r = correlation(x, rest)
    if r is None:
        return None
    return _with(r, correlation_interval(r, len(x)) or (-1.0, 1.0))


def _with(value: float, interval: tuple[float, float]) -> list[float]:
    return [value, *interval]


def marks(found: dict[str, Any]) -> list[str]:
    """Why an item no longer tells firms apart: ``ceiling``, ``floor``, ``flat``; empty if it does.

    Nothing is said of fewer than ``ENOUGH`` answers. An item everybody answers alike has no
    correlation; its ceiling or floor says why.
    """
    if found["n"] < ENOUGH:
        return []
    r = found["discrimination"]
    tests = {
        "ceiling": found["ceiling"] > CEILING,
        "floor": found["floor"] > FLOOR,
        "flat": r is None or r[0] < FLAT,
    }
    return [name for name, holds in tests.items() if holds]
