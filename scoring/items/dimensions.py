"""Dimensions of an instrument (the children of its root) and how well their items hold together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scoring.items.frame import Items
from scoring.items.reliability import alpha, alpha_if_deleted, alpha_interval

SHARED = 0.5


@dataclass
class Dimension:
    """``alpha`` is [estimate, lower, upper], of ``n`` firms for which all items count but those
    ``left_out``, which count for too few; ``reason`` says why there is none: ``few_items``,
    ``few_firms``, ``no_spread``. ``without`` is alpha with one item less, by item."""

    code: str
    title: dict[str, str]
    items: list[str]
    n: int = 0
    left_out: list[str] = field(default_factory=list)
    alpha: list[float] | None = None
    reason: str = ""
    without: dict[str, float | None] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        names = ("code", "title", "items", "left_out", "n", "alpha", "reason")
        return {name: getattr(self, name) for name in names}


def dimensions(compiled: dict[str, Any]) -> list[Dimension]:
    """The children of the root with all items below them; items right below the root go with it."""
    nodes = {node["code"]: node for node in compiled["nodes"]}
    if not nodes:
        return []
    root = nodes[compiled["root"]]
    loose = [child["code"] for child in root["children"] if child["kind"] == "item"]
    below = [nodes[c["code"]] for c in root["children"] if c["kind"] == "node"]
    found = [Dimension(node["code"], node["title"], _leaves(node, nodes)) for node in below]
    return found + ([Dimension(root["code"], root["title"], loose)] if loose else [])


def _leaves(node: dict[str, Any], nodes: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for child in node["children"]:
        code = child["code"]
        found += [code] if child["kind"] == "item" else _leaves(nodes[code], nodes)
    return found


def reliability(one: Dimension, items: Items, minimum: int) -> Dimension:
    """Fill in alpha, over the firms for which every item of the dimension counts.

    Questions asked only of some firms would leave nobody with all items, so those that count for
    less than ``SHARED`` of the firms are left out first.
    """
    scored = [code for code in one.items if code in items.codes]
    present = {c: float((~np.isnan(_column(items, c))).mean()) for c in scored}
    codes = [code for code in scored if present[code] >= SHARED]
    one.left_out = [code for code in scored if code not in codes]
    if len(codes) < 2:
        one.reason = "few_items"
        return one
    matrix = np.column_stack([_column(items, code) for code in codes])
    whole = matrix[~np.isnan(matrix).any(axis=1)]
    one.n = len(whole)
    value = alpha(whole) if one.n >= max(minimum, 3) else None
    if value is None:
        one.reason = "no_spread" if one.n >= max(minimum, 3) else "few_firms"
        return one
    one.alpha = [value, *alpha_interval(value, one.n, len(codes))]
    one.without = dict(zip(codes, alpha_if_deleted(whole), strict=True))
    return one


def _column(items: Items, code: str) -> np.ndarray:
    found: np.ndarray = items.shares[:, items.codes.index(code)]
    return found
