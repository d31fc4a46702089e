"""The rows of the profile: two levels of the instrument's tree beside the peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from questionnaires.instruments import Definition
from questionnaires.instruments.definition import Condition, Node
from reports.model import Dimension, Quartiles
from scoring.numbers import Stats, decimal
from scoring.shape import NodeShape, nodes_of

MOST = 3  # strengths and weaknesses named


def share(score: Decimal | None, top: Decimal) -> Decimal | None:
    return decimal(score * 100 / top) if score is not None and top else None


def known(value: Any) -> Decimal | None:
    return decimal(value) if value is not None else None


def quartiles(stats: Stats | None) -> Quartiles | None:
    if stats is None:
        return None
    return Quartiles(stats.n, stats.q1, stats.median, stats.q3, stats.p90, stats.mean)


def parents(definition: Definition) -> dict[str, str]:
    """The node above each node."""
    return {
        child.code: node.code
        for node in definition.nodes.values()
        for child in node.children
        if isinstance(child, Node)
    }


def rows(
    definition: Definition,
    payload: Mapping[str, Any],
    peers: Mapping[str, Stats],
    standings: Mapping[str, Decimal] | None = None,
) -> list[Dimension]:
    """The root's children, then theirs; ``standings`` by node."""
    above, asked = parents(definition), asked_by_next(definition, payload.get("level") or 0)
    shapes = sorted((s for s in nodes_of(definition) if s.depth in (1, 2)), key=_depth)
    scores = payload.get("nodes", {})
    found = [
        _row(shape, known(scores.get(shape.code)), peers.get(shape.code), asked, above)
        for shape in shapes
    ]
    places = standings or {}
    return [replace(row, standing=places.get(row.code)) for row in found]


def _depth(shape: NodeShape) -> int:
    return shape.depth


def _row(
    shape: NodeShape,
    score: Decimal | None,
    stats: Stats | None,
    asked: Mapping[str, Decimal],
    above: Mapping[str, str],
) -> Dimension:
    return Dimension(
        code=shape.code,
        title=shape.title,
        score=score,
        max=shape.max,
        percent=share(score, shape.max),
        cohort=quartiles(stats),
        target=share(asked.get(shape.code), shape.max),
        depth=shape.depth,
        parent=above.get(shape.code, "") if shape.depth > 1 else "",
    )


def asked_by_next(definition: Definition, level: int) -> dict[str, Decimal]:
    """What the level above ``level`` asks of single nodes, in their points."""
    if definition.levels is None or level >= len(definition.levels.steps):
        return {}
    asked: dict[str, Decimal] = {}
    for condition in definition.levels.steps[level].all:
        asked |= _thresholds(condition)
    return asked


def _thresholds(condition: Condition) -> dict[str, Decimal]:
    if condition.score is not None:
        return {condition.score.node: Decimal(condition.score.at_least)}
    if condition.minimum is not None:
        return dict.fromkeys(condition.minimum.nodes, Decimal(condition.minimum.at_least))
    return {}


def distance(row: Dimension, usual: Decimal) -> Decimal:
    """Above (or below) the median of the peers, or one's own average where there are none."""
    percent = row.percent if row.percent is not None else Decimal(0)
    return percent - (row.cohort.median if row.cohort else usual)


def strengths_and_weaknesses(found: list[Dimension]) -> tuple[list[Dimension], list[Dimension]]:
    """At most three each, the most marked first."""
    tops = [row for row in found if row.depth == 1 and row.percent is not None]
    if not tops:
        return [], []
    usual = sum((row.percent or Decimal(0) for row in tops), Decimal(0)) / len(tops)
    ranked = sorted(tops, key=lambda row: distance(row, usual), reverse=True)
    strong = [row for row in ranked if distance(row, usual) > 0]
    weak = [row for row in reversed(ranked) if distance(row, usual) < 0]
    return strong[:MOST], weak[:MOST]
