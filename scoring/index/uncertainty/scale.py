"""Which recipes give scores that may be put side by side."""

from __future__ import annotations

from typing import Any

from scoring.index.aggregate import POSITIVE
from scoring.index.recipe import Normalise, Recipe

MEANS = POSITIVE | {"arithmetic", "median"}


def scale_of(recipe: Recipe) -> tuple[Any, ...]:
    """Equal for recipes whose root scores have the same unit and range.

    Means keep their children's scale; TOPSIS and Copeland have scales of their own, even more so on
    different levels. Ranks may always be compared, scores only inside one scale.
    """
    own = tuple(method if method not in MEANS else "mean" for method in recipe.methods)
    return _normalised(recipe.normalise or Normalise("none")), own


def _normalised(setting: Normalise) -> tuple[Any, ...]:
    given = dict(setting.parameters)
    if setting.method == "minmax":
        return "range", float(given.get("lowest", 0.0)), float(given.get("highest", 100.0))
    if setting.method in ("percentile_rank", "best", "target", "goalposts"):
        return "range", 0.0, float(given.get("scale", 1.0))
    if setting.method == "zscore":
        return "deviations", float(given.get("centre", 0.0)), float(given.get("spread", 1.0))
    return (setting.method,)
