"""The tree of a questionnaire that is all numbers, as nodes and leaves an index can be made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from questionnaires.instruments import Definition
from questionnaires.instruments.definition import Leaf, Node
from scoring.numbers import Text


@dataclass(frozen=True)
class Branch:
    """A node above the indicators; ``parent`` is "" for the root."""

    code: str
    parent: str
    title: Text
    weight: Decimal


@dataclass(frozen=True)
class Measure:
    """An indicator. ``worst`` and ``best`` are the values that earn nothing and full marks."""

    code: str  # of the catalogue's indicator
    parent: str
    title: Text
    unit: Text
    weight: Decimal
    worst: Decimal | None
    best: Decimal | None


@dataclass(frozen=True)
class Composition:
    branches: tuple[Branch, ...]  # parents first
    measures: tuple[Measure, ...]  # in the order of the tree

    @property
    def parts(self) -> tuple[Branch | Measure, ...]:
        return (*self.branches, *self.measures)

    @property
    def has_reference(self) -> bool:
        """Whether every measure says which value earns full marks."""
        return all(m.best is not None and m.best != m.worst for m in self.measures)

    def titles(self) -> dict[str, Text]:
        return {one.code: one.title for one in self.parts}


def compose(definition: Definition) -> Composition | None:
    """None unless every question is a number bound to an indicator and stands in the tree once."""
    if definition.tree is None:
        return None
    parts = list(_walk(definition, definition.tree, ""))
    branches = tuple(part for part in parts if isinstance(part, Branch))
    measures = tuple(part for part in parts if isinstance(part, Measure))
    codes = {measure.code for measure in measures}
    complete = len(parts) == len(branches) + len(measures) and len(codes) == len(measures)
    return Composition(branches, measures) if complete and measures else None


def _walk(definition: Definition, node: Node, parent: str) -> Iterator[Branch | Measure | None]:
    yield Branch(node.code, parent, _text(node.title), node.weight)
    for child in node.children:
        if isinstance(child, Node):
            yield from _walk(definition, child, node.code)
        else:
            yield _measure(definition, child, node.code)


def _measure(definition: Definition, leaf: Leaf, parent: str) -> Measure | None:
    question = definition.questions.get(leaf.question)
    if question is None or question.kind != "number" or not question.indicator:
        return None
    linear = getattr(question.points, "linear", None)
    return Measure(
        question.indicator, parent, _text(question.text), _text(question.unit), leaf.weight,
        getattr(linear, "worst", None), getattr(linear, "best", None),
    )  # fmt: skip


def _text(value: Text | str | None) -> Text:
    """``{zh, en}`` of a text that may be one string for both."""
    return dict(value) if isinstance(value, dict) else {"zh": value or "", "en": value or ""}
