"""A composition and somebody's choices as a recipe that ``scoring.index`` carries out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scoring.index.arrays import Floats
from scoring.index.recipe import Indicator, Normalise, Recipe, Treat, Weigh
from scoring.index.tree import Tree, compile_tree
from scoring.regional.choices import MINMAX, OWN, PERCENTILE, QUESTIONNAIRE, REFERENCE, Choices
from scoring.regional.composition import Composition


def recipe(composition: Composition, directions: Mapping[str, int], choices: Choices) -> Recipe:
    """``directions`` by indicator: 1 where more is better, -1 where less is."""
    tree = tree_of(composition)
    given = choices.weights in (QUESTIONNAIRE, OWN)
    weigh = Weigh("given") if given else Weigh(choices.weights)
    return Recipe(
        tree,
        tuple(
            _indicator(one.code, one.worst, one.best, directions) for one in composition.measures
        ),
        weights(composition, tree, choices),
        weigh=(weigh,) * len(tree.nodes),
        methods=(choices.mean,) * len(tree.nodes),
        availability=(choices.available,) * len(tree.nodes),
        treat=Treat() if choices.outliers else None,
        normalise=_scale(choices),
    )


def tree_of(composition: Composition) -> Tree:
    return compile_tree(
        [measure.code for measure in composition.measures],
        [branch.code for branch in composition.branches],
        {part.code: part.parent for part in composition.parts if part.parent},
    )


def weights(composition: Composition, tree: Tree, choices: Choices) -> Floats:
    """One a code of the tree, relative within a parent."""
    asked = {part.code: float(part.weight) for part in composition.parts}
    if choices.weights == OWN:
        asked = {code: choices.own.get(code, 1.0) for code in asked}
    return np.array([asked[code] for code in tree.codes], dtype=np.float64)


def _indicator(code: str, worst: object, best: object, directions: Mapping[str, int]) -> Indicator:
    ends = sorted(float(str(end)) for end in (worst, best) if end is not None)
    lower, upper = ends if len(ends) == 2 else (None, None)
    return Indicator(code, directions.get(code, 1), lower=lower, upper=upper)


def _scale(choices: Choices) -> Normalise:
    """0…100 (1…100 where a mean needs values above zero); z-scores have mean 100 and spread 10."""
    bottom = choices.lowest
    if choices.scale == REFERENCE:
        return Normalise("goalposts", {"scale": 100.0})
    if choices.scale == MINMAX:
        return Normalise("minmax", {"lowest": bottom, "highest": 100.0})
    if choices.scale == PERCENTILE:
        return Normalise("percentile_rank", {"scale": 100.0, "ties": "average"})
    return Normalise("zscore", {"centre": 100.0, "spread": 10.0})
