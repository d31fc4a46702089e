"""An instrument as typed, immutable data; docs/instrument-format.md in code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, StrictInt, Tag

from questionnaires.instruments.fields import (
    Code,
    ExpressionText,
    Number,
    Part,
    Slug,
    Text,
    Unit,
    Version,
    Weight,
)
from questionnaires.instruments.points import ValuePoints
from questionnaires.instruments.questions import Policy, Question, Source

NO_LEVEL = {"zh": "无等级", "en": "No level"}


class Defaults(Part):
    missing: Policy = "zero"
    not_applicable: Policy = "reweight"


class Section(Part):
    code: Code
    title: Text
    intro: Text | None = None
    relevant: ExpressionText | None = None
    questions: tuple[Question, ...] = Field(min_length=1, max_length=1000)


class Computed(Part):
    code: Code
    title: Text
    unit: Unit = None
    indicator: Slug | None = None
    value: ExpressionText
    points: ValuePoints | None = None
    missing: Policy | None = None


class Check(Part):
    code: Code
    when: ExpressionText
    severity: Literal["warning", "error"] = "warning"
    questions: tuple[Code, ...] = ()
    message: Text


class Leaf(Part):
    """A question or computed value standing in the tree."""

    question: Code
    weight: Weight = Decimal(1)


class Node(Part):
    code: Code
    title: Text
    aggregate: Literal["sum", "weighted_mean", "minimum", "geometric_mean"]
    max: Number | None = None
    scale: Weight = Decimal(100)
    weight: Weight = Decimal(1)
    children: tuple[Child, ...] = Field(min_length=1, max_length=1000)


def _leaf_or_node(value: Any) -> str:
    if isinstance(value, Part):
        return type(value).__name__
    return "Leaf" if isinstance(value, Mapping) and "question" in value else "Node"


def _computed_as_question(value: Any) -> Any:
    """``{computed: x}`` says the same as ``{question: x}``."""
    if isinstance(value, Mapping) and "computed" in value and "question" not in value:
        return {"question" if key == "computed" else key: v for key, v in value.items()}
    return value


Child = Annotated[
    Annotated[Leaf, Tag("Leaf")] | Annotated[Node, Tag("Node")],
    Discriminator(_leaf_or_node),
    BeforeValidator(_computed_as_question),
]
Node.model_rebuild()


class ScoreCondition(Part):
    node: Code
    at_least: Number


class RungCondition(Part):
    """How many of the chosen ladder questions stand at ``rung`` or above."""

    questions: tuple[Code, ...] | None = None
    tagged: str | None = None
    name: Text | None = None  # what is counted, for messages: “constrained scenarios”
    rung: Annotated[StrictInt, Field(ge=0, le=19)]
    at_least: Annotated[StrictInt, Field(ge=1)] | None = None
    share: Number | None = None


class MinimumCondition(Part):
    nodes: tuple[Code, ...] = Field(min_length=1)
    at_least: Number


class ExpressionCondition(Part):
    when: ExpressionText
    text: Text | None = None


class Condition(Part):
    """Exactly one of its fields is given."""

    score: ScoreCondition | None = None
    rungs: RungCondition | None = None
    minimum: MinimumCondition | None = None
    level: Code | None = None
    veto: ExpressionCondition | None = None
    holds: ExpressionCondition | None = None
    any: tuple[Condition, ...] | None = Field(default=None, min_length=1)

    @property
    def kind(self) -> str:
        return next(name for name in type(self).model_fields if getattr(self, name) is not None)


class Step(Part):
    code: Code
    name: Text
    text: Text | None = None
    all: tuple[Condition, ...] = Field(min_length=1)


class NoLevel(Part):
    name: Text = NO_LEVEL
    text: Text | None = None


class Levels(Part):
    none: NoLevel = NoLevel()
    steps: tuple[Step, ...] = Field(min_length=1, max_length=50)


class Included(Part):
    """A module whose parts stand in this definition; its hash says which content."""

    code: Slug
    version: Version
    sha256: str


class Definition(Part):
    """One version of an instrument."""

    format: Literal["shuheng.instrument/1"]
    code: Slug
    version: Version
    status: Literal["own", "official", "transcribed"]
    title: Text
    summary: Text | None = None
    notice: Text | None = None
    source: Source | None = None
    defaults: Defaults = Defaults()
    sections: tuple[Section, ...] = Field(min_length=1, max_length=200)
    computed: tuple[Computed, ...] = ()
    checks: tuple[Check, ...] = ()
    tree: Node | None = None
    levels: Levels | None = None
    # assessor: the weights of the tree are nobody's published ones; a round may choose others.
    weights: Literal["assessor"] | None = None
    # None, not empty, so that instruments without modules keep the hash they were published with.
    included: tuple[Included, ...] | None = None

    @property
    def label(self) -> str:
        """``code@version``, the name results carry."""
        return f"{self.code}@{self.version}"

    @cached_property
    def questions(self) -> dict[str, Any]:
        """Every question by code, in the order asked."""
        return {q.code: q for section in self.sections for q in section.questions}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node of the tree by code, parents first."""
        return {node.code: node for node in walk(self.tree)} if self.tree else {}

    @cached_property
    def sha256(self) -> str:
        """Hash of the canonical form."""
        from questionnaires.instruments.canon import canonical, sha256_of

        return sha256_of(canonical(self))

    @cached_property
    def compiled(self) -> dict[str, Any]:
        """The instrument as the engine reads it."""
        from questionnaires.instruments.compiling import compile_instrument

        return compile_instrument(self)


def walk(node: Node) -> Iterator[Node]:
    """The node and every node below it, parents first."""
    yield node
    for child in node.children:
        if isinstance(child, Node):
            yield from walk(child)
