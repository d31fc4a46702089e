"""Levels: conditions over scores, rungs and expressions; the highest that holds is the result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from scoring.engine.numbers import ONE, divided
from scoring.engine.points import NOT_APPLICABLE, NOT_ASKED

Condition = dict[str, Any]


def leaves(conditions: list[Condition], path: str) -> Iterator[tuple[str, Condition]]:
    """Every condition but ``any``, each with a name of its own."""
    for index, condition in enumerate(conditions):
        name = f"{path}.{index}"
        if condition["kind"] == "any":
            yield from leaves(condition["any"], name)
        else:
            yield name, condition


def actual(condition: Condition, states: set[str]) -> pl.Expr:
    """What a condition measures: millionths of score or percent, a count, or true/false.

    ``states`` names the ladder questions that may be not asked or not applicable.
    """
    kind = condition["kind"]
    if kind in ("score", "minimum"):
        columns = [pl.col(f"node.{code}") for code in condition["nodes"]]
        known = pl.all_horizontal([column.is_not_null() for column in columns])
        return columns[0] if len(columns) == 1 else pl.when(known).then(pl.min_horizontal(columns))
    if kind == "rungs":
        count = _count(condition)
        return count if "share" not in condition else _share(condition, count, states)
    return pl.sql_expr(condition["sql"]).fill_null(False)


def _count(condition: Condition) -> pl.Expr:
    at = [(pl.col(code) >= condition["rung"]).cast(pl.UInt8) for code in condition["questions"]]
    return pl.sum_horizontal([one.fill_null(0) for one in at]).cast(pl.Int64)


def _counted_asked(condition: Condition, states: set[str]) -> pl.Expr:
    """How many of the questions are asked and apply."""
    fixed = sum(code not in states for code in condition["questions"])
    moving = [
        (~pl.col(f"{code}.state").is_in([NOT_ASKED, NOT_APPLICABLE])).cast(pl.Int64)
        for code in condition["questions"]
        if code in states
    ]
    return pl.sum_horizontal([pl.lit(fixed, dtype=pl.Int64), *moving])


def _share(condition: Condition, count: pl.Expr, states: set[str]) -> pl.Expr:
    asked = _counted_asked(condition, states)
    share = divided(count * (100 * ONE), asked, 10**3 * 100 * ONE)
    return pl.when(asked > 0).then(share)


def holds(condition: Condition, measured: pl.Expr, states: set[str]) -> pl.Expr:
    """Whether a condition is met, compared exactly; what is unknown does not hold."""
    kind = condition["kind"]
    found: pl.Expr
    if kind == "rungs" and "share" in condition:
        asked = _counted_asked(condition, states)
        found = (asked > 0) & (_count(condition) * (100 * ONE) >= asked * condition["share"])
    elif kind in ("score", "minimum", "rungs"):
        found = (measured >= condition["at_least"]).fill_null(False)
    else:
        found = measured if kind == "holds" else measured.not_()
    return found


def met(conditions: list[Condition], path: str) -> pl.Expr:
    """Whether all conditions of one level hold, from the ``holds.`` columns."""
    found = []
    for index, condition in enumerate(conditions):
        name = f"{path}.{index}"
        if condition["kind"] == "any":
            found.append(_any_met(condition, name))
        else:
            found.append(_one_met(condition, name))
    return pl.all_horizontal(found)


def _any_met(condition: Condition, name: str) -> pl.Expr:
    inner = []
    for index, part in enumerate(condition["any"]):
        below = f"{name}.{index}"
        inner.append(_any_met(part, below) if part["kind"] == "any" else _one_met(part, below))
    return pl.any_horizontal(inner)


def _one_met(condition: Condition, name: str) -> pl.Expr:
    if condition["kind"] == "level":
        return pl.col(f"step.{condition['level_code']}")
    return pl.col(f"holds.{name}")
