"""Leave one indicator or group out: how far does each unit's rank move?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scoring.index import steps
from scoring.index.arrays import Floats
from scoring.index.build import Build
from scoring.index.faults import Impossible
from scoring.index.recipe import Recipe, Weigh
from scoring.index.tree import Tree, compile_tree
from scoring.index.uncertainty.summary import ranked


@dataclass(frozen=True)
class LeftOut:
    """Ranks without ``code``; shifts are old rank - new rank, so above 0 is a unit that gains.

    ``reason`` says why there are none: "nothing-left", or the rule of the fault.
    """

    code: str
    ranks: Floats  # (units,)
    mean_shift: float  # of absolute shifts
    largest_shift: float
    reason: str = ""


def leave_out(build: Build) -> tuple[LeftOut, ...]:
    """Each indicator and each node but the root, left out alone.

    A parent left without children goes too. Normalised values stay: they are made column by column,
    and the units of the screening are kept. Weights that come from data are drawn from the children
    that stay; given ones share what is left in the same proportions.
    """
    return tuple(_without(build, code) for code in build.recipe.tree.codes[:-1])


def _without(build: Build, code: str) -> LeftOut:
    tree, units = build.recipe.tree, len(build.table.units)
    kept = _kept(tree, code)
    if not kept[-1]:
        return LeftOut(code, np.full(units, np.nan), np.nan, np.nan, "nothing-left")
    values = build.stages["normalised"][:, kept[: tree.indicator_count]]
    try:
        scores = steps.aggregated(reduced(build.recipe, kept), values).scores[:, -1]
    except Impossible as error:
        return LeftOut(code, np.full(units, np.nan), np.nan, np.nan, error.rule)
    places = ranked(scores[None, :], build.table.times)[0]
    shifts = np.abs(build.ranks[:, -1] - places)
    known = shifts[~np.isnan(shifts)]
    mean, largest = (known.mean(), known.max()) if known.size else (np.nan, np.nan)
    return LeftOut(code, places, float(mean), float(largest))


def _kept(tree: Tree, code: str) -> Any:
    """(codes,) bool: what stays when ``code``, all below it and emptied parents go."""
    kept = np.ones(len(tree.codes), dtype=np.bool_)
    kept[tree.position[code]] = False
    for place in range(len(tree.codes) - 2, -1, -1):  # downwards: parents stand behind children
        kept[place] &= kept[tree.parents[place]]
    for node, children in enumerate(tree.children):
        kept[tree.indicator_count + node] &= bool(kept[children].any())
    return kept


def reduced(recipe: Recipe, kept: Any) -> Recipe:
    """The recipe on the kept codes; enough of it to weigh and aggregate normalised values."""
    old = recipe.tree
    codes = [code for code, stays in zip(old.codes, kept, strict=True) if stays]
    nodes = [code for code in codes if old.position[code] >= old.indicator_count]
    parents = {
        code: old.codes[old.parents[old.position[code]]] for code in codes if code != old.root
    }
    tree = compile_tree([code for code in codes if code not in nodes], nodes, parents)
    places = [old.position[code] for code in tree.codes]
    spots = [place - old.indicator_count for place in places[tree.indicator_count :]]
    weigh = tuple(
        _weigh(recipe.weigh[spot], old, spot, [tree.codes[child] for child in tree.children[node]])
        for node, spot in enumerate(spots)
    )
    return replace(
        recipe, tree=tree, weights=recipe.weights[places], weigh=weigh,
        indicators=tuple(recipe.indicators[place] for place in places[: tree.indicator_count]),
        methods=tuple(recipe.methods[spot] for spot in spots),
        availability=tuple(recipe.availability[spot] for spot in spots),
    )  # fmt: skip


def _weigh(setting: Weigh, old: Tree, spot: int, children: list[str]) -> Weigh:
    """Comparisons of AHP without the rows and columns of children that went."""
    if setting.method != "ahp":
        return setting
    names = [old.codes[place] for place in old.children[spot]]
    chosen = [names.index(child) for child in children]
    matrix = np.asarray(setting.parameters["matrix"], dtype=np.float64)[np.ix_(chosen, chosen)]
    return Weigh("ahp", {**setting.parameters, "matrix": matrix.tolist()})
