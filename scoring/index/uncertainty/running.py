"""The whole uncertainty analysis of a built index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.index.arrays import Floats, divided
from scoring.index.build import Build
from scoring.index.faults import Impossible
from scoring.index.uncertainty import sobol, summary
from scoring.index.uncertainty.draws import REPLICATIONS, uniforms
from scoring.index.uncertainty.factors import Factor, check
from scoring.index.uncertainty.leaving import LeftOut, leave_out
from scoring.index.uncertainty.model import Model
from scoring.index.uncertainty.options import Options

SHIFT = "mean_rank_shift"
MOST_UNITS = 1000  # for what is told of each pair, or of each unit by each input


@dataclass(frozen=True)
class Uncertainty:
    """Arrays are (units,), of the root, in the order of ``build.table.units``.

    ``score`` uses only the ``score_replications`` whose scores are on the nominal scale; ranks use
    all. ``above`` is (units, units), None beyond MOST_UNITS. ``sobol`` has the outputs ``outputs``:
    the mean absolute rank shift, then each unit's score if all replications are on one scale and
    units are MOST_UNITS at most; it is None when not asked for or when fewer than two inputs vary.
    """

    seed: int
    replications: int
    options: Options
    factors: tuple[Factor, ...]
    nominal_rank: Floats
    nominal_score: Floats
    rank: summary.Range
    score: summary.Range
    score_replications: int
    mean_shift: float
    in_first: Floats
    above: Floats | None
    outputs: tuple[str, ...]
    sobol: sobol.Sobol | None
    left_out: tuple[LeftOut, ...]


def run(build: Build, replications: int, seed: int, options: Options | None = None) -> Uncertainty:
    """Replicate the index ``replications`` times under ``options``.

    The same seed gives the same bytes, whatever is computed at once; more replications continue the
    same series. Raises Impossible: "replications-or-seed", what ``Options.check`` and
    ``factors.check`` raise, and what
    a combination of alternatives makes impossible, with its ``alternatives``.
    """
    options = options or Options()
    options.check()
    check(build, options)
    if replications < 1 or seed < 0:
        raise Impossible("replications-or-seed", replications=replications, seed=seed)
    model = Model(build, options)
    table = uniforms(seed, REPLICATIONS, replications, model.width)
    scores, comparable = model.scores(table), model.comparable(table)
    places = summary.ranked(scores, build.table.times)
    few = places.shape[1] <= MOST_UNITS
    outputs, found = _sensitivity(model, few and bool(comparable.all()), seed)
    return Uncertainty(
        seed, replications, options, model.factors, build.ranks[:, -1], build.scores[:, -1],
        summary.ranged(places), summary.ranged(scores[comparable]), int(comparable.sum()),
        float(_mean_shift(build, places).mean()),
        summary.share_of_first(places, options.first),
        summary.share_above(places, build.table.times) if few else None, outputs, found,
        leave_out(build) if options.leave_out else (),
    )  # fmt: skip


def _mean_shift(build: Build, places: Floats) -> Floats:
    """Mean absolute difference from the nominal ranks, (replications,), of units that have both."""
    shifts = np.abs(places - build.ranks[:, -1])
    known = ~np.isnan(shifts)
    return divided(np.where(known, shifts, 0.0).sum(axis=1), known.sum(axis=1))


def _sensitivity(
    model: Model, of_units: bool, seed: int
) -> tuple[tuple[str, ...], sobol.Sobol | None]:
    build, options = model.build, model.options
    if options.sobol < 2 or len(model.factors) < 2:
        return (), None

    def outputs(rows: Floats) -> Floats:
        scores = model.scores(rows)
        shift = _mean_shift(build, summary.ranked(scores, build.table.times))[:, None]
        return np.hstack([shift, scores]) if of_units else shift

    groups = [factor.columns for factor in model.factors]
    names = (SHIFT, *(build.table.units if of_units else ()))
    return names, sobol.analyse(outputs, groups, model.width, options.sobol, seed)
