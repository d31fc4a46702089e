"""A regional index computed: plain data that the pages show and that is kept with the choices."""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import numpy as np

from scoring.index import uncertainty
from scoring.index.analysis import groups, links, reliabilities, strengths_and_weaknesses
from scoring.index.arrays import Floats
from scoring.index.build import Build, build
from scoring.index.recipe import Table
from scoring.index_files.doings import no_spread, treated
from scoring.regional.choices import Choices
from scoring.regional.composition import Composition
from scoring.regional.over_time import over_time
from scoring.regional.recipes import recipe

FORMAT = "shuheng.regional-index/1"
SOBOL_UP_TO = 400  # rows; beyond, a sensitivity analysis takes minutes
NAMED = 3  # strengths and weaknesses of a region


def run(
    composition: Composition, directions: Mapping[str, int], table: Table, choices: Choices
) -> dict[str, Any]:
    """Scores, ranks and ranges of every row, and everything the method page says.

    A row is a region in a year. The scale is one for all years, ranks are within a year. Raises
    Impossible with the rule that a step or a combination of choices breaks.
    """
    built = build(recipe(composition, directions, choices), table)
    return {
        "format": FORMAT,
        "software": version("shuheng"),
        "years": sorted({int(time) for time in built.table.times or ()}),
        "rows": _rows(built),
        "weights": _weights(built),
        "measures": _measures(built),
        "treated": treated(built),
        "no_spread": no_spread(built),
        "reliability": _reliability(built),
        "correlations": _correlations(built),
        "over_time": over_time(built, choices.breaks),
        "uncertainty": _uncertainty(built, choices),
    }


def _rows(built: Build) -> list[dict[str, Any]]:
    nodes, measures = built.recipe.tree.nodes, built.recipe.tree.indicators
    raw, scores = built.stages["denominated"], built.stages["normalised"]
    return [
        {
            "region": region,
            "year": int((built.table.times or ())[row]),
            "scores": _by(nodes, built.scores[row]),
            "ranks": _by(nodes, built.ranks[row]),
            "values": _by(measures, raw[row]),
            "normalised": _by(measures, scores[row]),
            "missing": [
                code for code, value in zip(measures, raw[row], strict=True) if value != value
            ],
            **_ends(built, row),
        }
        for row, region in enumerate(built.table.units)
    ]


def _ends(built: Build, row: int) -> dict[str, list[str]]:
    """Where a region is strongest and weakest beside the others of its year."""
    times = built.table.times or ()
    same = np.flatnonzero(np.asarray(times) == times[row])
    scores, raw = built.stages["normalised"][same], built.stages["denominated"][same]
    place = int(np.flatnonzero(same == row)[0])
    best, worst = strengths_and_weaknesses(built.recipe.tree, scores, raw, place, NAMED)
    return {"strong": [one.indicator for one in best], "weak": [one.indicator for one in worst]}


def _weights(built: Build) -> list[dict[str, Any]]:
    """Every code but the root: its share within the parent and in the whole, and who set it."""
    tree, shares = built.recipe.tree, built.aggregated.weights
    whole = tree.effective(shares)
    notes = {
        node: list(map(list, found.notes))
        for node, found in zip(tree.nodes, built.aggregated.weighed, strict=True)
    }
    return [
        {
            "code": code,
            "parent": tree.codes[tree.parents[place]] if tree.parents[place] >= 0 else "",
            "level": int(tree.levels[place]),
            "share": float(shares[place]),
            "in_whole": float(whole[place]),
            "notes": notes.get(code, []),
        }
        for place, code in enumerate(tree.codes)
    ]


def _measures(built: Build) -> list[dict[str, Any]]:
    """What is known of each indicator: how many rows, from where to where, and its goalposts."""
    raw = built.stages["denominated"]
    return [
        {
            "code": indicator.code,
            "direction": indicator.direction,
            "known": int((~np.isnan(raw[:, at])).sum()),
            "rows": len(raw),
            "low": _number(np.nanmin(raw[:, at])) if (~np.isnan(raw[:, at])).any() else None,
            "high": _number(np.nanmax(raw[:, at])) if (~np.isnan(raw[:, at])).any() else None,
            "lower": indicator.lower,
            "upper": indicator.upper,
        }
        for at, indicator in enumerate(built.recipe.indicators)
    ]


def _all_scores(built: Build) -> Floats:
    return np.hstack([built.stages["normalised"], built.scores])


def _reliability(built: Build) -> list[dict[str, Any]]:
    found = reliabilities(built.recipe.tree, _all_scores(built))
    return [
        {"node": one.node, "children": one.children, "alpha": one.alpha, "reason": one.reason}
        for one in found
    ]


def _correlations(built: Build) -> dict[str, Any]:
    """Only what needs a look: siblings that count twice or pull apart, faint indicators."""
    scores, tree = _all_scores(built), built.recipe.tree
    pairs = [
        {"one": one, "other": other, "flag": flag, "r": r}
        for group in groups(tree, scores)
        for one, other, flag, r in group.flags
    ]
    faint = [
        {"one": link.indicator, "other": link.ancestor, "flag": link.flag, "r": link.correlation}
        for link in links(tree, scores)
        if link.flag and link.ancestor == tree.root
    ]
    return {"siblings": pairs, "with_root": faint}


def _uncertainty(built: Build, choices: Choices) -> dict[str, Any] | None:
    """Ranges by row, in the order of ``rows``; None when no replications were asked for."""
    if not choices.replications:
        return None
    noise = uncertainty.Noise(levels=dict.fromkeys(_levels(built), choices.noise))
    sobol = 256 if len(built.table.units) <= SOBOL_UP_TO else 0
    options = uncertainty.Options(noise=noise, sobol=sobol, first=3)
    found = uncertainty.run(built, choices.replications, choices.seed, options)
    names = [f"{u} {t}" for u, t in zip(built.table.units, built.table.times or (), strict=True)]
    plain = uncertainty.plain(found, names)
    if plain["sobol"]:  # of the ranks as a whole; one entry for each row would be a book
        plain["sobol"]["outputs"] = plain["sobol"]["outputs"][:1]
    for one in plain["left_out"]:
        del one["ranks"]
    return plain


def _levels(built: Build) -> list[int]:
    tree = built.recipe.tree
    return sorted({int(level) for level in tree.levels[:-1]})


def _by(codes: tuple[str, ...], values: Floats) -> dict[str, float | None]:
    return {code: _number(value) for code, value in zip(codes, values, strict=True)}


def _number(value: Any) -> float | None:
    return None if math.isnan(value) else float(value)
