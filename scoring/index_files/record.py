"""What a result must be able to answer for: files, every step's parameters, and what they did."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from scoring.index.build import Build
from scoring.index.recipe import Treat
from scoring.index_files.doings import imputed, no_spread, row_of, screened, treated
from scoring.index_files.results import by_code
from scoring.index_files.saying import unit_of
from scoring.index_files.specs import Spec
from scoring.index_files.tables import Data

FORMAT = "shuheng.index-result/1"


def record(spec: Spec, data: Data, built: Build) -> dict[str, Any]:
    """Plain data for JSON: everything but the scores themselves."""
    return {
        "format": FORMAT,
        "software": {"name": "shuheng", "version": _version()},
        "name": spec.name,
        "files": _files(spec, data),
        "steps": _steps(built),
        "tree": _tree(spec, built),
        "weighing": _weighing(built),
        "screened_out": screened(data, built),
        "imputed": imputed(built),
        "still_missing": int(built.imputation.missing.sum()),
        "treated": treated(built),
        "no_spread": no_spread(built),
    }


def results(built: Build) -> list[dict[str, Any]]:
    """Scores and ranks of every node, one entry a row."""
    nodes = built.recipe.tree.nodes
    return [
        {**row_of(built, row),
         "scores": by_code(nodes, built.scores[row]),
         "ranks": {node: None if np.isnan(rank) else int(rank)
                   for node, rank in zip(nodes, built.ranks[row], strict=True)}}
        for row in range(len(built.table.units))
    ]  # fmt: skip


def stage(built: Build, name: str) -> list[dict[str, Any]]:
    """Values of every indicator after a stage, one entry a row."""
    codes = built.recipe.tree.indicators
    return [
        {**row_of(built, row), "values": by_code(codes, values)}
        for row, values in enumerate(built.stages[name])
    ]


def rows_of(built: Build) -> list[str]:
    """What each row is called: the unit, with its time where there is one."""
    return [unit_of(built.table, row) for row in range(len(built.table.units))]


def _version() -> str:
    try:
        return version("shuheng")
    except PackageNotFoundError:
        return "unknown"


def _files(spec: Spec, data: Data) -> dict[str, Any]:
    found = {
        "spec": (spec.file, spec.sha256), "metadata": spec.metadata,
        "data": data.file, "denominators": data.denominators,
    }  # fmt: skip
    return {name: pair and {"file": pair[0], "sha256": pair[1]} for name, pair in found.items()}


def _steps(built: Build) -> dict[str, Any]:
    """Each step as it was carried out, with the defaults that applied; null when absent."""
    recipe = built.recipe
    nodes = recipe.tree.nodes
    return {
        "denominate": _denominators(built) if recipe.denominate else None,
        "screen": recipe.screen and asdict(recipe.screen),
        "impute": recipe.impute and asdict(recipe.impute),
        "treat": recipe.treat and {
            **_treat(recipe.treat),
            "indicators": {code: _treat(step) for code, step in recipe.treat_by.items()},
        },
        "normalise": recipe.normalise and {
            **asdict(recipe.normalise),
            "indicators": {code: asdict(step) for code, step in recipe.normalise_by.items()},
        },
        "weigh": {node: asdict(step) for node, step in zip(nodes, recipe.weigh, strict=True)},
        "aggregate": {
            node: {"method": method, "availability": least}
            for node, method, least in zip(
                nodes, recipe.methods, recipe.availability, strict=True
            )
        },
    }  # fmt: skip


def _treat(step: Treat) -> dict[str, Any]:
    return {**asdict(step), "points": "all" if step.points is None else step.points}


def _denominators(built: Build) -> dict[str, Any]:
    return {
        indicator.code: {"denominator": indicator.denominator, "scale": indicator.scale}
        for indicator in built.recipe.indicators
        if indicator.denominator
    }


def _tree(spec: Spec, built: Build) -> list[dict[str, Any]]:
    """Every code with its weights: as given, summing to one in the parent, and in the root."""
    tree, weights = built.recipe.tree, built.aggregated.weights
    effective = tree.effective(weights)
    directions = [indicator.direction for indicator in built.recipe.indicators]
    return [
        {"code": code,
         "name": spec.names.get(code),
         "parent": tree.codes[tree.parents[i]] if tree.parents[i] >= 0 else None,
         "level": int(tree.levels[i]),
         "direction": directions[i] if i < tree.indicator_count else None,
         "weight_given": float(built.recipe.weights[i]),
         "weight": float(weights[i]),
         "weight_effective": float(effective[i])}
        for i, code in enumerate(tree.codes)
    ]  # fmt: skip


def _weighing(built: Build) -> dict[str, Any]:
    return {
        node: {
            "method": found.method,
            "notes": [{"code": code, **values} for code, values in found.notes],
            "details": dict(found.details),
        }
        for node, found in zip(built.recipe.tree.nodes, built.aggregated.weighed, strict=True)
    }
