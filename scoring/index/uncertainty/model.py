"""The index as a function of its uncertain inputs."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from scoring.index import steps
from scoring.index.aggregate import aggregate
from scoring.index.arrays import Bools, Floats
from scoring.index.build import Build
from scoring.index.faults import Impossible
from scoring.index.recipe import Recipe
from scoring.index.uncertainty import noise
from scoring.index.uncertainty.factors import STEPS, Factor, factors_of
from scoring.index.uncertainty.options import DIRICHLET, Options
from scoring.index.uncertainty.scale import scale_of

AT_ONCE = 8192  # replications × units in one go: small enough for a processor's cache
FIXED = frozenset({"given", "equal", "ahp"})  # weights that do not depend on the data


class Model:
    """Root scores for any rows of uniform numbers.

    What a combination of alternatives needs (treated and normalised data, weights) is made once;
    weights alone change nothing of it, so their replications are one aggregation of many at once.
    """

    def __init__(self, build: Build, options: Options) -> None:
        self.build, self.options = build, options
        self.factors = factors_of(build, options)
        self.width = sum(factor.columns.size for factor in self.factors)
        self._stages: dict[tuple[int, ...], Floats] = {}
        self._ready: dict[tuple[int, ...], tuple[Recipe, Floats, Floats]] = {}

    def scores(self, uniforms: Floats, at_once: int = AT_ONCE) -> Floats:
        """(rows, units); ``uniforms`` (rows, width). ``at_once`` changes the speed and no bit."""
        result = np.empty((len(uniforms), len(self.build.table.units)))
        step = max(1, at_once // max(1, result.shape[1]))
        for choice, rows in self.combinations(uniforms):
            recipe, values, weights = self._prepared(choice)
            for start in range(0, rows.size, step):
                part = rows[start : start + step]
                drawn = self._weights(weights, uniforms[part])
                result[part] = self._root(recipe, values, drawn, choice)
        return result

    def combinations(self, uniforms: Floats) -> list[tuple[tuple[int, ...], Any]]:
        """Each combination of alternatives that occurs, and the rows it occurs in."""
        choices = np.zeros((len(uniforms), len(STEPS)), dtype=np.intp)
        for place, factor in self._chosen:
            choices[:, place] = factor.choice(uniforms)
        kinds, which = np.unique(choices, axis=0, return_inverse=True)
        return [
            (tuple(int(one) for one in kind), np.flatnonzero(which.ravel() == number))
            for number, kind in enumerate(kinds)
        ]

    def comparable(self, uniforms: Floats) -> Bools:
        """(rows,): whether a row's scores are on the same scale as the nominal ones."""
        nominal = scale_of(self.build.recipe)
        result = np.zeros(len(uniforms), dtype=np.bool_)
        for choice, rows in self.combinations(uniforms):
            result[rows] = scale_of(self._recipe(choice)) == nominal
        return result

    @cached_property
    def _chosen(self) -> list[tuple[int, Factor]]:
        return [
            (STEPS.index(factor.name), factor) for factor in self.factors if factor.alternatives
        ]

    def _recipe(self, choice: tuple[int, ...]) -> Recipe:
        """The nominal recipe with the chosen alternatives put in."""
        names = {"aggregate": "methods"}
        changes = {
            names.get(factor.name, factor.name): factor.alternatives[choice[place]]
            for place, factor in self._chosen
        }
        return replace(self.build.recipe, **changes)

    def _prepared(self, choice: tuple[int, ...]) -> tuple[Recipe, Floats, Floats]:
        """Recipe, normalised values (units, indicators) and weights (codes,) of a combination."""
        if choice not in self._ready:
            recipe = self._recipe(choice)
            values = self._normalised(recipe, choice)
            fixed = all(weigh.method in FIXED for weigh in recipe.weigh)
            same = fixed and recipe.weigh == self.build.recipe.weigh
            try:
                found = self.build.aggregated if same else steps.aggregated(recipe, values)
            except Impossible as error:
                raise self._named(error, choice) from error
            self._ready[choice] = recipe, values, found.weights
        return self._ready[choice]

    def _normalised(self, recipe: Recipe, choice: tuple[int, ...]) -> Floats:
        """Imputed, treated, normalised; each made once for the choices it depends on."""
        if not any(choice[:3]):
            return self.build.stages["normalised"]
        if choice[:3] not in self._stages:
            values = self._treated(recipe, choice)
            self._stages[choice[:3]] = steps.normalised(recipe, values)
        return self._stages[choice[:3]]

    def _treated(self, recipe: Recipe, choice: tuple[int, ...]) -> Floats:
        if not any(choice[:2]):
            return self.build.stages["treated"]
        if choice[:2] not in self._stages:
            values = self.build.stages["imputed"]
            if choice[0]:
                raw = self.build.stages["denominated"]
                values = steps.imputed(recipe, self.build.table, raw).values
            treatment = steps.treated(recipe, values)
            self._stages[choice[:2]] = values if treatment is None else treatment.values
        return self._stages[choice[:2]]

    def _weights(self, nominal: Floats, uniforms: Floats) -> Floats:
        """(rows, codes), siblings not scaled to one."""
        tree, noisy = self.build.recipe.tree, self.options.noise
        result = np.repeat(nominal[None, :], len(uniforms), axis=0)
        for factor in self.factors:
            if factor.level is None:
                continue
            places = np.flatnonzero(tree.levels == factor.level)
            amount, u = float(noisy.of(factor.level) or 0), uniforms[:, factor.columns]
            if noisy.draw == DIRICHLET:
                siblings = [
                    np.flatnonzero(tree.parents[places] == parent)
                    for parent in np.unique(tree.parents[places])
                ]
                result[:, places] = noise.dirichlet(nominal[places], u, amount, siblings)
            else:
                result[:, places] = noise.uniform(nominal[places], u, amount)
        return result

    def _root(
        self, recipe: Recipe, values: Floats, weights: Floats, choice: tuple[int, ...]
    ) -> Floats:
        try:
            found = aggregate(recipe.tree, values, weights, recipe.methods, recipe.availability)
        except Impossible as error:
            raise self._named(error, choice) from error
        return found[..., -1]

    def _named(self, error: Impossible, choice: tuple[int, ...]) -> Impossible:
        """The fault with the alternatives it came of."""
        chosen = {
            factor.name: repr(factor.alternatives[choice[place]]) for place, factor in self._chosen
        }
        return Impossible(error.rule, **{**error.values, "alternatives": chosen})
