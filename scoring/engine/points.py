"""Points of questions and computed values: what was earned, and what a missing answer does."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
import polars as pl

from scoring.engine.numbers import divided, to_millionths

ANSWERED, UNANSWERED, NOT_APPLICABLE, UNKNOWN, NOT_ASKED = range(5)
_TABLE_BITS = 12  # a table of 2^12 points stays in the processor's cache


def earned(item: dict[str, Any]) -> pl.Expr:
    """Points in millionths; null where there is no value to judge."""
    column = f"value.{item['code']}" if item["kind"] == "computed" else item["code"]
    return _PLANS[item["plan"]["how"]](item["plan"], pl.col(column))


def _looked_up(table: list[int] | np.ndarray, index: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series("points", table, dtype=pl.Int64)).gather(index)


def _choice(plan: dict[str, Any], value: pl.Expr) -> pl.Expr:
    return _looked_up(plan["points"], value)


def _bits(plan: dict[str, Any], value: pl.Expr) -> pl.Expr:
    """Sum over the chosen options: one look-up for every twelve options."""
    points = plan["points"]
    parts = []
    for start in range(0, len(points), _TABLE_BITS):
        table = _sums(points[start : start + _TABLE_BITS])
        part = value if len(points) <= _TABLE_BITS else (value // 2**start) % 2**_TABLE_BITS
        parts.append(_looked_up(table, part))
    total = reduce(operator.add, parts)
    return total if plan["cap"] is None else total.clip(upper_bound=plan["cap"])


def _sums(points: list[int]) -> np.ndarray:
    """The sum of every subset, by bit mask."""
    table = np.zeros(1, dtype=np.int64)
    for point in points:
        table = np.concatenate([table, table + point])
    return table


def _yes_no(plan: dict[str, Any], value: pl.Expr) -> pl.Expr:
    yes, no = (pl.lit(plan[key], dtype=pl.Int64) for key in ("yes", "no"))
    return pl.when(value).then(yes).when(value.not_()).then(no)


def _bands(plan: dict[str, Any], value: pl.Expr) -> pl.Expr:
    """Ends are the doubles nearest to the decimals, as values are, so edges are exact."""
    found: Any = pl.when(value.is_null()).then(pl.lit(None, dtype=pl.Int64))
    for band in plan["bands"]:
        found = found.when(_within(band, value)).then(pl.lit(band["points"], dtype=pl.Int64))
    points: pl.Expr = found.otherwise(pl.lit(None, dtype=pl.Int64))
    return points


def _within(band: dict[str, Any], value: pl.Expr) -> pl.Expr:
    tests = []
    if band["low"] is not None:
        tests.append(value >= band["low"] if band["low_closed"] else value > band["low"])
    if band["high"] is not None:
        tests.append(value <= band["high"] if band["high_closed"] else value < band["high"])
    return pl.all_horizontal(tests) if tests else value.is_not_null()


def _linear(plan: dict[str, Any], value: pl.Expr) -> pl.Expr:
    """A straight line in whole numbers: the value is held between the ends first.

    It is read to as many decimals as a double holds at the size of the ends, so that decimals as
    people write them are exact.
    """
    worst, best, points = plan["worst"], plan["best"], plan["points"]
    low, high = min(worst, best), max(worst, best)
    digits = max(0, 15 - 6 - len(str(max(abs(low), abs(high)) // 10**6)))
    finer = 10**digits
    held = value.clip(low / 1e6, high / 1e6)
    exact = (held * float(10**6 * finer)).round().cast(pl.Int64).clip(low * finer, high * finer)
    start = worst * finer
    above = exact - start if best > worst else start - exact
    span = (high - low) * finer
    wide = above.cast(pl.Int128) * points
    return divided(wide, span, points * span)


def _expression(plan: dict[str, Any], value: pl.Expr) -> pl.Expr:
    found = pl.sql_expr(plan["sql"]).cast(pl.Float64)
    found = pl.when(found.is_finite()).then(found)
    return to_millionths(found.clip(0.0, plan["max"] / 1e6)).clip(0, plan["max"])


_PLANS: dict[str, Callable[[dict[str, Any], pl.Expr], pl.Expr]] = {
    "choice": _choice,
    "bits": _bits,
    "yes_no": _yes_no,
    "bands": _bands,
    "linear": _linear,
    "expression": _expression,
}


def may_be_left_out(item: dict[str, Any]) -> bool:
    """Whether any enterprise's answers can take this item out of the tree."""
    if item["kind"] == "computed":
        return bool(item["missing"] == "reweight" or item["depends"])
    if item["missing"] == "reweight" or item["conditional"]:
        return True
    return bool(item["takes_not_applicable"] and item["not_applicable"] == "reweight")


def counted(item: dict[str, Any]) -> pl.Expr:
    """Points as they count in the tree: null when the item is left out."""
    points = earned(item)
    missing = _instead(item["missing"], item["max"])
    if item["kind"] != "computed" and not (item["takes_not_applicable"] or item["conditional"]):
        return points.fill_null(missing)
    state = pl.col(f"{item['code']}.state")
    other = (
        pl.when(state == NOT_ASKED)
        .then(None)
        .when(state == NOT_APPLICABLE)
        .then(_instead(item["not_applicable"], item["max"]))
        .otherwise(missing)
    )
    return pl.when(points.is_not_null()).then(points).otherwise(other)


def _instead(policy: str, most: int) -> pl.Expr:
    value = {"zero": 0, "full": most, "reweight": None}[policy]
    return pl.lit(value, dtype=pl.Int64)
