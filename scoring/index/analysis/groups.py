"""Correlations inside the tree: children of one parent, and indicators with what stands above them.

Flags, with the thresholds of the JRC's audits (Saisana & Saltelli 2011; OECD/JRC 2008, step 4):
"collinear" from r = 0.92 (two children count the same thing twice), "negative" below 0 (they pull
against each other: direction, or a trade-off that a mean hides), and for an indicator with a node
above it "weak" from 0 to below 0.3 (the indicator is hardly heard in it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Floats
from scoring.index.correlation import METHODS
from scoring.index.tree import Tree

COLLINEAR, WEAK = 0.92, 0.3
Flag = tuple[str, str, str, float]  # one code, the other, flag, correlation


@dataclass(frozen=True)
class Group:
    """The children of one node and how they go together."""

    node: str
    codes: tuple[str, ...]
    correlation: (
        Floats  # (children, children); NaN where not defined, see scoring.index.correlation
    )
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Link:
    """An indicator with one of the nodes above it; ``correlation`` is NaN where not defined."""

    indicator: str
    ancestor: str
    correlation: float
    flag: str  # "" when there is nothing to say


def groups(tree: Tree, scores: Floats, method: str = "pearson") -> tuple[Group, ...]:
    """One group a node. ``scores`` (units, codes): normalised indicators, then ``aggregate``'s."""
    found = []
    for node, places in zip(tree.nodes, tree.children, strict=True):
        codes = tuple(tree.codes[place] for place in places)
        correlation = METHODS[method](scores[:, places])
        found.append(Group(node, codes, correlation, _flags(codes, correlation)))
    return tuple(found)


def links(tree: Tree, scores: Floats, method: str = "pearson") -> tuple[Link, ...]:
    """Every indicator with every node above it, bottom up."""
    correlation = METHODS[method](scores)
    return tuple(
        _link(tree, indicator, above, float(correlation[indicator, above]))
        for indicator in range(tree.indicator_count)
        for above in ancestors(tree, indicator)
    )


def ancestors(tree: Tree, place: int) -> list[int]:
    """Places of the nodes above ``place``, nearest first."""
    found = []
    while (place := int(tree.parents[place])) >= 0:
        found.append(place)
    return found


def _link(tree: Tree, indicator: int, above: int, correlation: float) -> Link:
    flag = "negative" if correlation < 0 else "weak" if correlation < WEAK else ""
    return Link(tree.codes[indicator], tree.codes[above], correlation, flag)


def _flags(codes: tuple[str, ...], correlation: Floats) -> tuple[Flag, ...]:
    found = []
    for one, other in zip(*np.triu_indices(len(codes), 1), strict=True):
        value = float(correlation[one, other])
        flag = "collinear" if value >= COLLINEAR else "negative" if value < 0 else ""
        if flag:
            found.append((codes[one], codes[other], flag, value))
    return tuple(found)
