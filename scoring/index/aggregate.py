"""Step 7 of the handbook: indicators to nodes, nodes to the index, bottom up.

One call does one set of weights or thousands: any argument may carry replications in front, and
nothing loops over units or replications.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scoring.index import means, outranking
from scoring.index.arrays import Floats
from scoring.index.faults import Impossible
from scoring.index.tree import Tree

Method = Callable[[Sequence[Floats], Floats], Floats]

METHODS: dict[str, Method] = {
    "arithmetic": means.arithmetic, "geometric": means.geometric, "harmonic": means.harmonic,
    "median": means.median, "topsis": outranking.topsis, "topsis_vector": outranking.topsis_vector,
    "copeland": outranking.copeland, "copeland_wins": outranking.copeland_wins,
}  # fmt: skip
POSITIVE = frozenset({"geometric", "harmonic"})
Weigher = Callable[[int, Sequence[Floats]], Floats]


def aggregate(
    tree: Tree,
    normalised: Floats,
    weights: Floats,
    methods: Sequence[str] | str = "arithmetic",
    availability: Floats | Sequence[float] | float = 0.0,
) -> Floats:
    """Scores of the nodes above the indicators, (units, nodes), columns as ``tree.nodes``.

    ``normalised`` (units, indicators) and ``weights`` (codes,) as ``tree.codes``, relative within
    a parent and not negative; the root's is not read. Either may be (replications, ...), and the
    result then is (replications, units, nodes). ``methods`` and ``availability`` one a node, or
    one for all. A node is NaN for a unit that has a smaller share of the node's children (counted,
    not weighed) than ``availability``, and for one that has none; else its missing children are
    dropped and the others' weights stretched to one. Raises Impossible ("not-positive": node,
    child, row, value) for a geometric or harmonic mean of values that are not all above zero.
    """
    weights = np.asarray(weights, dtype=np.float64)
    return aggregate_with(
        tree, normalised, lambda node, _children: weights[..., tree.children[node]],
        methods, availability,
    )  # fmt: skip


def aggregate_with(
    tree: Tree,
    normalised: Floats,
    weigher: Weigher,
    methods: Sequence[str] | str = "arithmetic",
    availability: Floats | Sequence[float] | float = 0.0,
) -> Floats:
    """As ``aggregate``; ``weigher(node, children)`` gives each node's weights (..., k).

    It sees the k children's own scores, each (..., units), for weights that are drawn from data.
    """
    chosen = each(methods, len(tree.nodes))
    least = np.broadcast_to(np.asarray(availability, dtype=np.float64), len(tree.nodes))
    done: list[Floats] = [normalised[..., i] for i in range(tree.indicator_count)]
    for node, places in enumerate(tree.children):
        children = [done[place] for place in places]
        weights = weigher(node, children)
        done.append(_node(tree, node, children, weights, chosen[node], float(least[node])))
    return np.stack(np.broadcast_arrays(*done[tree.indicator_count :]), axis=-1)


def each(given: Sequence[str] | str, count: int) -> list[str]:
    return [given] * count if isinstance(given, str) else list(given)


def _node(
    tree: Tree, node: int, children: list[Floats], weights: Floats, method: str, least: float
) -> Floats:
    if least > 0:
        children = _available(children, least)
    if method in POSITIVE:
        _check_positive(tree, node, children)
    return METHODS[method](children, weights)


def _available(children: list[Floats], least: float) -> list[Floats]:
    """The children, unknown for units that have too few: these then take no part at all."""
    present = sum(((~np.isnan(child)).astype(np.float64) for child in children), np.zeros(()))
    enough = present / len(children) >= least
    return [np.where(enough, child, np.nan) for child in children]


def _check_positive(tree: Tree, node: int, children: list[Floats]) -> None:
    for place, child in zip(tree.children[node], children, strict=True):
        bad = child <= 0
        if bad.any():
            first = np.argwhere(bad)[0]
            raise Impossible(
                "not-positive",
                node=tree.nodes[node],
                child=tree.codes[place],
                row=int(first[-1]),
                value=float(child[tuple(first)]),
                count=int(bad.sum()),
            )
