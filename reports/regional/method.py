"""The method page: every choice and everything done with it, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from questionnaires.models import Indicator
from questionnaires.texts import localized
from reports.regional.page import region_names
from scoring.models import RegionalIndex
from scoring.regional.choices import Choices
from scoring.regional.making import composition_of
from scoring.regional.words import MEANS, SCALES, WEIGHTS


@dataclass(frozen=True)
class Method:
    """What a statistician must be able to check. Tables are rows of plain data with names."""

    index: RegionalIndex
    choices: Choices
    titles: dict[str, str]
    regions: dict[str, str]
    scale: str
    weights_from: str
    mean: str
    weights: list[dict[str, Any]]  # in the order of the tree
    measures: list[dict[str, Any]]
    gaps: int
    cells: int
    treated: list[dict[str, Any]]
    no_spread: list[str]
    breaks: list[tuple[str, list[int]]]
    reliability: list[dict[str, Any]]
    siblings: list[dict[str, Any]]
    faint: list[dict[str, Any]]
    inputs: list[dict[str, Any]]  # of the sensitivity analysis
    left_out: list[dict[str, Any]]  # the ten that move ranks most


LONGEST = 10
FLAGS = {
    "collinear": _("nearly the same (r ≥ 0.92): counts twice"),
    "negative": _("run against each other"),
    "weak": _("hardly heard in the whole (r < 0.3)"),
}


def method(index: RegionalIndex) -> Method:
    composition = composition_of(index.instrument_version)
    if composition is None:
        raise ValueError("an index was made of an instrument that cannot be one")
    choices, result = Choices.from_data(index.choices), index.result
    titles = {code: localized(title) for code, title in composition.titles().items()}
    uncertain = result.get("uncertainty") or {}
    measures = _measures(result, titles)
    return Method(
        index, choices, titles, region_names(index),
        str(SCALES[choices.scale]), str(WEIGHTS[choices.weights]), str(MEANS[choices.mean]),
        _weights(result, titles), measures,
        sum(one["rows"] - one["known"] for one in measures), sum(one["rows"] for one in measures),
        [one | {"title": titles[one["indicator"]]} for one in result["treated"]],
        [titles[code] for code in result["no_spread"]],
        [(titles[code], list(years)) for code, years in choices.breaks.items()],
        _groups(result, titles),
        _pairs(result["correlations"]["siblings"], titles),
        _pairs(result["correlations"]["with_root"], titles),
        _inputs(uncertain), _left_out(uncertain, titles),
    )  # fmt: skip


def _weights(result: dict[str, Any], titles: dict[str, str]) -> list[dict[str, Any]]:
    """Depth first, with the depth below the root."""
    by_code = {one["code"]: one for one in result["weights"]}
    children: dict[str, list[str]] = {}
    for code in titles:
        children.setdefault(by_code[code]["parent"], []).append(code)

    def below(code: str, depth: int) -> list[dict[str, Any]]:
        one = by_code[code]
        row = {
            "title": titles[code], "depth": depth, "leaf": code not in children,
            "share": 100 * one["share"], "in_whole": 100 * one["in_whole"],
        }  # fmt: skip
        return [row] + [
            each for child in children.get(code, []) for each in below(child, depth + 1)
        ]

    return [row for child in children[""] for row in below(child, 0)][1:]


def _measures(result: dict[str, Any], titles: dict[str, str]) -> list[dict[str, Any]]:
    codes = [one["code"] for one in result["measures"]]
    units = {i.code: i.unit_label for i in Indicator.objects.filter(code__in=codes)}
    return [
        one | {"title": titles[one["code"]], "unit": units.get(one["code"], "")}
        for one in result["measures"]
    ]


def _groups(result: dict[str, Any], titles: dict[str, str]) -> list[dict[str, Any]]:
    """Alpha of groups that have more than one part."""
    found = [one for one in result["reliability"] if one["children"] > 1]
    return [one | {"title": titles[one["node"]]} for one in found]


def _pairs(found: list[dict[str, Any]], titles: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "one": titles[pair["one"]],
            "other": titles[pair["other"]],
            "r": pair["r"],
            "flag": FLAGS[pair["flag"]],
        }
        for pair in found
    ]


def _inputs(uncertain: dict[str, Any]) -> list[dict[str, Any]]:
    """First-order and total shares of the mean shift of ranks, one row an input."""
    sobol = uncertain.get("sobol")
    if not sobol:
        return []
    levels = {one["name"]: one for one in uncertain["inputs"]}
    return [
        one | {"amount": levels[one["name"]].get("amount"), "level": one["name"].rpartition("-")[2]}
        for one in sobol["outputs"][0]["inputs"]
    ]


def _left_out(uncertain: dict[str, Any], titles: dict[str, str]) -> list[dict[str, Any]]:
    moved = [one for one in uncertain.get("left_out", []) if one["mean_rank_shift"] is not None]
    moved.sort(key=lambda one: -one["mean_rank_shift"])
    return [one | {"title": titles[one["code"]]} for one in moved[:LONGEST]]
