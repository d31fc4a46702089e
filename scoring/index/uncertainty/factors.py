"""The uncertain inputs, and which columns of uniform numbers drive each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.index.arrays import Floats, Ints
from scoring.index.build import Build
from scoring.index.faults import Impossible
from scoring.index.recipe import Normalise
from scoring.index.uncertainty.options import Options

STEPS = ("impute", "treat", "normalise", "weigh", "aggregate")


@dataclass(frozen=True)
class Factor:
    """``columns`` of the uniform table; ``alternatives`` are empty for weights.

    ``name`` is a step, or "weights-2" for the weights of level 2.
    """

    name: str
    columns: Ints
    alternatives: tuple[Any, ...] = ()
    level: int | None = None

    def choice(self, uniforms: Floats) -> Ints:
        """Which alternative each row of (rows, width) takes, all equally likely."""
        count = len(self.alternatives)
        places = np.floor(uniforms[:, self.columns[0]] * count).astype(np.intp)
        return np.minimum(places, count - 1)


def factors_of(build: Build, options: Options) -> tuple[Factor, ...]:
    """Weights level by level, then the steps that have more than one alternative."""
    tree, found, width = build.recipe.tree, [], 0
    for level in range(1, int(tree.levels.max())):
        places = np.flatnonzero(tree.levels == level)
        if options.noise.of(level) is None:
            continue
        columns = np.arange(width, width + places.size, dtype=np.intp)
        found.append(Factor(f"weights-{level}", columns, (), level))
        width += places.size
    for step in STEPS:
        alternatives = alternatives_of(build, options, step)
        if len(alternatives) > 1:
            found.append(Factor(step, np.array([width], dtype=np.intp), alternatives))
            width += 1
    return tuple(found)


def check(build: Build, options: Options) -> None:
    """Raises Impossible where the data lack what an alternative needs.

    "unknown-group" (a column the table was read without), "missing-target", "missing-goalposts"
    (with the indicator); ``alternatives`` names the step.
    """
    for impute in options.impute:
        if impute and impute.group and impute.group not in build.table.groups:
            raise Impossible("unknown-group", group=impute.group, alternatives={"impute": impute})
    for normalise in options.normalise:
        needed = {"target": "target", "goalposts": "lower"}.get(normalise.method)
        for indicator in build.recipe.indicators if needed else ():
            given = indicator.code in build.recipe.normalise_by
            if not given and getattr(indicator, str(needed)) is None:
                rule = f"missing-{normalise.method}"
                alternatives = {"normalise": normalise}
                raise Impossible(rule, indicator=indicator.code, alternatives=alternatives)


def alternatives_of(build: Build, options: Options, step: str) -> tuple[Any, ...]:
    """The recipe's own choice first, then the others asked for, each once."""
    recipe = build.recipe
    count = len(recipe.tree.nodes)
    own = {
        "impute": recipe.impute, "treat": recipe.treat, "weigh": recipe.weigh,
        "normalise": recipe.normalise or Normalise("none"), "aggregate": recipe.methods,
    }[step]  # fmt: skip
    found = [own]
    for other in getattr(options, step):
        value = (other,) * count if step in ("weigh", "aggregate") else other
        if value not in found:
            found.append(value)
    return tuple(found)
