"""The parts of an instrument that statistics and pages need: nodes with maxima, levels, values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from questionnaires.instruments.canon import load_definition
from questionnaires.instruments.definition import Definition, Leaf, Node
from questionnaires.instruments.questions import reach
from questionnaires.models import InstrumentVersion
from scoring.numbers import Text


@dataclass(frozen=True)
class NodeShape:
    code: str
    title: Text
    max: Decimal
    depth: int  # 0 is the root


@dataclass(frozen=True)
class LevelShape:
    rank: int  # 0 = no level
    code: str
    name: Text
    text: Text


def definition_of(version: InstrumentVersion) -> Definition:
    """The typed form of a stored version (kept in memory by its content)."""
    return load_definition(version.definition)


def nodes_of(definition: Definition) -> list[NodeShape]:
    """Every node of the tree, parents first, in the order of the file; empty without a tree."""
    parts = {part.code: reach(part) for part in definition.questions.values()}
    parts |= {part.code: reach(part) for part in definition.computed}
    return _walk(definition.tree, parts, 0) if definition.tree else []


def levels_of(definition: Definition) -> list[LevelShape]:
    """The levels from rank 0 (none) up; empty when the instrument has none."""
    if definition.levels is None:
        return []
    none = definition.levels.none
    ranks = [LevelShape(0, "", none.name, none.text or {})]
    for rank, step in enumerate(definition.levels.steps, start=1):
        ranks.append(LevelShape(rank, step.code, step.name, step.text or {}))
    return ranks


def indicators_of(definition: Definition) -> list[str]:
    """Codes of the indicators that questions and computed values are bound to, in order."""
    parts = [*definition.questions.values(), *definition.computed]
    return list(dict.fromkeys(part.indicator for part in parts if part.indicator))


def _walk(node: Node, parts: dict[str, Decimal | None], depth: int) -> list[NodeShape]:
    below: list[NodeShape] = []
    most = Decimal(0)
    for child in node.children:
        if isinstance(child, Leaf):
            most += parts.get(child.question) or 0
            continue
        found = _walk(child, parts, depth + 1)
        most += found[0].max
        below += found
    top = most if node.aggregate == "sum" else node.scale
    return [NodeShape(node.code, node.title, top, depth), *below]
