"""How much each indicator and node counts in the index."""

from __future__ import annotations

from scoring.index.arrays import Floats
from scoring.index.tree import Tree


def effective_weights(tree: Tree, weights: Floats) -> dict[str, float]:
    """Each code's weight in the root: the product of the weights on the way down to it.

    ``weights`` (codes,) relative within a parent. Those of one level that covers the whole tree sum
    to one, and so do the indicators'. They say what an arithmetic mean does with complete data; for
    other means, and for a unit with missing children, they are the weights asked for.
    """
    return dict(zip(tree.codes, tree.effective(weights).tolist(), strict=True))
