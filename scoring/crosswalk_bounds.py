"""Between which ends the full score lies while questions are still open.

The engine itself scores three variants of the instrument for one enterprise: every open item at
nothing, at its most, and left out. An item is open while one of the questions it rests on is.
Scores rise with every item, so the first two are exact ends; a condition of a level that may fall
either way counts as not met below and as met above.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from questionnaires.answers import encode
from questionnaires.answers.values import State
from questionnaires.instruments import Definition
from scoring.crosswalk import rests_on
from scoring.engine.numbers import Compiled
from scoring.engine.running import score_apart
from scoring.numbers import decimal
from scoring.one import read_input

End = Literal["zero", "full", "reweight"]
ONE = 10**6
# Only more of a score can make this hold, so it needs no care at either end.
RISING = re.compile(
    r'CAST\("exact\.(score|points)\.[^"]+" AS DOUBLE\) >=? CAST\([-\d.]+ AS DOUBLE\)'
)


@dataclass(frozen=True)
class Bounds:
    """``low`` and ``high`` of the full score, of ``max``; ``covered``: the score over what is
    answered alone, on the same scale (None: nothing scored is answered). Levels are ranks."""

    low: Decimal
    high: Decimal
    max: Decimal
    covered: Decimal | None
    level_low: int
    level_high: int

    @property
    def settled(self) -> bool:
        return self.low == self.high


def bounds(
    definition: Definition,
    profile: Any,
    answers: Any,
    open_: Collection[str],
    derived: Collection[str] = (),
) -> Bounds | None:
    """Bounds for one enterprise; ``open_`` are the questions that remain or may yet be asked.

    ``derived`` are answers that follow by a rule: they hold the ends, but the score over what is
    answered leaves them out, since rules only find what is there and never what is lacking.

    None without a scoring tree, and where input cannot be read or breaks an error-level check.
    """
    compiled = definition.compiled
    read = read_input(definition, None, profile, answers)
    if not compiled["root"] or read.errors:
        return None
    frame = encode(definition, [(read.profile, read.sheet.answers)])
    frame = frame.with_columns(
        pl.lit(int(State.UNANSWERED), dtype=pl.UInt8).alias(f"{code}.state") for code in open_
    )
    found = {end: _scored(definition, frame, set(open_), end) for end in ("zero", "full")}
    if found["zero"]["total"] is None or found["full"]["total"] is None:
        return None
    blank = [pl.lit(None, dtype=frame.schema[code]).alias(code) for code in derived]
    apart = _scored(definition, frame.with_columns(blank), {*open_, *derived}, "reweight")
    alone = apart["total"]
    root = next(node for node in compiled["nodes"] if node["code"] == compiled["root"])
    return Bounds(
        low=_points(found["zero"]["total"]),
        high=_points(found["full"]["total"]),
        max=_points(root["max"]),
        covered=None if alone is None else _points(alone),
        level_low=found["zero"]["level"],
        level_high=found["full"]["level"],
    )


def _points(millionths: int) -> Decimal:
    return decimal(Decimal(millionths) / ONE)


def _scored(
    definition: Definition, frame: pl.DataFrame, open_: set[str], end: End
) -> dict[str, Any]:
    compiled, columns = definition.compiled, []
    values = {code for code, needs in rests_on(definition).items() if needs & open_}
    variant: Compiled = {
        **compiled,
        "questions": [
            {**q, "missing": end} if q["code"] in open_ else q for q in compiled["questions"]
        ],
        "computed": [
            {**v, "missing": end, "sql": "CAST(NULL AS DOUBLE)"} if v["code"] in values else v
            for v in compiled["computed"]
        ],
    }
    if compiled["levels"]:
        unsure = open_ | values | _nodes_over(compiled, open_ | values)
        steps = [
            {**step, "all": [_condition(one, open_, unsure, end) for one in step["all"]]}
            for step in compiled["levels"]["steps"]
        ]
        variant["levels"] = {**compiled["levels"], "steps": steps}
        columns = _best_rungs(compiled, open_)
    return score_apart(variant, frame.with_columns(columns)).row(0, named=True)


def _best_rungs(compiled: Compiled, open_: set[str]) -> list[pl.Expr]:
    """The highest rung of every open ladder, beside its (missing) answer."""
    return [
        pl.lit(len(q["rungs"]) - 1, dtype=pl.UInt8).alias(f"best.{q['code']}")
        for q in compiled["questions"]
        if q["code"] in open_ and q["kind"] == "ladder"
    ]


def _nodes_over(compiled: Compiled, leaves: set[str]) -> set[str]:
    """Nodes with one of ``leaves`` somewhere below (children come before their parents)."""
    found: set[str] = set()
    for node in compiled["nodes"]:
        if any(child["code"] in leaves | found for child in node["children"]):
            found.add(node["code"])
    return found


def _condition(one: dict[str, Any], open_: set[str], unsure: set[str], end: End) -> dict[str, Any]:
    """One condition of a level as it stands at this end."""
    kind = one["kind"]
    if kind == "any":
        return {**one, "any": [_condition(part, open_, unsure, end) for part in one["any"]]}
    if kind == "rungs" and end == "full":
        best = [f"best.{code}" if code in open_ else code for code in one["questions"]]
        return {**one, "questions": best}
    if "sql" not in one or not _names(one["sql"]) & unsure:
        return one
    if kind == "holds" and RISING.fullmatch(one["sql"]):
        return one
    met = end == "full"
    return {**one, "sql": "TRUE" if met is (kind == "holds") else "FALSE"}


def _names(sql: str) -> set[str]:
    """Codes of questions, values and nodes that an expression reads, without their prefixes."""
    found = set()
    for name in re.findall(r'"([^"]+)"', sql):
        parts = re.sub(r"^(exact\.(points|score)|value)\.", "", name)
        found |= {parts, parts.split(".")[0]}
    return found
