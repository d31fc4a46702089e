"""Weights that an assessor chooses for a round, where an instrument leaves them to the assessor.

Chosen weights are data, ``{node: {child: "2"}}``, over the same definition: ``weighted`` gives the
definition with them in its tree, which the engine scores like any other.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from questionnaires.instruments.definition import Definition, Leaf, Node, walk

Weights = Mapping[str, Mapping[str, str]]
WEIGHTED = ("weighted_mean", "geometric_mean")
LARGEST = Decimal(1_000_000)
DECIMALS = 6

_CACHE: OrderedDict[tuple[str, str], Definition] = OrderedDict()
_CACHE_SIZE = 32
_DERIVED = ("questions", "nodes", "sha256", "compiled")  # worked out from the tree, kept on it


@dataclass(frozen=True)
class Branch:
    """A child whose weight counts; ``share`` is its part of the weights of its node, in percent."""

    code: str
    title: dict[str, str]
    weight: Decimal
    share: Decimal


@dataclass(frozen=True)
class Group:
    """A node whose score is a mean of its children by weight."""

    code: str
    title: dict[str, str]
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Fault:
    """``kind``: unknown, not_a_number, negative, too_large, too_fine, all_zero."""

    node: str
    child: str  # "" where the fault is of the node as a whole
    kind: str


def chosen_by_assessor(definition: Definition) -> bool:
    """Whether a round may choose the weights."""
    return definition.weights == "assessor" and definition.tree is not None


def groups(definition: Definition, weights: Weights | None = None) -> list[Group]:
    """Every weighted node with more than one child, and the weights in force."""
    return [
        _group(definition, node, (weights or {}).get(node.code, {}))
        for node in _weighted_nodes(definition)
        if len(node.children) > 1
    ]


def check(definition: Definition, given: Mapping[str, Mapping[str, Any]]) -> list[Fault]:
    """What is wrong with chosen weights; empty when they can be used."""
    known = {group.code: {b.code for b in group.branches} for group in groups(definition)}
    faults = [Fault(node, "", "unknown") for node in given if node not in known]
    for node, children in known.items():
        chosen = given.get(node, {})
        faults += [Fault(node, child, "unknown") for child in chosen if child not in children]
        faults += [
            Fault(node, child, kind)
            for child, value in chosen.items()
            if (kind := _fault_of(value))
        ]
        if children <= set(chosen) and all(_number(value) == 0 for value in chosen.values()):
            faults.append(Fault(node, "", "all_zero"))
    return faults


def normal_form(definition: Definition, given: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Sound weights as they are stored: every branch, in the order of the tree, shortest digits."""
    return {
        group.code: {branch.code: _plain(branch.weight) for branch in group.branches}
        for group in groups(definition, given)
    }


def sha256_of(weights: Weights) -> str:
    """Hash of weights in their normal form."""
    text = json.dumps(weights, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def weighted(definition: Definition, weights: Weights | None) -> Definition:
    """The definition with these weights in its tree; itself without any. Kept per process."""
    if not weights or definition.tree is None:
        return definition
    key = (definition.sha256, sha256_of(weights))
    found = _CACHE.get(key)
    if found is None:
        tree = _with_weights(definition.tree, weights)
        found = definition.model_copy(update={"tree": tree})
        for name in _DERIVED:
            found.__dict__.pop(name, None)
        _CACHE[key] = found
        while len(_CACHE) > _CACHE_SIZE:
            _CACHE.popitem(last=False)
    return found


def _with_weights(node: Node, weights: Weights) -> Node:
    chosen = weights.get(node.code, {})
    return node.model_copy(
        update={"children": tuple(_child(child, chosen, weights) for child in node.children)}
    )


def _child(child: Node | Leaf, chosen: Mapping[str, str], weights: Weights) -> Node | Leaf:
    made = _with_weights(child, weights) if isinstance(child, Node) else child
    code = _code(child)
    return made.model_copy(update={"weight": Decimal(chosen[code])}) if code in chosen else made


def _weighted_nodes(definition: Definition) -> Iterator[Node]:
    nodes = walk(definition.tree) if definition.tree else iter(())
    return (node for node in nodes if node.aggregate in WEIGHTED)


def _group(definition: Definition, node: Node, chosen: Mapping[str, Any]) -> Group:
    weights = [Decimal(str(chosen.get(_code(c), c.weight))) for c in node.children]
    total = sum(weights)
    shares = [w * 100 / total if total else Decimal(0) for w in weights]
    return Group(
        node.code,
        node.title,
        tuple(
            Branch(_code(child), _title(definition, child), weight, share)
            for child, weight, share in zip(node.children, weights, shares, strict=True)
        ),
    )


def _code(child: Node | Leaf) -> str:
    return child.code if isinstance(child, Node) else child.question


def _title(definition: Definition, child: Node | Leaf) -> dict[str, str]:
    if isinstance(child, Node):
        return child.title
    computed = {value.code: value.title for value in definition.computed}
    question = definition.questions.get(child.question)
    return question.text if question else computed[child.question]


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _fault_of(value: Any) -> str:
    number = _number(value)
    if number is None:
        return "not_a_number"
    if number < 0:
        return "negative"
    if number > LARGEST:
        return "too_large"
    return "" if number == round(number, DECIMALS) else "too_fine"


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
