"""Every part of the total: the answer in words, the rule, the points, the contribution."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from questionnaires.instruments import Definition
from reports import numbers
from reports.building.answers import plain, said, said_number
from reports.building.dimensions import known
from reports.model import Text, TracePart


def parts(definition: Definition, payload: Mapping[str, Any]) -> list[TracePart]:
    trace = payload.get("trace") or {}
    return [_part(definition, each) for each in trace.get("parts", [])]


def _part(definition: Definition, found: Mapping[str, Any]) -> TracePart:
    code = found["code"]
    question = definition.questions.get(code)
    points = known(found.get("points"))
    return TracePart(
        code=code,
        path=[node_title(definition, step) for step in below_root(definition, found)],
        title=title(definition, code),
        answer=answer(definition, code, found.get("answer")),
        rule=rule(question, points, found.get("answer"), plain(found.get("rule"))),
        points=points,
        max=known(found.get("max")),
        contribution=known(found.get("contribution")) or Decimal(0),
    )


def below_root(definition: Definition, found: Mapping[str, Any]) -> list[Any]:
    """The nodes a part stands in; the root goes without saying."""
    root = definition.tree.code if definition.tree else None
    return [step for step in found.get("path", []) if step != root]


def answer(definition: Definition, code: str, raw: Any) -> Text:
    """In words; a computed value with its unit, nothing for what a node itself adds or takes."""
    if code in definition.questions:
        return said(definition.questions[code], raw)
    computed = next((each for each in definition.computed if each.code == code), None)
    return said_number(computed.unit, raw) if computed else {}


def rule(question: Any, points: Decimal | None, raw: Any, found: Text) -> Text:
    """The rule in words, without the code of a chosen option: its text stands beside."""
    if getattr(question, "kind", "") != "single" or points is None or not isinstance(raw, str):
        return found
    return {
        "zh": f"所选选项计 {numbers.exact(points)} 分",
        "en": f"the chosen option earns {numbers.exact(points)}",
    }


def node_title(definition: Definition, step: Any) -> Text:
    node = definition.nodes.get(step) if isinstance(step, str) else None
    return node.title if node else plain(step)


def title(definition: Definition, code: str) -> Text:
    """The text of a question or the title of a computed value; the code where it is neither."""
    if code in definition.questions:
        return dict(definition.questions[code].text)
    computed = {each.code: each.title for each in definition.computed}
    return computed.get(code) or node_title(definition, code)


def total(payload: Mapping[str, Any]) -> Decimal | None:
    return known((payload.get("trace") or {}).get("sum"))
