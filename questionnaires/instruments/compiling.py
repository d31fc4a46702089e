"""Compile a definition into plain data that the engine executes.

Every decimal becomes a whole number of millionths, every expression SQL over a coded frame, every
reference is resolved. The engine knows nothing of YAML, pydantic or Django.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from questionnaires.instruments import scopes
from questionnaires.instruments.crosschecks import node_max
from questionnaires.instruments.definition import Condition, Definition, Leaf, Levels, Node
from questionnaires.instruments.expressions import Scope, read_expression
from questionnaires.instruments.levelchecks import ladders
from questionnaires.instruments.points import (
    BandPoints,
    ExpressionPoints,
    Interval,
    LinearPoints,
)
from questionnaires.instruments.questions import Ladder, Multiple, Single, WithOptions, reach

FORMAT = "shuheng.compiled/1"


def compile_instrument(definition: Definition) -> dict[str, Any]:
    """Everything the engine needs, JSON-able. The definition must be free of problems."""
    values = scopes.of_values(definition)
    questions = [_question(q, definition, values) for q in definition.questions.values()]
    computed = [_computed(c, definition, values) for c in definition.computed]
    _dependencies(computed, questions)
    return {
        "format": FORMAT,
        "label": definition.label,
        "sha256": definition.sha256,
        "questions": questions,
        "relevance": _relevance(definition),
        "computed": computed,
        "checks": [_check(c, values) for c in definition.checks],
        "nodes": _nodes(definition),
        "root": definition.tree.code if definition.tree else None,
        "levels": _levels(definition.levels, definition) if definition.levels else None,
    }


def millionths(number: Decimal) -> int:
    """A decimal of at most six places as a whole number."""
    return int(number.scaleb(6))


def _sql(text: str, scope: Scope) -> str:
    found = read_expression(text, scope)
    if found.faults:
        raise ValueError(f"not a valid expression: {text}")
    return found.sql


def _names(text: str, scope: Scope) -> list[str]:
    return sorted(read_expression(text, scope).names)


def _question(question: Any, definition: Definition, scope: Scope) -> dict[str, Any]:
    most, defaults = reach(question), definition.defaults
    columns = [binding.column for binding in scopes.of_question(question).values()]
    conditional = any(
        section.relevant or question.relevant
        for section in definition.sections
        if question in section.questions
    )
    return {
        "code": question.code,
        "kind": question.kind,
        "text": question.text,
        "unit": getattr(question, "unit", None),
        "indicator": question.indicator,
        "columns": columns,
        "options": [{"code": o.code, "text": o.text} for o in getattr(question, "options", ())],
        "rungs": [{"name": r.name, "text": r.text} for r in getattr(question, "rungs", ())],
        "max": None if most is None else millionths(most),
        "plan": None if most is None else _plan(question, scope),
        "missing": question.missing or defaults.missing,
        "not_applicable": question.not_applicable or defaults.not_applicable,
        "takes_not_applicable": question.takes_not_applicable,
        "conditional": conditional,
        "advice": [_advice(a, scope) for a in question.advice],
    }


def _advice(advice: Any, scope: Scope) -> dict[str, Any]:
    data = advice.model_dump(mode="json", exclude_none=True)
    if advice.when is not None:
        data["when"] = _sql(advice.when, scope)
    if advice.points_below is not None:
        data["points_below"] = millionths(advice.points_below)
    return dict(data)


def _plan(part: Any, scope: Scope) -> dict[str, Any]:
    points = part.points
    if isinstance(points, ExpressionPoints):
        sql = _sql(points.expression, scope)
        return {"how": "expression", "sql": sql, "max": millionths(points.max)}
    if isinstance(points, BandPoints):
        return {"how": "bands", "bands": [_band(band) for band in points.bands]}
    if isinstance(points, LinearPoints):
        line = points.linear
        ends = {"worst": millionths(line.worst), "best": millionths(line.best)}
        return {"how": "linear", **ends, "points": millionths(line.points)}
    if isinstance(part, Ladder):
        return {"how": "choice", "points": [millionths(p) for p in part.rung_points() or []]}
    if isinstance(part, WithOptions):
        return _options_plan(part)
    return {"how": "yes_no", "yes": millionths(points.yes), "no": millionths(points.no)}


def _options_plan(question: Single | Multiple | Any) -> dict[str, Any]:
    points = [millionths(p) for p in question.option_points() or []]
    if isinstance(question, Single):
        return {"how": "choice", "points": points}
    most = question.max_points
    return {"how": "bits", "points": points, "cap": None if most is None else millionths(most)}


def _band(band: Any) -> dict[str, Any]:
    interval: Interval = band.range
    return {
        "interval": band.interval,
        "low": float(interval.low) if interval.low.is_finite() else None,
        "high": float(interval.high) if interval.high.is_finite() else None,
        "low_closed": interval.low_closed,
        "high_closed": interval.high_closed,
        "points": millionths(band.points),
    }


def _relevance(definition: Definition) -> list[dict[str, Any]]:
    """Conditions in the order asked; a question waits for those it names."""
    scope = scopes.of_questions(definition)
    steps = []
    for section in definition.sections:
        for question in section.questions:
            texts = [text for text in (section.relevant, question.relevant) if text]
            if texts:
                columns = [b.column for b in scopes.of_question(question).values()]
                names = sorted({n.split(".")[0] for text in texts for n in _names(text, scope)})
                sql = [_sql(text, scope) for text in texts]
                steps.append(
                    {"question": question.code, "sql": sql, "columns": columns, "needs": names}
                )
    return steps


def _computed(computed: Any, definition: Definition, scope: Scope) -> dict[str, Any]:
    most = reach(computed)
    names = {name.split(".")[0] for name in _names(computed.value, scope)}
    return {
        "code": computed.code,
        "kind": "computed",
        "text": computed.title,
        "unit": computed.unit,
        "indicator": computed.indicator,
        "sql": _sql(computed.value, scope),
        "questions": sorted(names & set(definition.questions)),
        "values": sorted(names - set(definition.questions) - {"profile"}),
        "max": None if most is None else millionths(most),
        "plan": None if most is None else _plan(computed, scope),
        "missing": computed.missing or definition.defaults.missing,
        "not_applicable": definition.defaults.not_applicable,
    }


def _dependencies(computed: list[dict[str, Any]], questions: list[dict[str, Any]]) -> None:
    """Note for each value which questions it rests on that may be not asked or not applicable."""
    moving = {q["code"] for q in questions if q["conditional"] or q["takes_not_applicable"]}
    reach: dict[str, set[str]] = {}
    for value in computed:
        needs = set(value["questions"]).union(*(reach.get(v, set()) for v in value["values"]))
        reach[value["code"]] = needs
        value["depends"] = sorted(needs & moving)


def _check(check: Any, scope: Scope) -> dict[str, Any]:
    return {
        "code": check.code,
        "sql": _sql(check.when, scope),
        "severity": check.severity,
        "questions": list(check.questions),
        "message": check.message,
    }


def _nodes(definition: Definition) -> list[dict[str, Any]]:
    """Every node, children before parents."""
    if definition.tree is None:
        return []
    parts: dict[str, Any] = definition.questions | {c.code: c for c in definition.computed}
    found: list[dict[str, Any]] = []
    _node(definition.tree, [], parts, found)
    return found


def _node(node: Node, path: list[str], parts: dict[str, Any], found: list[dict[str, Any]]) -> None:
    here = [*path, node.code]
    children = []
    for child in node.children:
        if isinstance(child, Node):
            _node(child, here, parts, found)
        children.append(_child(child, parts))
    found.append(
        {
            "code": node.code,
            "title": node.title,
            "path": path,
            "aggregate": node.aggregate,
            "max": millionths(node_max(node, parts)),
            "children": children,
        }
    )


def _child(child: Node | Leaf, parts: dict[str, Any]) -> dict[str, Any]:
    if isinstance(child, Node):
        most, kind, code = node_max(child, parts), "node", child.code
    else:
        most, kind, code = reach(parts[child.question]) or Decimal(0), "item", child.question
    return {"kind": kind, "code": code, "weight": millionths(child.weight), "max": millionths(most)}


def _levels(levels: Levels, definition: Definition) -> dict[str, Any]:
    scope = scopes.of_levels(definition)
    steps = []
    for step in levels.steps:
        conditions = [_condition(c, definition, scope) for c in step.all]
        steps.append({"code": step.code, "name": step.name, "text": step.text, "all": conditions})
    none = {"name": levels.none.name, "text": levels.none.text}
    return {"none": none, "steps": steps}


def _condition(condition: Condition, definition: Definition, scope: Scope) -> dict[str, Any]:
    data = _CONDITIONS[condition.kind](condition, definition, scope)
    return {"kind": condition.kind, **data}


def _score(condition: Any, *_: Any) -> dict[str, Any]:
    score = condition.score
    return {"nodes": [score.node], "at_least": millionths(score.at_least)}


def _minimum(condition: Any, *_: Any) -> dict[str, Any]:
    minimum = condition.minimum
    return {"nodes": list(minimum.nodes), "at_least": millionths(minimum.at_least)}


def _rungs(condition: Any, definition: Definition, scope: Scope) -> dict[str, Any]:
    rungs = condition.rungs
    data: dict[str, Any] = {
        "questions": ladders(definition, rungs),
        "tagged": rungs.tagged,
        "name": rungs.name,
        "rung": rungs.rung,
    }
    if rungs.share is not None:
        return {**data, "share": millionths(rungs.share)}
    return {**data, "at_least": rungs.at_least}


def _level(condition: Any, *_: Any) -> dict[str, Any]:
    return {"level_code": condition.level}


def _when(condition: Any, definition: Definition, scope: Scope) -> dict[str, Any]:
    inner = condition.veto or condition.holds
    return {"sql": _sql(inner.when, scope), "text": inner.text, "when": inner.when}


def _any(condition: Any, definition: Definition, scope: Scope) -> dict[str, Any]:
    return {"any": [_condition(inner, definition, scope) for inner in condition.any]}


_CONDITIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "score": _score,
    "minimum": _minimum,
    "rungs": _rungs,
    "level": _level,
    "veto": _when,
    "holds": _when,
    "any": _any,
}
