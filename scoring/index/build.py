"""A recipe carried out: each stage's table, scores, ranks, weights, what was done on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.index import steps
from scoring.index.arrays import Floats, Ints
from scoring.index.faults import Impossible
from scoring.index.impute import Imputation
from scoring.index.ranks import ranks
from scoring.index.recipe import DENOMINATED, IMPUTED, RAW, Recipe, Table
from scoring.index.screen import Screening
from scoring.index.treat import Treatment

STAGES = ("denominated", "imputed", "treated", "normalised")


@dataclass(frozen=True)
class Build:
    """``table`` holds the rows that were kept, ``rows`` their places in the table handed in.

    ``stages`` are (kept units, indicators) each; ``scores`` and ``ranks`` (kept units, nodes).
    ``screening`` is about all rows handed in, ``imputation`` and ``treatment`` about the kept ones.
    """

    recipe: Recipe
    table: Table
    rows: Ints
    stages: dict[str, Floats]
    screening: Screening
    imputation: Imputation
    treatment: Treatment | None
    aggregated: steps.Aggregated
    ranks: Floats

    @property
    def scores(self) -> Floats:
        return self.aggregated.scores


def build(recipe: Recipe, table: Table) -> Build:
    """Denominate, screen, impute, treat, normalise, weigh, aggregate and rank, in that order.

    Screening stands before imputing unless the recipe counts shares in the imputed table. Raises
    Impossible, with the place: what the steps raise, and "no-units" when screening leaves none.
    """
    whole = steps.denominated(recipe, table)
    screening, rows, imputation = _kept(recipe, table, whole)
    kept = table.rows(rows)
    treatment = steps.treated(recipe, imputation.values)
    values = imputation.values if treatment is None else treatment.values
    scaled = steps.normalised(recipe, values)
    aggregated = steps.aggregated(recipe, scaled)
    tables = (whole[rows], imputation.values, values, scaled)
    stages = dict(zip(STAGES, tables, strict=True))
    return Build(
        recipe, kept, rows, stages, screening, imputation, treatment, aggregated,
        _ranks(aggregated.scores, kept),
    )  # fmt: skip


def _kept(recipe: Recipe, table: Table, values: Floats) -> tuple[Screening, Ints, Imputation]:
    on = recipe.screen.on if recipe.screen else DENOMINATED
    filled = steps.imputed(recipe, table, values) if on == IMPUTED else None
    counted = {RAW: table.values, DENOMINATED: values}
    screening = steps.screened(recipe, table, filled.values if filled else counted[on])
    rows = np.flatnonzero(screening.kept)
    if not rows.size:
        raise Impossible("no-units")
    if filled is None:
        return screening, rows, steps.imputed(recipe, table.rows(rows), values[rows])
    parts = (filled.values[rows], filled.imputed[rows], filled.missing[rows])
    return screening, rows, Imputation(*parts)


def _ranks(scores: Floats, table: Table) -> Floats:
    """Among all units, or among those of the same year."""
    if table.times is None:
        return ranks(scores)
    result = np.full_like(scores, np.nan)
    for time in dict.fromkeys(table.times):
        rows = np.array([other == time for other in table.times])
        result[rows] = ranks(scores[rows])
    return result
