"""Each step of a recipe on a table's values: the recipe's parameters handed to the functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np

from scoring.index import normalise as scales
from scoring.index.aggregate import aggregate_with
from scoring.index.arrays import Floats, Ints
from scoring.index.denominate import denominate
from scoring.index.impute import Imputation, impute
from scoring.index.recipe import Indicator, Normalise, Recipe, Table, Treat, Weigh
from scoring.index.screen import Screening, screen
from scoring.index.treat import Treatment, treat
from scoring.index.weighing import Weighed, weights_of

Setting = TypeVar("Setting")


def denominated(recipe: Recipe, table: Table) -> Floats:
    """(units, indicators) divided by the denominators of the table."""
    if not recipe.denominate:
        return table.values
    ones = np.ones(len(table.units))
    columns = [
        table.denominators[indicator.denominator] if indicator.denominator else ones
        for indicator in recipe.indicators
    ]
    factors = np.array([indicator.scale for indicator in recipe.indicators])
    return denominate(table.values, np.stack(columns, axis=1), factors)


def screened(recipe: Recipe, table: Table, values: Floats) -> Screening:
    """Which rows of the table stay, by the shares counted in ``values``."""
    step = recipe.screen
    if step is None:
        return screen(values)
    listed = [
        np.array([unit in units for unit in table.units], dtype=np.bool_)
        for units in (step.include, step.exclude)
    ]
    return screen(values, step.available, step.nonzero, *listed)


def imputed(recipe: Recipe, table: Table, values: Floats) -> Imputation:
    step = recipe.impute
    if step is None:
        return impute(values)
    return impute(values, step.method, table.groups[step.group] if step.group else None)


def treated(recipe: Recipe, values: Floats) -> Treatment | None:
    """None when the recipe treats nothing at all."""
    if recipe.treat is None:
        return None
    parts = [
        (columns, _treat(values[:, columns], setting))
        for setting, columns in _by_setting(recipe.indicators, recipe.treat, recipe.treat_by)
    ]
    return Treatment(*(_joined(parts, field.name) for field in fields(Treatment)))


def _treat(values: Floats, setting: Treat) -> Treatment:
    limit = np.inf if setting.method == "none" else setting.skewness
    return treat(
        values, setting.points, limit, setting.kurtosis, setting.log, setting.log_winsorised
    )


def _joined(parts: Sequence[tuple[Ints, Any]], name: str) -> Any:
    """One attribute of the parts, its columns back in the recipe's order."""
    joined = np.concatenate([np.atleast_1d(getattr(part, name)) for _, part in parts], axis=-1)
    return joined[..., np.argsort(np.concatenate([columns for columns, _ in parts]))]


def normalised(recipe: Recipe, values: Floats) -> Floats:
    """Scores of indicators, (units, indicators); x·direction when the recipe does not normalise."""
    default = recipe.normalise or Normalise("none")
    result = np.empty_like(values)
    for setting, columns in _by_setting(recipe.indicators, default, recipe.normalise_by):
        chosen = [recipe.indicators[column] for column in columns]
        result[:, columns] = _normalise(values[:, columns], chosen, setting)
    return result


def _normalise(values: Floats, indicators: Sequence[Indicator], setting: Normalise) -> Floats:
    direction = np.array([float(indicator.direction) for indicator in indicators])
    function: Callable[..., Floats] = scales.METHODS[setting.method]
    needed = {"target": {"targets": "target"}, "goalposts": {"lower": "lower", "upper": "upper"}}
    arrays = {
        name: np.array([_number(getattr(indicator, source)) for indicator in indicators])
        for name, source in needed.get(setting.method, {}).items()
    }
    return function(values, direction, **arrays, **setting.parameters)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _by_setting(
    indicators: Sequence[Indicator], default: Setting, single: Mapping[str, Setting]
) -> list[tuple[Setting, Ints]]:
    """Settings, and the columns each is for."""
    groups: list[tuple[Setting, list[int]]] = []
    for column, indicator in enumerate(indicators):
        setting = single.get(indicator.code, default)
        for known, columns in groups:
            if known == setting:
                columns.append(column)
                break
        else:
            groups.append((setting, [column]))
    return [(setting, np.array(columns, dtype=np.intp)) for setting, columns in groups]


@dataclass(frozen=True)
class Aggregated:
    """``scores`` (units, nodes); ``weights`` (codes,), summing to one within a parent."""

    scores: Floats
    weights: Floats
    weighed: tuple[Weighed, ...]  # one a node


def aggregated(recipe: Recipe, values: Floats) -> Aggregated:
    """Weigh and aggregate normalised values, level by level."""
    tree = recipe.tree
    weights = recipe.weights.copy()
    found: list[Weighed] = []

    def weigh(node: int, children: Sequence[Floats]) -> Floats:
        places = tree.children[node]
        given = recipe.weights[places]
        found.append(_weighed(recipe, node, recipe.weigh[node], given, children))
        weights[places] = found[-1].weights
        return found[-1].used

    scores = aggregate_with(tree, values, weigh, recipe.methods, recipe.availability)
    return Aggregated(scores, tree.normalised(weights), tuple(found))


def _weighed(
    recipe: Recipe, node: int, setting: Weigh, given: Floats, children: Sequence[Floats]
) -> Weighed:
    return weights_of(recipe.tree.nodes[node], setting, given, np.stack(children, axis=-1))
