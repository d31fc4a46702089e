"""Run a compiled instrument over a coded frame."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from scoring.engine import levels, points, tree
from scoring.engine.numbers import Compiled, as_double

CHUNK = 131_072  # rows at a time: bounds memory, stays near the cache

Stage = list[pl.Expr]


@dataclass
class Plan:
    """The stages of one instrument: each sees the columns of those before it."""

    stages: list[Stage] = field(default_factory=list)
    results: list[str] = field(default_factory=list)  # what a caller of ``score`` gets
    details: list[str] = field(default_factory=list)  # what ``explain`` needs besides


_PLANS: OrderedDict[tuple[str, bool], Plan] = OrderedDict()


def score(compiled: Compiled, frame: pl.DataFrame, details: bool = False) -> pl.DataFrame:
    """Score every row of a coded frame; rows keep their order.

    Columns: ``total``, ``level`` (rank, 0 for none), ``error`` (an error-level check holds; then
    total and level are null), ``node.<code>``, ``item.<code>`` in millionths, null where left out,
    ``value.<code>`` of computed values and ``check.<code>``. With ``details`` also what ``explain``
    needs. Raises polars.exceptions.ColumnNotFoundError when the frame is of another instrument.
    """
    plan = _plan(compiled, details)
    columns = plan.results + (plan.details if details else [])
    if frame.height == 0:
        return _run(plan, frame).select(columns)
    pieces = [_run(plan, piece).select(columns) for piece in frame.iter_slices(CHUNK)]
    return pieces[0] if len(pieces) == 1 else pl.concat(pieces)


def score_apart(compiled: Compiled, frame: pl.DataFrame) -> pl.DataFrame:
    """``score`` for a variant made for one occasion: its plan is not kept."""
    plan = _make(compiled, False)
    return _run(plan, frame).select(plan.results)


def _run(plan: Plan, frame: pl.DataFrame) -> pl.DataFrame:
    """Every stage in turn, on at least two rows: one row alone takes other arithmetic paths."""
    alone = frame.height == 1
    if alone:
        frame = pl.concat([frame, frame])
    for stage in plan.stages:
        if stage:
            frame = frame.with_columns(stage)
    return frame.head(1) if alone else frame


def _plan(compiled: Compiled, details: bool) -> Plan:
    """The plan of an instrument, made once for each process."""
    key = (compiled["sha256"], details)
    if key not in _PLANS:
        _PLANS[key] = _make(compiled, details)
        while len(_PLANS) > 32:
            _PLANS.popitem(last=False)
    return _PLANS[key]


def _make(compiled: Compiled, details: bool) -> Plan:
    plan = Plan()
    _values(compiled, plan)
    items = _items(compiled, plan)
    _nodes(compiled, plan, items)
    _checks(compiled, plan)
    _levels(compiled, plan, details)
    _outcome(compiled, plan)
    if details:
        _advice(compiled, plan)
    return plan


def _values(compiled: Compiled, plan: Plan) -> None:
    """Computed values, in file order: each may use those above it."""
    for value in compiled["computed"]:
        found = pl.sql_expr(value["sql"]).cast(pl.Float64)
        name = f"value.{value['code']}"
        plan.stages.append([pl.when(found.is_finite()).then(found).alias(name)])
        plan.results.append(name)


def _items(compiled: Compiled, plan: Plan) -> dict[str, bool]:
    """Points of all scored items; returns which may be left out."""
    _computed_states(compiled, plan)
    scored = [i for i in [*compiled["questions"], *compiled["computed"]] if i["plan"]]
    plan.stages.append([points.counted(item).alias(f"item.{item['code']}") for item in scored])
    plan.results.extend(f"item.{item['code']}" for item in scored)
    return {item["code"]: points.may_be_left_out(item) for item in scored}


def _computed_states(compiled: Compiled, plan: Plan) -> None:
    """How a computed value stands when it has none: as the questions it needs stand."""
    stage: Stage = []
    for value in compiled["computed"]:
        states = [pl.col(f"{name}.state") for name in value["depends"]]
        stage.append(_state_of(states).alias(f"{value['code']}.state"))
    plan.stages.append(stage)


def has_states(question: dict[str, Any]) -> bool:
    """Whether a question may be not asked or not applicable."""
    return bool(question["conditional"] or question["takes_not_applicable"])


def _state_of(states: list[pl.Expr]) -> pl.Expr:
    plain = pl.lit(points.UNANSWERED, dtype=pl.UInt8)
    if not states:
        return plain
    not_asked = pl.any_horizontal([state == points.NOT_ASKED for state in states])
    not_applicable = pl.any_horizontal([state == points.NOT_APPLICABLE for state in states])
    return (
        pl.when(not_asked)
        .then(pl.lit(points.NOT_ASKED, dtype=pl.UInt8))
        .when(not_applicable)
        .then(pl.lit(points.NOT_APPLICABLE, dtype=pl.UInt8))
        .otherwise(plain)
    )


def _nodes(compiled: Compiled, plan: Plan, items: dict[str, bool]) -> None:
    """Nodes level by level from the leaves, so that siblings are computed side by side."""
    height: dict[str, int] = {}
    left_out: dict[str, bool] = {}
    stages: list[Stage] = []
    for node in compiled["nodes"]:
        below = [c["code"] for c in node["children"] if c["kind"] == "node"]
        height[node["code"]] = at = 1 + max((height[code] for code in below), default=-1)
        can_miss = [
            left_out[c["code"]] if c["kind"] == "node" else items[c["code"]]
            for c in node["children"]
        ]
        left_out[node["code"]] = all(can_miss)
        while len(stages) <= at:
            stages.append([])
        stages[at].append(tree.node_score(node, not any(can_miss)).alias(f"node.{node['code']}"))
        plan.results.append(f"node.{node['code']}")
    plan.stages.extend(stages)


def _checks(compiled: Compiled, plan: Plan) -> None:
    checks = compiled["checks"]
    plan.stages.append(
        [pl.sql_expr(c["sql"]).fill_null(False).alias(f"check.{c['code']}") for c in checks]
    )
    plan.results.extend(f"check.{check['code']}" for check in checks)


def _advice(compiled: Compiled, plan: Plan) -> None:
    """Whether the condition of each piece of advice that has one holds."""
    stage: Stage = []
    for question in compiled["questions"]:
        for place, advice in enumerate(question["advice"]):
            if "when" in advice:
                name = f"advice.{question['code']}.{place}"
                stage.append(pl.sql_expr(advice["when"]).fill_null(False).alias(name))
                plan.details.append(name)
    plan.stages.append(stage)


def _levels(compiled: Compiled, plan: Plan, details: bool) -> None:
    if not compiled["levels"]:
        return
    _exact(compiled, plan)
    states = {q["code"] for q in compiled["questions"] if has_states(q)}
    measures: Stage = []
    tests: Stage = []
    for rank, step in enumerate(compiled["levels"]["steps"], 1):
        for name, condition in levels.leaves(step["all"], str(rank)):
            if condition["kind"] == "level":
                continue
            measures.append(levels.actual(condition, states).alias(f"actual.{name}"))
            measured = pl.col(f"actual.{name}")
            tests.append(levels.holds(condition, measured, states).alias(f"holds.{name}"))
            plan.details += [f"actual.{name}", f"holds.{name}"]
    plan.stages += [measures, tests]
    for rank, step in enumerate(compiled["levels"]["steps"], 1):
        plan.stages.append([levels.met(step["all"], str(rank)).alias(f"step.{step['code']}")])
        plan.details.append(f"step.{step['code']}")


def _exact(compiled: Compiled, plan: Plan) -> None:
    """Points and scores as doubles, for the expressions in levels that ask for them."""
    wanted = _sqls(compiled["levels"]["steps"])
    stage: Stage = []
    for name in plan.results:
        kind, _, code = name.partition(".")
        column = {"item": f"exact.points.{code}", "node": f"exact.score.{code}"}.get(kind)
        if column and f'"{column}"' in wanted:
            stage.append(as_double(pl.col(name)).alias(column))
    scored = {name for name in plan.results if name.startswith("item.")}
    for question in [*compiled["questions"], *compiled["computed"]]:
        column = f"exact.points.{question['code']}"
        if f"item.{question['code']}" not in scored and f'"{column}"' in wanted:
            stage.append(pl.lit(None, dtype=pl.Float64).alias(column))
    plan.stages.append(stage)


def _sqls(steps: list[dict[str, Any]]) -> str:
    found = []
    for step in steps:
        found += [c["sql"] for _, c in levels.leaves(step["all"], "") if "sql" in c]
    return " ".join(found)


def _outcome(compiled: Compiled, plan: Plan) -> None:
    errors = [pl.col(f"check.{c['code']}") for c in compiled["checks"] if c["severity"] == "error"]
    plan.stages.append([(pl.any_horizontal(errors) if errors else pl.lit(False)).alias("error")])
    total = pl.col(f"node.{compiled['root']}") if compiled["root"] else pl.lit(None, dtype=pl.Int64)
    level = pl.lit(0, dtype=pl.Int16)
    steps = compiled["levels"]["steps"] if compiled["levels"] else []
    for rank, step in enumerate(steps, 1):
        level = (
            pl.when(pl.col(f"step.{step['code']}"))
            .then(pl.lit(rank, dtype=pl.Int16))
            .otherwise(level)
        )
    fine = pl.col("error").not_()
    outcome = [pl.when(fine).then(total).alias("total"), pl.when(fine).then(level).alias("level")]
    plan.stages.append(outcome)
    plan.results[:0] = ["total", "level", "error"]
