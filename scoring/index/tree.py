"""The tree of an index, compiled to arrays.

Indicators come first, in the order of the data's columns, then the nodes above them, bottom up and
in the order they were given; the root is last. Level 1 are the indicators; a node stands one level
above its highest child, so that every child is ready when its parent's turn comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoring.index.arrays import Floats, Ints
from scoring.index.faults import Impossible


@dataclass(frozen=True)
class Tree:
    """``codes[i]`` has the parent ``parents[i]`` (-1 for the root) and stands on ``levels[i]``."""

    codes: tuple[str, ...]
    parents: Ints  # (codes,)
    levels: Ints  # (codes,)
    indicator_count: int

    @property
    def indicators(self) -> tuple[str, ...]:
        return self.codes[: self.indicator_count]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Codes of the nodes above the indicators: the columns ``aggregate`` returns."""
        return self.codes[self.indicator_count :]

    @property
    def root(self) -> str:
        return self.codes[-1]

    @cached_property
    def children(self) -> tuple[Ints, ...]:
        """Positions in ``codes`` of each node's children, one array a node, as ``nodes``."""
        first = self.indicator_count
        return tuple(
            np.flatnonzero(self.parents == first + node).astype(np.intp)
            for node in range(len(self.nodes))
        )

    @cached_property
    def position(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.codes)}

    def normalised(self, weights: Floats) -> Floats:
        """``weights`` (..., codes) divided so that siblings sum to one; the root's is one.

        Siblings whose weights are all zero cannot share anything: raises Impossible
        ("zero-weights").
        """
        result = np.array(weights, dtype=np.float64)
        result[..., -1] = 1.0
        for node, children in enumerate(self.children):
            total = result[..., children].sum(axis=-1, keepdims=True)
            if not np.all(total > 0):
                raise Impossible("zero-weights", node=self.nodes[node])
            result[..., children] = result[..., children] / total
        return result

    def effective(self, weights: Floats) -> Floats:
        """Weight of each code in the root, (..., codes): products of the weights down to it."""
        result = self.normalised(weights)
        for node in range(len(self.nodes) - 1, -1, -1):
            own = result[..., self.indicator_count + node, None]
            result[..., self.children[node]] *= own
        return result


def compile_tree(
    indicators: Sequence[str], nodes: Sequence[str], parent_of: Mapping[str, str]
) -> Tree:
    """A Tree from codes and each code's parent; the root is the one without.

    ``indicators`` in the order of the data's columns, ``nodes`` in the order wanted in results
    within a level. Raises Impossible: "several-roots", "no-root", "unknown-parent",
    "indicator-as-parent", "loop", "childless".
    """
    _check_parents(indicators, nodes, parent_of)
    levels = _levels(indicators, nodes, parent_of)
    ordered = sorted(nodes, key=lambda code: levels[code])  # stable: the given order within a level
    codes = (*indicators, *ordered)
    place = {code: index for index, code in enumerate(codes)}
    parents = [place[parent_of[code]] if code in parent_of else -1 for code in codes]
    return Tree(
        codes,
        np.array(parents, dtype=np.intp),
        np.array([levels[code] for code in codes], dtype=np.intp),
        len(indicators),
    )


def _check_parents(
    indicators: Sequence[str], nodes: Sequence[str], parent_of: Mapping[str, str]
) -> None:
    known = set(nodes)
    for code in (*indicators, *nodes):
        parent = parent_of.get(code)
        if parent is not None and parent not in known:
            rule = "indicator-as-parent" if parent in indicators else "unknown-parent"
            raise Impossible(rule, code=code, parent=parent)
    roots = [code for code in (*indicators, *nodes) if code not in parent_of]
    if len(roots) > 1:
        raise Impossible("several-roots", codes=roots)
    if not roots or roots[0] not in known:
        raise Impossible("no-root")
    used = set(parent_of.values())
    for code in nodes:
        if code not in used:
            raise Impossible("childless", code=code)


def _levels(
    indicators: Sequence[str], nodes: Sequence[str], parent_of: Mapping[str, str]
) -> dict[str, int]:
    levels = dict.fromkeys((*indicators, *nodes), 1)
    for code in levels:
        height, passed = 1, {code}
        while code in parent_of:
            code, height = parent_of[code], height + 1
            if code in passed:
                raise Impossible("loop", code=code)
            passed.add(code)
            levels[code] = max(levels[code], height)
    return levels
