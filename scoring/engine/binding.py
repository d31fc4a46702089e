"""What holds an enterprise at its level: the conditions of the next one that do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.engine import words
from scoring.engine.numbers import Compiled, plain

Row = Mapping[str, Any]


def binding(compiled: Compiled, scored: Row) -> list[dict[str, Any]]:
    """One entry a condition, in the order of the file; empty at the highest level."""
    levels, level = compiled["levels"], scored["level"]
    if not levels or level is None or level >= len(levels["steps"]):
        return []
    step = levels["steps"][level]
    head = {"level": level + 1, "level_code": step["code"]}
    found = _failing(compiled, step["all"], str(level + 1), scored)
    return [{**head, **entry} for entry in found]


def _failing(
    compiled: Compiled, conditions: list[dict[str, Any]], path: str, scored: Row
) -> list[dict[str, Any]]:
    entries = []
    for index, condition in enumerate(conditions):
        name = f"{path}.{index}"
        if not _holds(condition, name, scored):
            entries.append(_entry(compiled, condition, name, scored))
    return entries


def _holds(condition: dict[str, Any], name: str, scored: Row) -> bool:
    if condition["kind"] == "any":
        parts = enumerate(condition["any"])
        return any(_holds(part, f"{name}.{index}", scored) for index, part in parts)
    if condition["kind"] == "level":
        return bool(scored[f"step.{condition['level_code']}"])
    return bool(scored[f"holds.{name}"])


def _entry(compiled: Compiled, condition: dict[str, Any], name: str, scored: Row) -> dict[str, Any]:
    kind = condition["kind"]
    if kind in ("score", "minimum"):
        return _score(compiled, condition, scored)
    if kind == "rungs":
        return _rungs(condition, scored[f"actual.{name}"])
    entry = {"kind": kind, "required": None, "actual": None, "gap": None}
    if kind == "any":
        parts = _failing(compiled, condition["any"], name, scored)
        return {**entry, "text": words.any_gap([p["text"] for p in parts]), "any": parts}
    if kind == "level":
        code = condition["level_code"]
        step = next(s for s in compiled["levels"]["steps"] if s["code"] == code)
        return {**entry, "text": words.level_gap(step["name"]), "requires": code}
    return {**entry, "text": words.expression_gap(condition)}


def _score(compiled: Compiled, condition: dict[str, Any], scored: Row) -> dict[str, Any]:
    """The node that falls short; of several, the lowest (one not scored is lower than any)."""
    required = condition["at_least"]
    scores = {code: scored[f"node.{code}"] for code in condition["nodes"]}
    lowest = min(scores, key=lambda code: -1 if scores[code] is None else scores[code])
    actual = scores[lowest]
    title = next(n["title"] for n in compiled["nodes"] if n["code"] == lowest)
    return {
        "kind": condition["kind"],
        "node": lowest,
        "required": plain(required),
        "actual": plain(actual),
        "gap": None if actual is None else plain(required - actual),
        "text": words.score_gap(title, required, actual),
    }


def _rungs(condition: dict[str, Any], actual: int | None) -> dict[str, Any]:
    share = "share" in condition
    required = condition["share"] if share else condition["at_least"]
    gap = None if actual is None else required - actual
    return {
        "kind": "rungs",
        "rung": condition["rung"],
        "tagged": condition["tagged"],
        "questions": condition["questions"],
        "unit": words.both("%", "%") if share else None,
        "required": plain(required) if share else required,
        "actual": plain(actual) if share else actual,
        "gap": plain(gap) if share else gap,
        "text": words.rung_gap(condition, actual),
    }
